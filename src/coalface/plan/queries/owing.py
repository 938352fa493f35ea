"""When each of us owes an encounter: a window of days for each, so that bunching helps nobody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from coalface.people.queries import last_met
from coalface.records.models import Attendance, Exemption, Outcome, Unit

from .due import Owed, owed_on

A_DAY = timedelta(days=1)
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Window:
    """Days, both included, within which somebody owes one encounter."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Owing:
    """Somebody who owes encounters within the stretch, when, and on which days they are let off."""

    owed: Owed
    windows: tuple[Window, ...]
    let_off: tuple[Days, ...]


def owing(
    *, unit: Unit, starts_on: date, until_on: date, now: datetime, instead_of: Collection[int]
) -> list[Owing]:
    """Everybody of a unit who owes something from a day until (not including) another.

    What the plans `instead_of` had arranged does not count as arranged.
    """
    owed = [one for one in owed_on(starts_on) if unit.contains(one.position.unit)]
    people = [one.position.person_id for one in owed]
    met, let_off = last_met(people, timezone.localdate(now)), _exemptions(people, starts_on, until_on)
    arranged = _arranged(people, until_on, now, instead_of)
    rows = []
    for one in owed:
        person = one.position.person_id
        known = [day for day, kind in arranged.get(person, ()) if not one.formats or kind in one.formats]
        before = [day for day in known if day < starts_on]
        marks = [one.since, *before, *([met[person]] if person in met else [])]
        windows = windows_of(
            last_on=max(marks),
            every_days=one.every_days,
            starts_on=starts_on,
            until_on=until_on,
            let_off=let_off.get(person, ()),
        )
        still = tuple(
            window for window in windows if not any(window.first <= day <= window.last for day in known)
        )
        rows.append(Owing(one, still, tuple(let_off.get(person, ()))))
    return rows


def windows_of(
    *, last_on: date, every_days: int, starts_on: date, until_on: date, let_off: Sequence[Days] = ()
) -> list[Window]:
    """One window for each encounter that falls due: from the day after the one before to the day it is due.

    Who is overdue has one cadence of days from the start, at most all of the stretch. A due day within an
    exemption moves to the day the exemption ends.
    """
    end = until_on - A_DAY
    due = last_on + timedelta(days=every_days)
    if due < starts_on:
        due = min(starts_on + timedelta(days=every_days) - A_DAY, end)
    windows, first = [], starts_on
    while (due := _after(due, let_off)) <= end:
        windows.append(Window(first, due))
        first, due = due + A_DAY, due + timedelta(days=every_days)
    return windows


def _after(day: date, let_off: Sequence[Days]) -> date:
    for starts, until in sorted(let_off):
        if starts <= day < until:
            day = until
    return day


def _exemptions(people: Collection[int], starts_on: date, until_on: date) -> Mapping[int, list[Days]]:
    rows = Exemption.objects.filter(person__in=people, starts_on__lt=until_on, until_on__gt=starts_on)
    found: dict[int, list[Days]] = {}
    for person, starts, until in rows.order_by("starts_on", "id").values_list(
        "person_id", "starts_on", "until_on"
    ):
        found.setdefault(person, []).append((starts, until))
    return found


def _arranged(
    people: Collection[int], until_on: date, now: datetime, instead_of: Collection[int]
) -> dict[int, list[tuple[date, int]]]:
    """Encounters to come and of which format, without those the new plan decides anew."""
    today = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    until = timezone.make_aware(datetime.combine(until_on, time.min))
    rows = Attendance.objects.filter(
        Q(encounter__outcome=Outcome.PLANNED),
        person__in=people,
        encounter__starts_at__gte=today,
        encounter__starts_at__lt=until,
    )
    if instead_of:
        rows = rows.exclude(encounter__assignment__plan__in=instead_of, encounter__starts_at__gt=now)
    found: dict[int, list[tuple[date, int]]] = {}
    for person, at, kind in rows.order_by("encounter__starts_at", "id").values_list(
        "person_id", "encounter__starts_at", "encounter__format_id"
    ):
        found.setdefault(person, []).append((timezone.localdate(at), kind))
    return found

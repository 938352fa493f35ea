"""When each of us owes an encounter: a window of days for each, so that bunching helps nobody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from coalface.records.models import DIRECT, Attendance, Exemption, Format, Outcome, Position, Unit

from .due import NO_FORMATS, Promise, owed_on

A_DAY = timedelta(days=1)
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Window:
    """Days, both included, within which somebody owes one encounter, and the formats that count."""

    first: date
    last: date
    formats: frozenset[int] = NO_FORMATS

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __and__(self, other: "Window") -> "Window":
        """The days and formats in which an encounter counts for both."""
        return Window(max(self.first, other.first), min(self.last, other.last), self.formats & other.formats)


@dataclass(frozen=True, slots=True)
class Owing:
    """Somebody who owes encounters within the stretch, when, and on which days they are let off.

    The windows of one promise follow one another; those of different promises may share days.
    """

    position: Position
    windows: tuple[Window, ...]
    let_off: tuple[Days, ...]


def owing(
    *, unit: Unit, starts_on: date, until_on: date, now: datetime, instead_of: Collection[int]
) -> list[Owing]:
    """Everybody of a unit who owes something from a day until (not including) another.

    What the plans `instead_of` had arranged does not count as arranged.
    """
    owed = [one for one in owed_on(starts_on, timezone.localdate(now)) if unit.contains(one.position.unit)]
    people = [one.position.person_id for one in owed]
    let_off, arranged = _exemptions(people, starts_on, until_on), _arranged(people, until_on, now, instead_of)
    direct = frozenset(Format.objects.filter(depth__in=DIRECT).values_list("pk", flat=True))
    rows = []
    for one in owed:
        free, to_come = (by.get(one.position.person_id, ()) for by in (let_off, arranged))
        windows: list[Window] = []
        for promise in one.promises:
            stretch = Window(starts_on, until_on - A_DAY, promise.formats or direct)
            known = [day for day, kind in to_come if kind in stretch.formats]
            windows += _still_owed(promise, stretch, known, free)
        rows.append(Owing(one.position, tuple(windows), tuple(free)))
    return rows


def _still_owed(
    promise: Promise, stretch: Window, known: Sequence[date], let_off: Sequence[Days]
) -> list[Window]:
    """The windows of one promise in which nothing that counts is arranged yet."""
    marks = [promise.starts_on, promise.last_on, *(day for day in known if day < stretch.first)]
    found = windows_of(
        last_on=max(filter(None, marks)),
        every_days=promise.every_days,
        starts_on=stretch.first,
        until_on=stretch.last + A_DAY,
        let_off=let_off,
        formats=stretch.formats,
    )
    return [one for one in found if not any(one.first <= day <= one.last for day in known)]


def windows_of(
    *,
    last_on: date,
    every_days: int,
    starts_on: date,
    until_on: date,
    let_off: Sequence[Days] = (),
    formats: frozenset[int] = NO_FORMATS,
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
        windows.append(Window(first, due, formats))
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

"""When each of us owes an encounter: a window of days for each, so that bunching helps nobody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from coalface.records.models import DIRECT, Attendance, Exemption, Format, Outcome, Position, Unit

from .due import NO_FORMATS, Promise, owed_on

A_DAY = timedelta(days=1)
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Window:
    """Days, both included, within which somebody owes one encounter, of these formats (none: any direct one).

    Without a day (`last` before `first`) there is no time left for it, and no slot will do.
    """

    first: date
    last: date
    formats: frozenset[int] = NO_FORMATS


@dataclass(frozen=True, slots=True)
class Owing:
    """Somebody who owes encounters within the stretch, when, and on which days they are let off."""

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
    let_off = _exemptions(people, starts_on, until_on)
    arranged = _arranged(people, until_on, now, instead_of)
    direct = frozenset(Format.objects.filter(depth__in=DIRECT).values_list("pk", flat=True))
    rows = []
    for one in owed:
        person = one.position.person_id
        free, held = tuple(let_off.get(person, ())), list[Window]()
        for promise in one.promises:
            known = [day for day, kind in arranged.get(person, ()) if kind in (promise.formats or direct)]
            for window in _still_owed(promise, known, starts_on, until_on, free):
                held = together(held, window, direct)
        rows.append(Owing(one.position, tuple(sorted(held, key=lambda one: one.first)), free))
    return rows


def _still_owed(
    promise: Promise, known: Sequence[date], starts_on: date, until_on: date, let_off: Sequence[Days]
) -> list[Window]:
    """The windows of one promise in which nothing is arranged yet."""
    marks = [promise.starts_on, promise.last_on, *(day for day in known if day < starts_on)]
    windows = windows_of(
        last_on=max(filter(None, marks)),
        every_days=promise.every_days,
        starts_on=starts_on,
        until_on=until_on,
        let_off=let_off,
    )
    return [
        replace(window, formats=promise.formats)
        for window in windows
        if not any(window.first <= day <= window.last for day in known)
    ]


def together(held: Sequence[Window], new: Window, direct: frozenset[int]) -> list[Window]:
    """The windows of one person with one more, by another promise; no two of them share a day.

    Where one encounter can count for both, the two become one. Else it has the longest stretch of its days
    that is free, or, where none is, half of the days it shares with another.
    """
    shared = [(_days(_both(one, new)), at) for at, one in enumerate(held) if _days(_both(one, new))]
    fitting = [(days, -at) for days, at in shared if _common(held[at], new, direct)]
    if fitting:
        at = -max(fitting)[1]
        one = replace(_both(held[at], new), formats=_common(held[at], new, direct) or NO_FORMATS)
        return [*held[:at], one, *held[at + 1 :]]
    gap = max(_gaps(held, new), key=_days)
    if _days(gap):
        return [*held, gap]
    at = max(shared)[1]
    both = _both(held[at], new)
    middle = both.first + A_DAY * ((_days(both) + 1) // 2)
    return [
        *held[:at],
        replace(held[at], last=middle - A_DAY),
        *held[at + 1 :],
        replace(new, first=middle, last=both.last),
    ]


def _both(one: Window, new: Window) -> Window:
    """The days two windows share, if any."""
    return replace(new, first=max(one.first, new.first), last=min(one.last, new.last))


def _days(window: Window) -> int:
    return max(0, (window.last - window.first).days + 1)


def _common(one: Window, new: Window, direct: frozenset[int]) -> frozenset[int]:
    """The formats in which one encounter counts for two promises; none: in no format does it."""
    return (one.formats or direct) & (new.formats or direct)


def _gaps(held: Sequence[Window], new: Window) -> list[Window]:
    """The stretches of a window's days that no other has; one without a day where there is none."""
    gaps, first = [], new.first
    for one in sorted(held, key=lambda window: window.first):
        if _days(_both(one, new)):
            gaps.append(replace(new, first=first, last=one.first - A_DAY))
            first = one.last + A_DAY
    return [*gaps, replace(new, first=first)]


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

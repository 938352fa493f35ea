"""A time zone as calendars want it spelled out: by which rules its clocks change.

The library's own (icalendar 7.3.2, `Timezone.from_tzid`) does not do: it lists days, which office programs
pass over, as they read yearly rules only ([MS-STANOICAL] §2.2.47); it is late by what clocks are put forward;
and it misses what is shorter than 64 days, such as Ramadan in Morocco. So the changes are found here.
"""

from bisect import bisect
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from dateutil.rrule import YEARLY, rrule, weekday

if TYPE_CHECKING:
    from icalendar import Component, Timezone

AHEAD_YEARS: Final = 4
DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)

# The offsets before and after, with what clocks show each time they are changed so.
Changes = dict[tuple[timedelta, timedelta], list[datetime]]


@cache
def zone_of(name: str, year: int) -> "Timezone":
    """A zone that is right from the January of that year on, for some years at least."""
    from icalendar import Timezone

    zone, first, last = ZoneInfo(name), datetime(year - 1, 1, 1, tzinfo=UTC), year + AHEAD_YEARS
    changes = _changes(zone, first, last)
    rules = [_rule(days) if len(days) > last - first.year else "" for days in changes.values()]
    if not changes or not all(rules):
        at_first = _offset(zone, first)
        changes = {(at_first, at_first): [first.replace(tzinfo=None)]} | changes
        rules = [""] * len(changes)
    told = Timezone(TZID=name)
    told.subcomponents = list(map(_observance, changes, changes.values(), rules))
    return told


def _changes(zone: ZoneInfo, day: datetime, last: int) -> Changes:
    """Every change of clocks from a day to the end of a year."""
    found: Changes = {}
    while day.year <= last:
        before, after = _offset(zone, day), _offset(zone, day + DAY)
        if before != after:
            found.setdefault((before, after), []).append(_shown(zone, day, before))
        day += DAY
    return found


def _shown(zone: ZoneInfo, day: datetime, before: timedelta) -> datetime:
    """What clocks show in the minute of a day in which they are changed."""
    minute = bisect(range(DAY // MINUTE), False, key=lambda n: _offset(zone, day + n * MINUTE) != before)
    return (day + minute * MINUTE + before).replace(tzinfo=None)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _rule(days: list[datetime]) -> str:
    """The yearly rule all of them follow, such as the last Sunday in March; blank if there is none."""
    first = days[0]
    for nth in (-1, (first.day - 1) // 7 + 1):
        rule = rrule(YEARLY, first, bymonth=first.month, byweekday=weekday(first.weekday(), nth))
        if list(rule.replace(count=len(days))) == days:
            return str(rule).partition("RRULE:")[2].replace("+", "")
    return ""


def _observance(offsets: tuple[timedelta, timedelta], days: list[datetime], rule: str) -> "Component":
    """Since when which offset holds; the later one is called daylight, also where law calls it standard."""
    from icalendar import TimezoneDaylight, TimezoneStandard, vRecur

    before, after = offsets
    told = TimezoneDaylight() if after > before else TimezoneStandard()
    told.DTSTART, told.TZOFFSETFROM, told.TZOFFSETTO = days[0], before, after
    if rule:
        told.add("RRULE", vRecur.from_ical(rule))
    elif days[1:]:
        told.add("RDATE", days[1:])
    return told

"""A time zone as calendars want it spelled out: when its clocks change, and by how much."""

from bisect import bisect
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
AHEAD_YEARS: Final = 4


class Change(NamedTuple):
    """A moment at which clocks change: in UTC, and the offsets before and after."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def on_the_wall(self) -> datetime:
        """What clocks show when it happens, before they are changed."""
        return (self.at + self.before).replace(tzinfo=None)


@cache
def zone_lines(name: str, year: int) -> tuple[str, ...]:
    """The lines of a VTIMEZONE that is right from the January of that year on, for some years at least.

    Where clocks change by the same rule each year, that rule is given, as office programs expect it.
    """
    zone = ZoneInfo(name)
    changes = _changes(zone, year - 1, year + AHEAD_YEARS)
    return ("BEGIN:VTIMEZONE", f"TZID:{name}", *_observances(zone, year, changes), "END:VTIMEZONE")


def _observances(zone: ZoneInfo, year: int, changes: list[Change]) -> list[str]:
    rules = [_rule([one for one in changes if _forward(one) == forward]) for forward in (True, False)]
    if changes and all(rules) and len(changes) == 2 * (AHEAD_YEARS + 2):
        last = {_forward(one): one for one in reversed(changes)}
        return [line for forward, rule in zip((True, False), rules, strict=True)
                for line in _observance(last[forward], rule)]  # fmt: skip
    first = datetime(year - 1, 1, 1, tzinfo=UTC)
    at_first = first.astimezone(zone).utcoffset() or timedelta()
    return [line for one in (Change(first, at_first, at_first), *changes) for line in _observance(one, "")]


def _forward(change: Change) -> bool:
    return change.after > change.before


def _observance(change: Change, rule: str) -> list[str]:
    kind = "DAYLIGHT" if _forward(change) else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{change.on_the_wall:%Y%m%dT%H%M%S}",
        *([f"RRULE:{rule}"] if rule else []),
        f"TZOFFSETFROM:{_offset(change.before)}",
        f"TZOFFSETTO:{_offset(change.after)}",
        f"END:{kind}",
    ]


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _rule(changes: list[Change]) -> str:
    """The rule all of them follow, such as the last Sunday in March; blank if there is none."""
    ways = [_ways(one) for one in changes]
    shared = set.intersection(*ways) if ways else set()
    return f"FREQ=YEARLY;{min(shared).way}" if shared else ""


class Way(NamedTuple):
    """A day of the year, and at which hour and by how much clocks change then."""

    way: str
    at: tuple[str, timedelta, timedelta]


def _ways(change: Change) -> set[Way]:
    """How one could say which day of the year it is, with its hour."""
    day = change.on_the_wall
    weekday, at = DAYS[day.weekday()], (f"{day:%H%M}", change.before, change.after)
    nth = {f"BYMONTH={day.month};BYDAY={(day.day - 1) // 7 + 1}{weekday}"}
    if day.day + 7 > monthrange(day.year, day.month)[1]:
        nth.add(f"BYMONTH={day.month};BYDAY=-1{weekday}")
    return {Way(way, at) for way in nth}


def _changes(zone: ZoneInfo, first: int, last: int) -> list[Change]:
    """Every change of clocks in these years, found to the second."""
    found, day = [], datetime(first, 1, 1, tzinfo=UTC)
    while day.year <= last:
        following = day + timedelta(days=1)
        before, after = day.astimezone(zone).utcoffset(), following.astimezone(zone).utcoffset()
        if before != after:
            found.append(Change(_found(zone, day, following), before or timedelta(), after or timedelta()))
        day = following
    return found


def _found(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    offset = before.astimezone(zone).utcoffset()
    seconds = int((after - before).total_seconds())
    step = bisect(range(seconds), False, key=lambda more: _differs(zone, before, more, offset))
    return before + timedelta(seconds=step)


def _differs(zone: ZoneInfo, start: datetime, seconds: int, offset: timedelta | None) -> bool:
    return (start + timedelta(seconds=seconds)).astimezone(zone).utcoffset() != offset

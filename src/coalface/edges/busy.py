"""When an event of a calendar takes place, however often, wherever its clock stands; nothing else of it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Calendar, Event

Stretch = tuple[datetime, datetime]

MOST_CHARACTERS: Final = 500_000
MOST_TIMES: Final = 2000
# Nobody meets every minute: such rules are there to keep us busy.
TOO_OFTEN: Final = {"SECONDLY", "MINUTELY", "HOURLY"}
# What a parser trips over in text that anybody may have written.
BROKEN: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError)


class Unreadable(Exception):
    """This is no event, or one whose times nobody can work out."""


def times_of(text: str, *, since: datetime, until: datetime, zone: ZoneInfo) -> tuple[str, list[Stretch]]:
    """The id of an event, and when it makes its owner busy in a stretch of time.

    Whole days and times without a zone are of `zone`. What is free, tentative days included, or was
    called off makes nobody busy.
    """
    if len(text) > MOST_CHARACTERS:
        raise Unreadable
    try:
        return _times_of(text, since, until, zone)
    except BROKEN:
        raise Unreadable from None


def first_of(text: str, *, zone: ZoneInfo) -> Stretch | None:
    """When an event that we wrote takes place now, free or busy; None if it was called off."""
    from icalendar import Calendar

    try:
        event = Calendar.from_ical(text).walk("VEVENT")[0]
        return None if str(event.get("STATUS", "")).upper() == "CANCELLED" else _stretch(event, zone)
    except BROKEN:
        raise Unreadable from None


def _times_of(text: str, since: datetime, until: datetime, zone: ZoneInfo) -> tuple[str, list[Stretch]]:
    from icalendar import Calendar
    from recurring_ical_events import InvalidCalendar, of

    calendar = Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    if not events:
        raise Unreadable
    if not any({"RRULE", "RDATE", "RECURRENCE-ID"} & set(one) for one in events):
        occurrences: Iterable[Event] = events
    else:
        _bounded(calendar, until)
        try:
            occurrences = of(calendar).between(since, until)
        except InvalidCalendar:
            raise Unreadable from None
    if len(times := [_stretch(one, zone) for one in occurrences if _is_busy(one)]) > MOST_TIMES:
        raise Unreadable
    near = [
        (max(starts, since), min(ends, until)) for starts, ends in times if starts < until and ends > since
    ]
    return str(events[0].get("UID", "")), [(starts, ends) for starts, ends in near if starts < ends]


def _bounded(calendar: "Calendar", until: datetime) -> None:
    """End every rule where our looking ahead ends, so that one without an end has one."""
    end = until + timedelta(days=2)
    for event in calendar.walk("VEVENT"):
        rule = event.get("RRULE")
        if rule is None:
            continue
        if isinstance(rule, list) or TOO_OFTEN & {str(one).upper() for one in rule.get("FREQ", ["SECONDLY"])}:
            raise Unreadable
        if any(len(rule.get(part, ())) > 1 for part in ("BYMINUTE", "BYSECOND")):
            raise Unreadable
        if "COUNT" not in rule and "UNTIL" not in rule:
            begins = event["DTSTART"].dt
            rule["UNTIL"] = [end if isinstance(begins, datetime) and begins.tzinfo else _like(begins, end)]


def _like(begins: date, end: datetime) -> date:
    return end.replace(tzinfo=None) if isinstance(begins, datetime) else end.date()


def _is_busy(event: "Event") -> bool:
    free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    return not free and str(event.get("STATUS", "")).upper() != "CANCELLED"


def _stretch(event: "Event", zone: ZoneInfo) -> Stretch:
    begins = event["DTSTART"].dt
    if "DTEND" in event:
        ends = event["DTEND"].dt
    elif "DURATION" in event:
        ends = begins + event["DURATION"].dt
    else:
        ends = begins if isinstance(begins, datetime) else begins + timedelta(days=1)
    return _moment(begins, zone), _moment(ends, zone)


def _moment(when: date, zone: ZoneInfo) -> datetime:
    if not isinstance(when, datetime):
        return datetime.combine(when, time(), zone)
    return when if when.tzinfo else when.replace(tzinfo=zone)


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time in stretches that neither touch nor overlap."""
    found: list[Stretch] = []
    for starts, ends in sorted(stretches):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return found

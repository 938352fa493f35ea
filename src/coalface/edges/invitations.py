"""Appointments as calendars read them: invited, moved, called off (iTIP, RFC 5546), kept, or a whole feed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from coalface.edges.zone_rules import zone_of

if TYPE_CHECKING:
    from icalendar import Calendar, Event, vCalAddress

MADE_BY: Final = "-//Coalface//Coalface//EN"
READ_AGAIN: Final = timedelta(hours=1)
NOT_HELD: Final = dict.fromkeys(
    {*range(32), *range(127, 160), 0x2028, 0x2029, 0xFFFE, 0xFFFF} - {10, 13}, " "
)


class Method(StrEnum):
    """What a receiver is to do with it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


class Answered(StrEnum):
    """What the person has answered, in the words of calendars."""

    NONE = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One encounter in one person's calendar; `told_at` is when what it says was said last."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    zone: str
    summary: str
    place: str
    words: str
    address: str
    told_at: datetime
    cancelled: bool = False
    answered: Answered = Answered.NONE

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Party:
    """A name and a mail address."""

    name: str
    email: str


def invitation(appointment: Appointment, *, organizer: Party, attendee: Party) -> str:
    """The text that puts an appointment into a calendar, changes it there, or takes it out."""
    event = _event(appointment)
    event.organizer = _address(organizer)
    event.attendees = [
        _address(
            attendee, cutype="INDIVIDUAL", role="REQ-PARTICIPANT", partstat=appointment.answered, rsvp=True
        )
    ]
    method = Method.CANCEL if appointment.cancelled else Method.REQUEST
    return _text(_calendar(method), [appointment], [event])


def feed(appointments: Sequence[Appointment], *, name: str) -> str:
    """The text of a calendar that programs read again and again."""
    from icalendar import vDuration

    calendar = _calendar(Method.PUBLISH)
    calendar.calendar_name = _held(name)
    calendar.add("REFRESH-INTERVAL", READ_AGAIN, {"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(READ_AGAIN))
    return _text(calendar, appointments, map(_event, appointments))


def published(appointment: Appointment) -> str:
    """The text of a file that any program takes an appointment from; nobody is asked to answer."""
    return _text(_calendar(Method.PUBLISH), [appointment], [_event(appointment)])


def entry(appointment: Appointment) -> str:
    """The text of an appointment that lies in a calendar: nothing is to be done with it (RFC 4791 §4.1)."""
    return _text(_calendar(), [appointment], [_event(appointment)])


def _calendar(method: Method | None = None) -> "Calendar":
    from icalendar import Calendar  # heavy, and most pages show none

    calendar = Calendar(VERSION="2.0", PRODID=MADE_BY, CALSCALE="GREGORIAN")
    if method:
        calendar.method = method
    return calendar


def _text(calendar: "Calendar", appointments: Iterable[Appointment], events: Iterable["Event"]) -> str:
    """With each zone spelled out once, right from its first appointment on."""
    first: dict[str, int] = {}
    for one in appointments:
        first[one.zone] = min(first.get(one.zone, one.starts_at.year), one.starts_at.year)
    first.pop("UTC", None)
    zones = [zone_of(zone, year) for zone, year in sorted(first.items())]
    calendar.subcomponents = [*zones, *events]
    return calendar.to_ical().decode()


def _event(one: Appointment) -> "Event":
    from icalendar import Event

    return Event.new(
        uid=_held(one.uid),
        sequence=one.sequence,
        stamp=one.told_at,
        start=_there(one.starts_at, one.zone),
        end=_there(one.ends_at, one.zone),
        summary=_held(one.summary),
        location=_held(one.place) or None,
        description=_held(one.words),
        url=_in_one_line(one.address),
        status="CANCELLED" if one.cancelled else "CONFIRMED",
        transparency="TRANSPARENT" if one.cancelled else "OPAQUE",
    )


def _there(moment: datetime, zone: str) -> datetime:
    """As the clocks there say it; an hour that comes twice is read as its first (RFC 5545, 3.3.5)."""
    local = moment.astimezone(ZoneInfo(zone))
    return moment.astimezone(UTC) if local.fold else local


def _address(party: Party, **more: object) -> "vCalAddress":
    """Few programs read a quotation mark as the library would write it (RFC 6868)."""
    from icalendar import vCalAddress

    return vCalAddress.new(_in_one_line(party.email), cn=_in_one_line(party.name).replace('"', "'"), **more)


def _held(words: str) -> str:
    """Without what no calendar can hold: control characters and halves of characters."""
    return words.translate(NOT_HELD).encode(errors="replace").decode()


def _in_one_line(words: str) -> str:
    return " ".join(_held(words).splitlines())

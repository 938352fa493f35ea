"""Appointments as calendars read them: invited, moved, called off (iTIP, RFC 5546), or a whole feed of them.

Written line by line, since a feed has thousands of them; every test reads them back with a library.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from coalface.edges.zone_rules import zone_lines

LONGEST_LINE: Final = 75  # octets, RFC 5545 §3.1
READ_AGAIN: Final = "PT1H"
HEAD: Final = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Coalface//Coalface//EN", "CALSCALE:GREGORIAN")

NOT_HELD: Final = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029, 0xFFFE, 0xFFFF), " ")


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
    method = Method.CANCEL if appointment.cancelled else Method.REQUEST
    part = f"CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={appointment.answered};RSVP=TRUE"
    people = (
        f"ORGANIZER;CN={_quoted(organizer.name)}:mailto:{_plain(organizer.email)}",
        f"ATTENDEE;CN={_quoted(attendee.name)};{part}:mailto:{_plain(attendee.email)}",
    )
    return _text(
        (*HEAD, f"METHOD:{method}", *_zones([appointment]), *_event(appointment, people), "END:VCALENDAR")
    )


def feed(appointments: Sequence[Appointment], *, name: str) -> str:
    """The text of a calendar that programs read again and again."""
    head = (
        *HEAD,
        f"METHOD:{Method.PUBLISH}",
        f"X-WR-CALNAME:{_escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{READ_AGAIN}",
        f"X-PUBLISHED-TTL:{READ_AGAIN}",
    )
    events = (line for one in appointments for line in _event(one))
    return _text((*head, *_zones(appointments), *events, "END:VCALENDAR"))


def _zones(appointments: Sequence[Appointment]) -> Iterator[str]:
    """Each zone once, right from its first appointment on."""
    first: dict[str, int] = {}
    for one in appointments:
        if one.zone != "UTC":
            first[one.zone] = min(first.get(one.zone, one.starts_at.year), one.starts_at.year)
    for zone, year in sorted(first.items()):
        yield from zone_lines(zone, year)


def _event(one: Appointment, people: tuple[str, ...] = ()) -> tuple[str, ...]:
    return (
        "BEGIN:VEVENT",
        f"UID:{_escaped(one.uid)}",
        f"SEQUENCE:{one.sequence}",
        f"DTSTAMP:{_utc(one.told_at)}",
        _moment("DTSTART", one.starts_at, one.zone),
        _moment("DTEND", one.ends_at, one.zone),
        f"SUMMARY:{_escaped(one.summary)}",
        f"LOCATION:{_escaped(one.place)}",
        f"DESCRIPTION:{_escaped(one.words)}",
        f"URL:{_plain(one.address)}",
        *people,
        f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}",
        f"TRANSP:{'TRANSPARENT' if one.cancelled else 'OPAQUE'}",
        "END:VEVENT",
    )


def _moment(name: str, at: datetime, zone: str) -> str:
    if zone == "UTC":
        return f"{name}:{_utc(at)}"
    return f"{name};TZID={zone}:{at.astimezone(ZoneInfo(zone)):%Y%m%dT%H%M%S}"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(words: str) -> str:
    """Words as a value: no line of theirs can become a line of ours."""
    kept = "\n".join(_plain(line) for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _quoted(words: str) -> str:
    """Words as a parameter (RFC 6868 would write a quotation mark as ^', which few programs read)."""
    return f'"{_plain(words).replace(chr(34), chr(39))}"'


def _plain(words: str) -> str:
    """In one line, without what no calendar can hold: control characters and halves of characters."""
    return words.translate(NOT_HELD).encode(errors="replace").decode()


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    """No piece longer than calendars read at once, and no character cut in two."""
    if len(line) <= LONGEST_LINE and (line.isascii() or len(line.encode()) <= LONGEST_LINE):
        return line
    pieces, piece, size = [], "", 0
    for character in line:
        wide = len(character.encode())
        if size + wide > LONGEST_LINE:
            pieces.append(piece)
            piece, size = "", 1  # the space a further piece begins with
        piece, size = piece + character, size + wide
    return "\r\n ".join([*pieces, piece])

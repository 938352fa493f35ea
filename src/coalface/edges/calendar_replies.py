"""What a calendar answers to an invitation: taken, declined, perhaps, or another time (iTIP, RFC 5546)."""

from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from icalendar import Component

MOST_BYTES: Final = 256 * 1024  # an answer is about one appointment
MOST_ANSWERS: Final = 10
REPLY, COUNTER = "REPLY", "COUNTER"
SAID: Final = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
# What the library raises over a calendar that somebody made by hand.
BREAKS: Final = (ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Answer:
    """One attendee’s answer and its moment; another time without a zone is meant where the encounter is."""

    uid: str
    sequence: int
    attendee: str
    said: str
    other_start: datetime | None = None
    said_at: datetime | None = None


def answers_of(mail: Message) -> tuple[Answer, ...]:
    """The answers a mail carries; none if it carries none, or one that cannot be read."""
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and len(content) <= MOST_BYTES and (found := answers_in(content)):
                return found
    return ()


def answers_in(content: bytes) -> tuple[Answer, ...]:
    """What a calendar text says, if it is an answer."""
    from icalendar import Calendar  # heavy, and most mails carry none

    try:
        calendar = Calendar.from_ical(content.decode(errors="replace"))
        method = str(calendar.get("method", "")).upper()
        if method not in {REPLY, COUNTER}:
            return ()
        events = calendar.walk("VEVENT")[:MOST_ANSWERS]
        return tuple(answer for event in events if (answer := _answer(event, method)))
    except BREAKS:
        return ()


def _answer(event: "Component", method: str) -> Answer | None:
    attendees = event.get("attendee") or []
    attendees = attendees if isinstance(attendees, list) else [attendees]
    if len(attendees) != 1 or not event.get("uid"):
        return None
    said = SAID.get(str(attendees[0].params.get("partstat", "")).upper(), "")
    start = event.decoded("dtstart") if method == COUNTER and "dtstart" in event else None
    if method == COUNTER:
        said = "countered" if isinstance(start, datetime) else ""
    if not said:
        return None
    return Answer(
        uid=str(event["uid"]).strip(),
        sequence=int(event.get("sequence", 0)),
        attendee=str(attendees[0]).strip().lower().removeprefix("mailto:"),
        said=said,
        other_start=start if isinstance(start, datetime) else None,
        said_at=event.DTSTAMP,
    )

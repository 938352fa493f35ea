"""What calendars were told, as tests read it."""

from datetime import datetime, timedelta

from django.core import mail
from icalendar import Calendar

from coalface.plan.actions import plan_encounter
from coalface.records.models import Encounter, Invitation, OutgoingMessage, Person
from coalface.worker.actions import drain, send_messages
from tests.people import NOW, Cast

SOON = NOW + timedelta(days=3)


def to_come(cast: Cast, person: Person | None = None, at: datetime = SOON) -> Encounter:
    """Olga meets Petra in the north, in three days."""
    return plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=at,
        person=person or cast.olga,
        customers=[cast.petra],
        chosen_by="planner",
        by=cast.mina,
        now=NOW,
    )


def sent(now: datetime = NOW) -> list[tuple[str, str, int]]:
    """Whom the worker tells what now: the receiver, the method and the sequence of each mail."""
    drain(now=now)
    before = len(mail.outbox)
    send_messages(now=now)
    return [(one.to[0].partition("@")[0], *told(one)) for one in mail.outbox[before:]]


def told(message: mail.EmailMultiAlternatives) -> tuple[str, int]:
    """What the calendar part of a mail says."""
    [part] = message.alternatives
    calendar = Calendar.from_ical(part.content)
    [event] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event["SEQUENCE"]


def invitation(person: Person) -> Invitation:
    """The only one of this person."""
    return Invitation.objects.get(person=person)


def invitations_waiting() -> int:
    """How many mails wait to be sent."""
    return OutgoingMessage.objects.filter(sent_at=None, gave_up_at=None, template="plan/invitation").count()

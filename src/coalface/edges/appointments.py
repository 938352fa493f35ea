"""An encounter as it stands in the calendar of one of us: what it says there, and who asks."""

from datetime import datetime, timedelta
from email.utils import parseaddr
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from coalface.edges.invitations import Answered, Appointment, Party, entry, invitation
from coalface.records.models import Encounter, Outcome, Reply
from coalface.records.models import Invitation as Kept

SALT: Final = "coalface.edges.appointments"
SECRET_LENGTH: Final = 24
OFF: Final = (Outcome.CANCELLED, Outcome.NO_SHOW, Outcome.DELEGATED)
ANSWERED: Final = {
    Reply.ACCEPTED: Answered.ACCEPTED,
    Reply.DECLINED: Answered.DECLINED,
    Reply.TENTATIVE: Answered.TENTATIVE,
}


def uid_of(encounter_id: object, person_id: int) -> str:
    """The name of an appointment in calendars: the same in mail and feed, and nobody else can guess it."""
    secret = salted_hmac(SALT, f"{encounter_id}/{person_id}", algorithm="sha256").hexdigest()[:SECRET_LENGTH]
    return f"{encounter_id}-{secret}@{organizer().email.rpartition('@')[2]}"


def organizer() -> Party:
    """Who asks: the mailbox that reads the answers, or else whoever sends our mail."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Party(name or "Coalface", settings.MAILBOX_ADDRESS or address)


def appointment_of(
    encounter: Encounter, *, uid: str, sequence: int, told_at: datetime, reply: str, off: bool = False
) -> Appointment:
    """What one of us may see there: way, place and time, and the link to the brief; no customer's name.

    The caller has set the language of its reader; format and unit are read with the encounter.
    """
    address = f"{settings.SITE}{reverse('meet:encounter', args=[encounter.pk])}"
    return Appointment(
        uid=uid,
        sequence=sequence,
        starts_at=encounter.starts_at,
        minutes=encounter.minutes,
        zone=encounter.unit.time_zone,
        summary=encounter.format.name,
        place=encounter.unit.name,
        words=render_to_string("plan/mail/appointment.txt", {"address": address}).strip(),
        address=address,
        told_at=told_at,
        cancelled=off or encounter.outcome in OFF,
        answered=ANSWERED.get(Reply(reply), Answered.NONE),
    )


def ends_at(encounter: Encounter) -> datetime:
    """When it is over, as planned."""
    return encounter.starts_at + timedelta(minutes=encounter.minutes)


def facts_of(encounter: Encounter) -> str:
    """A digest of all that an invitation tells; told again only when it differs."""
    told = (encounter.starts_at.timestamp(), encounter.minutes, encounter.unit.time_zone,
            encounter.format.name, encounter.unit.name)  # fmt: skip
    return sha256(repr(told).encode()).hexdigest()


def invitation_text(kept: Kept, *, language: str) -> tuple[str, str]:
    """The method and the text that a mail carries for an invitation, as things stand."""
    with translation.override(language):
        appointment = appointment_of(
            kept.encounter,
            uid=kept.uid,
            sequence=kept.sequence,
            told_at=kept.told_at,
            reply=kept.reply,
            off=kept.cancelled_at is not None,
        )
    attendee = Party(kept.person.name, kept.person.email)
    method = "CANCEL" if appointment.cancelled else "REQUEST"
    return method, invitation(appointment, organizer=organizer(), attendee=attendee)


def entry_text(encounter: Encounter, *, uid: str, sequence: int, told_at: datetime, language: str) -> str:
    """The text that stands in somebody's own calendar; format and unit are read with the encounter."""
    with translation.override(language):
        return entry(appointment_of(encounter, uid=uid, sequence=sequence, told_at=told_at, reply=Reply.NONE))

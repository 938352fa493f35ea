"""What calendars answer to invitations, read from the mailbox."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone

from coalface.edges.calendar_replies import Answer
from coalface.edges.letters import Letter
from coalface.records.history import note
from coalface.records.models import Attendance, InboundMail, Invitation, Outcome, Reply


@transaction.atomic
def take_answers(*, letter: Letter, now: datetime) -> InboundMail:
    """Keep what a calendar answered; each letter is read once, and a refused one changes nothing.

    An answer counts if it names an invitation of ours and comes from the address that was invited.
    """
    try:
        with transaction.atomic():
            mail = InboundMail.objects.create(message_id=letter.message_id, received_at=now)
    except IntegrityError:  # read before, or by another worker in this moment
        return InboundMail.objects.get(message_id=letter.message_id)
    for answer in letter.answers:
        mail.refusal = _take(mail, letter.sender, answer, now) or mail.refusal
    mail.save()
    return mail


def _take(mail: InboundMail, sender: str, answer: Answer, now: datetime) -> str:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("person", "encounter__unit")
    kept = rows.filter(uid=answer.uid).first()
    if kept is None:
        return "no_invitation"
    if not sender or {sender, answer.attendee} != {kept.person.email.lower()}:
        return "other_sender"
    if kept.person.has_left(timezone.localdate(now)):
        return "has_left"
    if answer.sequence < kept.sequence or not _stands(kept, now):
        return "outdated"
    said_at = _said_at(answer, kept, now)
    if kept.replied_at and said_at < kept.replied_at:
        return "answered_since"
    kept.reply, kept.replied_at, kept.other_start = Reply(answer.said), said_at, _other(answer, kept)
    kept.save(update_fields=["reply", "replied_at", "other_start"])
    mail.person, mail.encounter = kept.person, kept.encounter
    note("invitation.answered", about=kept, by=kept.person, at=now)
    return ""


def _stands(kept: Invitation, now: datetime) -> bool:
    """Whether there is still something to answer."""
    encounter = kept.encounter
    there = Attendance.objects.filter(encounter=encounter, person=kept.person).exists()
    return (
        there and not kept.cancelled_at and encounter.outcome == Outcome.PLANNED and encounter.starts_at > now
    )


def _said_at(answer: Answer, kept: Invitation, now: datetime) -> datetime:
    """When they said it; a moment before they were asked or still to come says nothing, so it is now."""
    at = answer.said_at
    return at if at and kept.told_at and kept.told_at < at < now else now


def _other(answer: Answer, kept: Invitation) -> datetime | None:
    """The time they propose; one without a zone is meant where the encounter is."""
    at = answer.other_start
    if at and at.tzinfo is None:
        return at.replace(tzinfo=ZoneInfo(kept.encounter.unit.time_zone))
    return at

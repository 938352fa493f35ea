"""Asking by mail what was heard, and writing down what comes back."""

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from coalface.edges.letters import Letter
from coalface.meet.queries import attendance_for, heard_nothing, no_reminders_address, reply_token
from coalface.methods.proposing import Passage, propose
from coalface.records.models import (
    GROUPS,
    Attendance,
    Customer,
    Encounter,
    FormatKind,
    InboundMail,
    Kind,
    Outcome,
    OutgoingMessage,
)

from .encounters import NotReady, hold, locked
from .remarks import note_remark

REPLIES: Final = UUID("0199d7f2-9a41-7c55-8b0e-2f64c1d0b7aa")  # ours, made once
MORNING: Final = time(7)
NOT_TOLD: Final = frozenset({"automatic", "no_token", "other_sender", "has_left", "too_many"})
MOST_A_DAY: Final = 50  # more than that writes a machine that answers our answers and does not say so


@transaction.atomic
def remind_to_note(*, now: datetime) -> int:
    """Ask everybody once who was with a customer and has noted nothing; say how many were asked."""
    morning = timezone.make_aware(datetime.combine(timezone.localdate(now), MORNING))
    asked = 0
    for attendance in heard_nothing(now):
        _, new = OutgoingMessage.objects.get_or_create(
            key=f"what-did-you-hear-{attendance.pk}",
            defaults={
                "template": "meet/what_did_you_hear",
                "person": attendance.person,
                "about": _about(attendance, unsubscribe=no_reminders_address(attendance)),
                "due_at": max(now, morning),
            },
        )
        asked += new
    return asked


def _about(attendance: Attendance, **more: object) -> dict[str, object]:
    """The ids a mail needs; the token makes it one that can be answered."""
    answerable = {"reply_token": reply_token(attendance)} if settings.MAILBOX else {}
    return {"attendance": attendance.pk} | answerable | more


@transaction.atomic
def take_reply(*, letter: Letter, now: datetime) -> InboundMail:
    """Write down what somebody answered, one remark a thought. Each letter is read once.

    A letter that is refused is kept without its words, with the reason; whoever we know is told.
    """
    try:
        with transaction.atomic():
            mail = InboundMail.objects.create(message_id=letter.message_id, received_at=now)
    except IntegrityError:  # read before, or by another worker in this moment
        return InboundMail.objects.get(message_id=letter.message_id)
    attendance = attendance_for(letter.receivers)
    mail.refusal = _refusal(letter, attendance, now)
    if not mail.refusal:
        mail.remarks = _write_down(mail, letter, attendance, now)
    if attendance and mail.refusal not in NOT_TOLD:
        mail.person, mail.encounter = attendance.person, attendance.encounter
        _answer(mail, letter, attendance, now)
    mail.save()
    return mail


def _refusal(letter: Letter, attendance: Attendance | None, now: datetime) -> str:
    if letter.automatic:
        return "automatic"
    if attendance is None:
        return "no_token"
    person, encounter = attendance.person, locked(pk=attendance.encounter_id)
    if letter.sender != person.email.lower() or not letter.sender:
        return "other_sender"
    if person.has_left(timezone.localdate(now)):
        return "has_left"
    today = InboundMail.objects.filter(person=person, received_at__gt=now - timedelta(days=1))
    if today.count() >= MOST_A_DAY:
        return "too_many"
    if letter.too_large:
        return "too_large"
    if encounter.outcome not in {Outcome.PLANNED, Outcome.HELD}:
        return "not_held"
    if encounter.format.kind == FormatKind.INCOGNITO:
        return "incognito"
    return "" if _thoughts(letter, person.name) else "no_words"


def _thoughts(letter: Letter, name: str) -> list[str]:
    """What was written, without a name below it."""
    names = {name.lower(), *name.lower().split()}
    return [one for one in letter.thoughts if one.lower().strip(" ,.-–") not in names]


def _write_down(mail: InboundMail, letter: Letter, attendance: Attendance, now: datetime) -> int:
    person, encounter = attendance.person, locked(pk=attendance.encounter_id)
    if encounter.outcome == Outcome.PLANNED:
        try:
            encounter = hold(encounter=encounter, by=person, now=now)
        except NotReady:
            mail.refusal = "not_ready"
            return 0
    customer = _who_said_it(encounter)
    said = _thoughts(letter, person.name)
    for place, text in enumerate(said):
        note_remark(
            id=uuid5(REPLIES, f"{letter.message_id}/{place}"),
            encounter=encounter,
            kind=_kind(text, person.language),
            text=text,
            customer=customer,
            language=person.language,
            by=person,
            now=now,
        )
    return len(said)


def _who_said_it(encounter: Encounter) -> Customer | None:
    """The only guest, if there was one; of a group each has to agree before words are put down as theirs."""
    guests = list(encounter.guests.there().select_related("customer")[:2])
    alone = len(guests) == 1 and encounter.format.kind not in GROUPS
    return guests[0].customer if alone else None


def _kind(text: str, language: str) -> str:
    """A guess that the writer can change; what sounds like nothing in particular is a need."""
    found = propose([Passage(0, text)], language=language, most=1)
    return found[0].kind if found else Kind.NEED


def _answer(mail: InboundMail, letter: Letter, attendance: Attendance, now: datetime) -> None:
    """Say once what became of the letter; our mails call themselves automatic, so nothing answers back."""
    OutgoingMessage.objects.create(
        key=f"written-down-{mail.pk}",
        template="meet/not_written_down" if mail.refusal else "meet/written_down",
        person=attendance.person,
        about=_about(attendance, n=mail.remarks, files=letter.attachments, because=mail.refusal),
        due_at=now,
    )

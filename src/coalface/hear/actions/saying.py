"""Taking what somebody says without an account, against a receipt; and what its holder asks for later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from coalface.records.history import note
from coalface.records.models import (
    Feedback,
    Message,
    OutgoingMessage,
    Person,
    Receipt,
    SayPlace,
    Unit,
    Verbatim,
)

from ..queries.receipts import digest_of, kept_id, number_of, secret_of
from .taking_in import IN_PUBLIC, IdTaken, NewFeedback, NoWords, write_down

ATTEMPTS: Final = 5


class Withdrawn(Exception):
    """It was taken back: nothing is added to it any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """The receipt, and the secret that is told now and never again."""

    receipt: Receipt
    secret: str


def say(
    *,
    id: UUID,
    text: str,
    kind: str,
    language: str,
    unit: Unit,
    now: datetime,
    place: SayPlace | None = None,
    numbered: Callable[[UUID, int], str] = number_of,
) -> Said:
    """Take what somebody said; the form chose the id, so pressing twice says it once, for one receipt."""
    if not text.strip():
        raise NoWords
    row = NewFeedback(
        source=IN_PUBLIC,
        source_id=kept_id(id),
        channel=IN_PUBLIC,
        kind=kind,
        received_at=now,
        unit=unit,
        text=text.strip(),
        language=language,
        touchpoint=place.touchpoint if place else None,
    )
    secret = secret_of(id)
    for attempt in range(ATTEMPTS):
        number = numbered(id, attempt)
        try:
            return Said(_take(row, place, number, secret, now), secret)
        except IntegrityError:  # sent before, or somebody else's receipt has this number
            if there := _given_before(id, row, secret):
                return Said(there, secret)
            if attempt + 1 == ATTEMPTS:
                raise  # neither: a rule of the ledger is broken
    raise AssertionError("unreachable")


@transaction.atomic
def _take(row: NewFeedback, place: SayPlace | None, number: str, secret: str, now: datetime) -> Receipt:
    """Written down at once, without looking first: of a hundred a second hardly one was sent before."""
    (pk,) = write_down(rows=[row])
    receipt = Receipt.objects.create(
        number=number,
        digest=digest_of(number, secret),
        feedback_id=pk,
        place=place,
        language=row.language,
        given_at=now,
    )
    note("feedback.taken_in", about=Feedback(pk=pk), by=None, at=now, ids=[str(pk)])
    return receipt


def _given_before(id: UUID, row: NewFeedback, secret: str) -> Receipt | None:
    """The receipt that was given for this form, if it said the same; of erased words nobody can tell."""
    numbers = [number_of(id, attempt) for attempt in range(ATTEMPTS)]
    for receipt in Receipt.objects.filter(number__in=numbers).select_related("feedback__verbatim"):
        if receipt.digest != digest_of(receipt.number, secret):
            continue
        said = receipt.feedback.verbatim
        if receipt.feedback.kind != row.kind or (not said.erased_at and said.text != row.text):
            raise IdTaken(id)
        return receipt
    return None


@transaction.atomic
def ask_for_answer(*, receipt: Receipt, email: str, now: datetime, by: Person | None = None) -> Receipt:
    """Keep the address somebody left, for an answer and nothing else; an empty one takes it back."""
    locked = Receipt.objects.select_for_update().get(pk=receipt.pk)
    if locked.withdrawn_at:
        raise Withdrawn(receipt)
    if locked.email != email:
        locked.email = email
        locked.save(update_fields=["email"])
        note("receipt.address_left" if email else "receipt.address_taken_back", about=locked, by=by, at=now)
    return locked


@transaction.atomic
def add_words(*, receipt: Receipt, text: str, id: UUID, now: datetime) -> Message:
    """Say more about the same thing."""
    locked = Feedback.objects.select_for_update().get(pk=receipt.feedback_id)
    if locked.withdrawn_at:
        raise Withdrawn(receipt)
    return _said(feedback=locked, text=text, language=receipt.language, by=None, id=id, now=now)


@transaction.atomic
def answer(*, feedback: Feedback, text: str, id: UUID, by: Person, now: datetime) -> Message:
    """Answer whoever said it: it stands where they look it up, and goes to the address they left."""
    locked = Feedback.objects.select_for_update().get(pk=feedback.pk)
    if locked.withdrawn_at:
        raise Withdrawn(feedback)
    receipt = Receipt.objects.get(feedback=locked)
    message = _said(feedback=locked, text=text, language="", by=by, id=id, now=now)
    if receipt.email:
        OutgoingMessage.objects.get_or_create(
            key=f"answer-{message.pk}",
            defaults={
                "template": "hear/answer",
                "receipt": receipt,
                "about": {"message": message.pk},
                "due_at": now,
            },
        )
    return message


def _said(
    *, feedback: Feedback, text: str, language: str, by: Person | None, id: UUID, now: datetime
) -> Message:
    words = text.strip()
    if not words:
        raise NoWords
    there = Message.objects.select_related("verbatim").filter(sent_as=id).first()
    if there:
        if there.feedback_id != feedback.pk or there.by != by:
            raise IdTaken(id)
        return there
    verbatim = Verbatim.objects.create(text=words, language=language)
    message = Message.objects.create(feedback=feedback, verbatim=verbatim, by=by, at=now, sent_as=id)
    note(
        "feedback.answered" if by else "feedback.added_to", about=feedback, by=by, at=now, message=message.pk
    )
    return message


@transaction.atomic
def withdraw(*, feedback: Feedback, now: datetime, by: Person | None = None) -> Feedback:
    """Take it back, at the wish of whoever said it: it counts no more, and no answer is sent."""
    locked = Feedback.objects.select_for_update().get(pk=feedback.pk)
    if locked.withdrawn_at:
        return locked
    locked.withdrawn_at = now
    locked.save(update_fields=["withdrawn_at"])
    OutgoingMessage.objects.filter(receipt__feedback=locked, sent_at=None).delete()
    Receipt.objects.filter(feedback=locked).update(withdrawn_at=now, email="")
    note("feedback.withdrawn", about=locked, by=by, at=now)
    return locked

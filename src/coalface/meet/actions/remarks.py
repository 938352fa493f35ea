"""Writing down what was said, in the words in which it was said."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from coalface.records.history import note
from coalface.records.models import (
    GROUPS,
    Customer,
    Encounter,
    FormatKind,
    Kind,
    Outcome,
    Person,
    Remark,
    Speaker,
    Touchpoint,
    Verbatim,
)

from .encounters import IdTaken, NotHeld, locked, reopen


class NoWords(Exception):
    """A remark has what was said, or what the observer made of it."""


class NotTold(Exception):
    """Of an incognito visit no words and no name of a customer are kept, unless they were told afterwards."""


class NotAgreed(Exception):
    """This guest did not agree that what they say is written down; they may be noted as somebody."""


@transaction.atomic
def note_remark(
    *,
    id: UUID,
    encounter: Encounter,
    kind: str,
    by: Person,
    now: datetime,
    text: str = "",
    reading: str = "",
    said_by: str = Speaker.CUSTOMER,
    customer: Customer | None = None,
    touchpoint: Touchpoint | None = None,
    sequence: int | None = None,
    language: str = "",
    told_afterwards: bool = False,
) -> Remark:
    """Keep the exact words apart from the observer's reading; sent twice it is kept once.

    The device chose the id. A remark that comes late opens a finished encounter again.
    """
    words, own_words = text.strip(), reading.strip()
    if not words and not own_words:
        raise NoWords(id)
    held = locked(pk=encounter.pk)
    remark = Remark(
        id=id,
        encounter=held,
        noted_by=by,
        noted_at=now,
        kind=Kind(kind),
        said_by=Speaker(said_by),
        customer=customer,
        touchpoint=touchpoint,
        sequence=sequence or 0,
        told_afterwards=told_afterwards,
    )
    if there := _with_words(id):
        return _the_same(there=there, sent=remark, words=words, reading=own_words, sequence=sequence)
    if held.outcome != Outcome.HELD:
        raise NotHeld(held)
    if remark.said_by == Speaker.CUSTOMER:
        _refuse_unless_theirs_to_keep(remark=remark, words=words)
    remark.sequence = _next(held, by) if sequence is None else sequence
    reopen(encounter=held, by=by, now=now)
    _keep(remark=remark, words=words, reading=own_words, language=language)
    note("remark.noted", about=remark, by=by, at=now, encounter=str(held.pk))
    return remark


def _refuse_unless_theirs_to_keep(*, remark: Remark, words: str) -> None:
    """What a customer says is kept if they know who keeps it; in a group each says so for themselves."""
    kind, customer = remark.encounter.format.kind, remark.customer
    if kind == FormatKind.INCOGNITO and (words or customer) and not remark.told_afterwards:
        raise NotTold(remark.pk)
    if kind in GROUPS and customer:
        agreed = remark.encounter.guests.there().exclude(agreed_at=None)
        if not agreed.filter(customer=customer).exists():
            raise NotAgreed(customer)


def _with_words(id: UUID) -> Remark | None:
    return Remark.objects.select_related("verbatim", "reading").filter(pk=id).first()


def _next(encounter: Encounter, person: Person) -> int:
    highest = Remark.objects.filter(encounter=encounter, noted_by=person).aggregate(n=Max("sequence"))["n"]
    return 1 if highest is None else highest + 1


def _keep(*, remark: Remark, words: str, reading: str, language: str) -> None:
    if words:
        remark.verbatim = Verbatim.objects.create(text=words, language=language)
    if reading:
        remark.reading = Verbatim.objects.create(text=reading, language=remark.noted_by.language)
    try:
        with transaction.atomic():
            remark.save(force_insert=True)
    except IntegrityError as taken:  # at another encounter, in the same moment
        raise IdTaken(remark.pk) from taken


def _the_same(*, there: Remark, sent: Remark, words: str, reading: str, sequence: int | None) -> Remark:
    fields = (
        "encounter_id",
        "noted_by_id",
        "kind",
        "said_by",
        "customer_id",
        "touchpoint_id",
        "told_afterwards",
    )
    alike = (
        all(getattr(there, field) == getattr(sent, field) for field in fields)
        and sequence in (None, there.sequence)
        and _says(there.verbatim, words)
        and _says(there.reading, reading)
    )
    if not alike:
        raise IdTaken(sent.pk)
    return there


def _says(kept: Verbatim | None, words: str) -> bool:
    """Whether these are the words that were kept; erased ones can no longer be compared."""
    if kept is None:
        return not words
    return kept.erased_at is not None or kept.text == words

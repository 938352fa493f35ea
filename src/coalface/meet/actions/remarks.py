"""Writing down what was said, in the words in which it was said."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Min, Q

from coalface.meet.queries import attended
from coalface.records.history import note
from coalface.records.models import (
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

from .encounters import IdTaken, NotHeld, hold, locked, reopen


class NoWords(Exception):
    """A remark has what was said, or what the observer made of it."""


class NotTold(Exception):
    """After an incognito visit a customer's words and name are kept only once they know who asked."""


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
    device: str = "",
    sequence: int | None = None,
    told_afterwards: bool = False,
    noted_at: datetime | None = None,
    language: str = "",
) -> Remark:
    """Keep the exact words apart from the observer's reading; sent twice it is kept once.

    The device chose the id. The first remark of somebody who takes part says that it took place; one that
    comes late opens a finished encounter again. `noted_at` is when it was written down, as far as is known.
    """
    words, own_words = text.strip(), reading.strip()
    if not words and not own_words:
        raise NoWords(id)
    there = locked(pk=encounter.pk)
    remark = Remark(
        id=id, encounter=there, noted_by=by, noted_at=now, kind=Kind(kind), said_by=Speaker(said_by),
        customer=customer, touchpoint=touchpoint, device=device, sequence=sequence or 0,
        told_afterwards=told_afterwards,
    )  # fmt: skip
    _may_be_kept(remark, words)
    if kept := _with_words(id):
        return _the_same(there=kept, sent=remark, words=words, reading=own_words, sequence=sequence)
    remark.encounter = held = _held(encounter=there, by=by, now=now)
    remark.sequence = _next(held, by) if sequence is None else sequence
    remark.noted_at = _when(remark, noted_at or now, now)
    reopen(encounter=held, by=by, now=now)
    _keep(remark=remark, words=words, reading=own_words, language=language)
    note("remark.noted", about=remark, by=by, at=now, encounter=str(held.pk))
    return remark


def _may_be_kept(remark: Remark, words: str) -> None:
    """Whether whose words these are, or who said them, may be written down at all."""
    incognito = remark.encounter.format.kind == FormatKind.INCOGNITO
    of_a_customer = remark.said_by == Speaker.CUSTOMER and (words or remark.customer)
    if incognito and of_a_customer and not remark.told_afterwards:
        raise NotTold(remark.pk)


def _held(*, encounter: Encounter, by: Person, now: datetime) -> Encounter:
    """The encounter as one that took place: whoever was there and writes something down says that it did."""
    if encounter.outcome == Outcome.PLANNED and attended(encounter, by):
        return hold(encounter=encounter, by=by, now=now)
    if encounter.outcome != Outcome.HELD:
        raise NotHeld(encounter)
    return encounter


def _when(remark: Remark, noted_at: datetime, now: datetime) -> datetime:
    """Not before the encounter, not after now, and in the order in which the device counted: clocks lie."""
    earliest, latest = min(remark.encounter.starts_at, now), now
    if remark.device:
        mine = Remark.objects.filter(
            encounter=remark.encounter, noted_by=remark.noted_by, device=remark.device
        ).aggregate(
            before=Max("noted_at", filter=Q(sequence__lt=remark.sequence)),
            after=Min("noted_at", filter=Q(sequence__gt=remark.sequence)),
        )
        earliest = max(earliest, mine["before"] or earliest)
        latest = min(latest, mine["after"] or latest)
    return max(earliest, min(noted_at, latest))


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
    fields = ("encounter_id", "noted_by_id", "kind", "said_by", "customer_id", "touchpoint_id")
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

"""Writing down what was said, in the words in which it was said."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Min, Q

from coalface.customers.queries import kept_of
from coalface.meet.queries import is_finished
from coalface.records.history import history_of, note
from coalface.records.models import (
    GROUPS,
    About,
    Customer,
    Encounter,
    FormatKind,
    Kind,
    Person,
    Remark,
    Speaker,
    Touchpoint,
    Verbatim,
)

from .encounters import Finished, IdTaken, locked, reopen, took_place


class NoWords(Exception):
    """A remark has what was said, or what the observer made of it."""


class NotTold(Exception):
    """After an incognito visit a customer's words and name are kept only once they know who asked."""


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
    device: str = "",
    sequence: int | None = None,
    told_afterwards: bool = False,
    about: str = "",
    noted_at: datetime | None = None,
    language: str = "",
    verbatim: Verbatim | None = None,
) -> Remark:
    """Keep the exact words apart from the observer's reading; sent twice it is kept once.

    The device chose the id. The first remark of somebody who takes part says that it took place; one that
    comes late opens a finished encounter again. `noted_at` is when it was written down, as far as is known.
    Words that are kept already, in a transcript, are not copied: their `verbatim` becomes the remark's.
    """
    words, own_words = verbatim.text if verbatim else text.strip(), reading.strip()
    if not words and not own_words:
        raise NoWords(id)
    there, customer = locked(pk=encounter.pk), customer and kept_of(customer)
    remark = Remark(
        id=id, encounter=there, noted_by=by, noted_at=now, kind=Kind(kind), said_by=Speaker(said_by),
        customer=customer, touchpoint=touchpoint, device=device, sequence=sequence or 0,
        told_afterwards=told_afterwards, verbatim=verbatim, about=About(about) if about else "",
    )  # fmt: skip
    _may_be_kept(remark, words)
    if kept := _with_words(id):
        return _the_same(there=kept, sent=remark, words=words, reading=own_words, sequence=sequence)
    remark.encounter = held = took_place(encounter=there, by=by, now=now)
    remark.sequence = _next(held, by) if sequence is None else sequence
    remark.noted_at = _when(remark, noted_at or now, now)
    reopen(encounter=held, by=by, now=now)
    _keep(remark=remark, words=words, reading=own_words, language=language)
    note("remark.noted", about=remark, by=by, at=now, encounter=str(held.pk))
    return remark


def _may_be_kept(remark: Remark, words: str) -> None:
    """What a customer says is kept if they know who keeps it; in a group each says so for themselves."""
    if remark.said_by != Speaker.CUSTOMER:
        return
    kind, customer = remark.encounter.format.kind, remark.customer
    if kind == FormatKind.INCOGNITO and (words or customer) and not remark.told_afterwards:
        raise NotTold(remark.pk)
    agreed = remark.encounter.guests.quotable()
    if kind in GROUPS and customer and not agreed.filter(customer=customer).exists():
        raise NotAgreed(customer)


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


@transaction.atomic
def say_kind(*, remark: Remark, kind: str, by: Person, now: datetime) -> Remark:
    """Correct what sort of thing was said, as long as the encounter is not finished."""
    encounter = locked(pk=remark.encounter_id)
    current = Remark.objects.get(pk=remark.pk)
    if current.kind == Kind(kind):
        return current
    if is_finished(encounter):
        raise Finished(remark)
    before, current.kind = current.kind, Kind(kind)
    current.save(update_fields=["kind"])
    note("remark.kind_said", about=current, by=by, at=now, was=before, said=current.kind)
    return current


def _with_words(id: UUID) -> Remark | None:
    return Remark.objects.select_related("verbatim", "reading").filter(pk=id).first()


def _next(encounter: Encounter, person: Person) -> int:
    highest = Remark.objects.filter(encounter=encounter, noted_by=person).aggregate(n=Max("sequence"))["n"]
    return 1 if highest is None else highest + 1


def _keep(*, remark: Remark, words: str, reading: str, language: str) -> None:
    if words and not remark.verbatim:
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
        "encounter_id", "noted_by_id", "said_by", "customer_id", "touchpoint_id", "told_afterwards", "about",
    )  # fmt: skip
    alike = (
        all(getattr(there, field) == getattr(sent, field) for field in fields)
        and sent.kind in (there.kind, _first_kind(there))
        and sequence in (None, there.sequence)
        and _says(there.verbatim, words)
        and _says(there.reading, reading)
    )
    if not alike:
        raise IdTaken(sent.pk)
    return there


def _first_kind(remark: Remark) -> str:
    """What it was taken for when it was noted: a phone that sends it again knows of no correction."""
    corrected = history_of(remark).filter(kind="remark.kind_said").order_by("id").first()
    return corrected.payload["was"] if corrected else remark.kind


def _says(kept: Verbatim | None, words: str) -> bool:
    """Whether these are the words that were kept; erased ones can no longer be compared."""
    if kept is None:
        return not words
    return kept.erased_at is not None or kept.text == words

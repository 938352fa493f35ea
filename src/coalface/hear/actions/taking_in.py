"""Taking in what customers tell us unasked: in bulk from other systems, or one by one on their behalf."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from uuid import UUID, uuid5

import uuid_utils.compat as uuid
from django.db import IntegrityError, transaction

from coalface.customers.queries import kept_of, marks_of
from coalface.records.history import note
from coalface.records.models import Customer, Feedback, ImportRun, Person, Touchpoint, Unit, Verbatim

from .in_bulk import insert, next_ids

MOST_ROWS: Final = 1_000
BY_OURSELVES: Final = "report"
IN_PUBLIC: Final = "say"
BY_COLLEAGUES: Final = "colleague"
RESEARCH: Final = "research"
# Sources that are ours alone: what another system sends is never told apart from it by one of these.
OURS: Final = frozenset({BY_OURSELVES, IN_PUBLIC, BY_COLLEAGUES, RESEARCH})
COLUMNS: Final = (
    "id", "source", "source_id", "channel", "kind", "topic", "verbatim_id", "nps", "csat", "ces", "unit_id",
    "touchpoint_id", "customer_id", "reported_by_id", "received_at", "run_id",
)  # fmt: skip


class TooManyRows(ValueError):
    """More rows at once than one transaction may hold."""


class NoWords(ValueError):
    """A report without words says nothing."""


class IdTaken(Exception):
    """Other words, or somebody else's, were passed on under this id."""


@dataclass(frozen=True, slots=True)
class NewFeedback:
    """One message, tap or score as another system holds it; `source_id` tells it from all others there."""

    source: str
    source_id: str
    channel: str
    kind: str
    received_at: datetime
    unit: Unit
    topic: str = ""
    text: str = ""
    language: str = ""
    nps: int | None = None
    csat: int | None = None
    ces: int | None = None
    touchpoint: Touchpoint | None = None
    customer: Customer | None = None
    reported_by: Person | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many rows were new, and how many we had."""

    taken_in: int
    already_there: int


@transaction.atomic
def take_in(
    *, rows: Sequence[NewFeedback], by: Person | None, now: datetime, run: ImportRun | None = None
) -> TakenIn:
    """Write down what is new; the same row twice, or in two processes at once, is taken once."""
    if len(rows) > MOST_ROWS:
        raise TooManyRows(len(rows))
    new = _not_yet_there(_of_those_still_here(rows))
    while new:
        try:
            feedback = _write(new, run)
        except IntegrityError:
            left = _not_yet_there(new)
            if len(left) == len(new):
                raise  # nobody was quicker: a rule of the ledger is broken
            new = left
        else:
            about = run or Feedback(id=feedback[0])
            note("feedback.taken_in", about=about, by=by, at=now, ids=[str(id) for id in feedback])
            break
    return TakenIn(len(new), len(rows) - len(new))


@transaction.atomic
def report(
    *,
    text: str,
    kind: str,
    unit: Unit,
    by: Person,
    now: datetime,
    customer: Customer | None = None,
    touchpoint: Touchpoint | None = None,
    language: str = "",
    received_at: datetime | None = None,
    id: uuid.UUID | None = None,
) -> Feedback:
    """Pass on what a customer told one of us; the form chose the id, so pressing twice reports once."""
    if not text.strip():
        raise NoWords
    customer = customer and kept_of(customer)
    row = NewFeedback(
        source=BY_OURSELVES,
        source_id=str(id or uuid.uuid7()),
        channel=BY_OURSELVES,
        kind=kind,
        received_at=received_at or now,
        unit=unit,
        text=text.strip(),
        language=language,
        touchpoint=touchpoint,
        customer=customer,
        reported_by=by,
    )
    take_in(rows=[row], by=by, now=now)
    there = Feedback.objects.select_related("verbatim").get(source=BY_OURSELVES, source_id=row.source_id)
    if not _alike(there, row):
        raise IdTaken(id)
    return there


def report_beside(*, id: uuid.UUID, by: Person, **given: Any) -> Feedback:
    """What `report` could not take, its id being taken, as a report of its own; sent again it is one."""
    rows = [given.get(name) for name in ("text", "kind", "unit", "customer", "touchpoint")]
    said = "\n".join(str(getattr(one, "pk", one)) for one in rows)
    return report(id=uuid5(id, f"{by.pk}\n{said}"), by=by, **given)


def _alike(there: Feedback, row: NewFeedback) -> bool:
    """Whether this was passed on already; erased words can no longer be compared."""
    same = all(
        getattr(there, f"{field}_id") == (one.pk if (one := getattr(row, field)) else None)
        for field in ("unit", "customer", "touchpoint", "reported_by")
    )
    erased = there.verbatim.erased_at is not None
    return same and there.kind == row.kind and (erased or there.verbatim.text == row.text)


def _of_those_still_here(rows: Sequence[NewFeedback]) -> Sequence[NewFeedback]:
    """Hold their customers fast until all is written: a merging moves it along, an erasing reaches it.

    What is about somebody who was forgotten in this very moment stays out; who was merged is the one kept.
    """
    named = {row.customer.pk for row in rows if row.customer}
    if not named:
        return rows
    held = {one.pk: one for one in Customer.objects.select_for_update().filter(pk__in=named).order_by("pk")}
    if not any(one.erased_at or one.merged_into_id for one in held.values()):
        return rows
    now = {pk: kept_of(one) for pk, one in held.items()}
    still = (row for row in rows if not (row.customer and now[row.customer.pk].erased_at))
    return [replace(row, customer=now[row.customer.pk]) if row.customer else row for row in still]


def _not_yet_there(rows: Sequence[NewFeedback]) -> list[NewFeedback]:
    """The rows that neither the ledger nor an earlier row of the same batch holds; erased ones stay away."""
    known = set()
    for source, group in groupby(sorted(rows, key=attrgetter("source")), key=attrgetter("source")):
        ids = {row.source_id for row in group if row.source_id}
        held = Feedback.objects.filter(source=source, source_id__in=ids).order_by()
        known |= {(source, source_id) for source_id in held.values_list("source_id", flat=True)}
        marks = marks_of(source, ids)
        erased = Feedback.objects.filter(source=source, source_id__in=marks).order_by()
        known |= {(source, marks[mark]) for mark in erased.values_list("source_id", flat=True)}
    new = []
    for row in rows:
        key = (row.source, row.source_id)
        if key in known:
            continue
        if row.source_id:
            known.add(key)
        new.append(row)
    return new


@transaction.atomic
def _write(rows: Iterable[NewFeedback], run: ImportRun | None) -> list[UUID]:
    return write_down(rows=rows, run=run)


def write_down(*, rows: Iterable[NewFeedback], run: ImportRun | None = None) -> list[UUID]:
    """The rows as they are, in the transaction of whoever asks; what is there already is refused."""
    # always in the same order, so that two processes with the same rows never deadlock
    ordered = sorted(rows, key=attrgetter("source", "source_id"))
    spoken = [row for row in ordered if row.text.strip()]
    words = next_ids(model=Verbatim, count=len(spoken)) if spoken else []
    said = zip(words, spoken, strict=True)
    insert(
        model=Verbatim,
        names=("id", "text", "language"),
        rows=[(pk, row.text, row.language) for pk, row in said],
    )
    ids = [uuid.uuid7() for _row in ordered]
    verbatim = iter(words)
    insert(
        model=Feedback,
        names=COLUMNS,
        rows=[
            (
                id,
                row.source,
                row.source_id,
                row.channel,
                row.kind,
                row.topic,
                next(verbatim) if row.text.strip() else None,
                row.nps,
                row.csat,
                row.ces,
                row.unit.pk,
                row.touchpoint and row.touchpoint.pk,
                row.customer and row.customer.pk,
                row.reported_by and row.reported_by.pk,
                row.received_at,
                run and run.pk,
            )
            for id, row in zip(ids, ordered, strict=True)
        ],
    )
    return ids

"""Taking in what other systems know about customers: what they bought, whom they brought, why they left."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Model

from coalface.records.history import note
from coalface.records.models import Departure, ImportRun, Person, Purchase, Referral, Verbatim

from .directory import at_most_a_chunk

OF_PURCHASES: Final = (
    "customer", "source", "source_id", "on", "amount", "currency", "quantity", "product", "unit",
)  # fmt: skip
OF_REFERRALS: Final = ("by_customer", "newcomer", "source", "source_id", "on")
OF_DEPARTURES: Final = ("customer", "source", "source_id", "left_on", "reason", "contributing", "basis")
Row = Mapping[str, Any]
Change = tuple[Model, Mapping[str, Any]]


@transaction.atomic
def take_in_purchases(
    *, rows: Sequence[Row], by: Person | None, now: datetime, run: ImportRun | None = None
) -> list[Purchase]:
    """Write down what is new of up to a thousand purchases; known by source and id, each counts once."""
    new = _new(model=Purchase, rows=rows, names=OF_PURCHASES, run=run)
    return _written(model=Purchase, new=new, kind="purchases.taken_in", by=by, now=now)


@transaction.atomic
def take_in_referrals(
    *, rows: Sequence[Row], by: Person | None, now: datetime, run: ImportRun | None = None
) -> list[Referral]:
    """Write down who came through whom, each once."""
    new = _new(model=Referral, rows=rows, names=OF_REFERRALS, run=run)
    return _written(model=Referral, new=new, kind="referrals.taken_in", by=by, now=now)


@transaction.atomic
def take_in_departures(
    *, rows: Sequence[Row], by: Person | None, now: datetime, run: ImportRun | None = None
) -> list[Departure]:
    """Write down who left, each once; what they said is kept as words are."""
    new = _new(model=Departure, rows=rows, names=OF_DEPARTURES, run=run)
    said = {row["source_id"]: row["text"] for row in rows if row.get("text")}
    spoken = [each for each in new if each.source_id in said]
    words = Verbatim.objects.bulk_create(Verbatim(text=said[each.source_id]) for each in spoken)
    for each, verbatim in zip(spoken, words, strict=True):
        each.words = verbatim
    return _written(model=Departure, new=new, kind="departures.taken_in", by=by, now=now)


def _new(
    *, model: type[Model], rows: Sequence[Row], names: Sequence[str], run: ImportRun | None
) -> list[Any]:
    at_most_a_chunk(rows=rows)
    ids = {row["source_id"] for row in rows}
    held = model.objects.filter(source__in={row["source"] for row in rows}, source_id__in=ids)
    known = set(held.values_list("source", "source_id"))
    new = {}
    for row in rows:
        key = (row["source"], row["source_id"])
        if key not in known:
            given = {name: row[name] for name in names if row.get(name) is not None}
            new.setdefault(key, model(**given, run=run))
    return [new[key] for key in sorted(new)]


def _written(
    *, model: type[Model], new: Sequence[Model], kind: str, by: Person | None, now: datetime
) -> list[Any]:
    written = model.objects.bulk_create(new)
    if written:
        note(kind, about=written[0], by=by, at=now, ids=[each.pk for each in written])
    return written


@transaction.atomic
def change_purchases(*, rows: Sequence[Change], by: Person | None, now: datetime) -> None:
    """Take over what a source says otherwise about purchases."""
    _changed(rows=rows, kind="purchases.changed", by=by, now=now)


@transaction.atomic
def change_referrals(*, rows: Sequence[Change], by: Person | None, now: datetime) -> None:
    """Take over what a source says otherwise about referrals."""
    _changed(rows=rows, kind="referrals.changed", by=by, now=now)


@transaction.atomic
def change_departures(*, rows: Sequence[Change], by: Person | None, now: datetime) -> None:
    """Take over what a source says otherwise about departures."""
    _changed(rows=rows, kind="departures.changed", by=by, now=now)


def _changed(*, rows: Sequence[Change], kind: str, by: Person | None, now: datetime) -> None:
    records, fields = [], set()
    for record, after in rows:
        for name, value in after.items():
            setattr(record, name, value)
            fields.add(name)
        records.append(record)
    if records:
        type(records[0]).objects.bulk_update(records, sorted(fields))
        note(kind, about=records[0], by=by, at=now, ids=[record.pk for record in records])

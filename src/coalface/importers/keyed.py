"""Rows that the source names by an id of its own: found again by it, compared field by field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.db.models import Model

from coalface.records.models import Customer, ImportRun

from .mapping import Mapping as Meaning
from .readers import money
from .references import Units, customers_of, is_erased
from .rows import Given

LONGEST_ID: Final = 120


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of such rows is: its noun, what of it is compared, and which fields name customers."""

    model: type[Model]
    compared: tuple[str, ...]
    customers: Mapping[str, bool] = field(default_factory=dict)  # whether the row needs them
    money: str = ""
    fill: Callable[[Given, Mapping[str, str]], None] = lambda row, columns: None
    take_in: Callable[..., Sequence[Model]] = lambda **_: ()
    change: Callable[..., object] = lambda **_: None


class KeyedRows:
    """Known by source and id; a row without an id is known by all that it says."""

    def __init__(self, shape: Shape, meaning: Meaning, columns: Mapping[str, str], now: datetime) -> None:
        self._shape, self._meaning, self._columns = shape, meaning, columns
        self._today = now.date()
        self._units = Units()
        fields = shape.model._meta.concrete_fields
        self._owners = [field.name for field in fields if field.related_model is Customer]

    def identity(self, row: Given) -> str:
        """The id that the source gave it, or what stands for it."""
        return row.values.get("source_id", "")

    def twice(self, row: Given) -> None:
        """Another content under the same id: which of the two is right only a person knows."""
        row.trouble(self._columns.get("id", ""), "id_twice")

    def look_up(self, rows: Sequence[Given]) -> None:
        """Find customers and units, and what is there already."""
        written = [row.values.get(name, "") for row in rows for name in self._shape.customers]
        known = customers_of(written)
        for row in rows:
            if row.values:
                self._complete(row, known)
        ids = [row.values["source_id"] for row in rows if row.values.get("source_id")]
        held = self._shape.model._default_manager.filter(source=self._meaning.source, source_id__in=ids)
        there = {each.source_id: each for each in held.select_related(*self._owners)}
        for row in rows:
            if found := there.get(row.values.get("source_id", "")):
                row.record = found
                if not any(is_erased(getattr(found, name)) for name in self._owners):
                    compare(row, found, self._shape.compared)

    def _complete(self, row: Given, known: Mapping[str, Customer]) -> None:
        said = "|".join(f"{key}={value}" for key, value in sorted(row.values.items()))
        row.values["source"] = self._meaning.source
        row.values["source_id"] = row.values.pop("id", "") or sha256(said.encode()).hexdigest()[:40]
        for name, needed in self._shape.customers.items():
            written = row.values.get(name)
            row.values[name] = known.get(written) if written else None
            if needed and row.values[name] is None:
                row.trouble(self._columns.get(name, ""), "unknown_customer")
        if "unit" in row.values:
            row.values["unit"] = self._units.resolve(row, "unit", self._columns.get("unit", ""))
        if self._shape.money in row.values:
            column = self._columns.get(self._shape.money, "")
            amount = money(row, self._shape.money, column, self._meaning, row.values.get("currency", ""))
            if amount:
                row.values |= {self._shape.money: amount.minor, "currency": amount.currency}
        self._shape.fill(row, self._columns)

    def take_in(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> Sequence[Model]:
        """Write down what is new; these say themselves by which run they came."""
        self._shape.take_in(rows=[row.values for row in rows], run=run, by=run.by, now=now)
        return ()

    def change(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> None:
        """Take over what differs."""
        self._shape.change(rows=[(row.record, row.after) for row in rows], by=run.by, now=now)


def compare(row: Given, there: Model, names: Sequence[str]) -> None:
    """What the file says otherwise; what it does not say stays as it is."""
    for name in names:
        value = row.values.get(name)
        if value is not None and value != getattr(there, name):
            row.before[name], row.after[name] = getattr(there, name), value


def not_in_the_future(row: Given, name: str, column: str, today: Any) -> None:
    """A day that lies ahead is a slip."""
    if row.values.get(name) and row.values[name] > today:
        row.trouble(column, "in_the_future")

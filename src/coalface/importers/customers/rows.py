"""Which customers of a file are in the directory, and what is new about them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Model, Q
from django.db.models.functions import Lower

from coalface.records.models import Customer, ImportRun

from ..mapping import Mapping
from ..readers import money
from ..references import Colleagues, Units
from ..rows import Given
from .actions import change_customers, take_in_customers

COMPARED: Final = (
    "name", "reference", "email", "phone", "is_company", "segment", "stage", "language", "country", "unit",
    "account_owner", "since_on", "yearly_value", "currency",
)  # fmt: skip


class CustomerRows:
    """Known by their number; without one by e-mail or phone beside the name, or by the name alone."""

    def __init__(self, meaning: Mapping, columns: dict[str, str], now: datetime) -> None:
        self._columns, self._meaning = columns, meaning
        self._units = Units()

    def identity(self, row: Given) -> str:
        """The number, or else the name: two of one name in a file are a question."""
        return row.values.get("reference") or row.values.get("name", "").casefold()

    def twice(self, row: Given) -> None:
        """The same identity again with another content: another person of that name, or a mistake."""
        if row.values.get("reference"):
            row.trouble(self._columns.get("reference", ""), "id_twice")
        elif self._apart(row):
            row.trouble(self._columns.get("name", ""), "two_of_one_name", "another_one", row.values["name"])
        else:
            row.trouble(self._columns.get("name", ""), "two_of_one_name")

    def _apart(self, row: Given) -> bool:
        """Whether something but the name would tell the row from the other next time."""
        return bool(row.values.get("email") or row.values.get("phone"))

    def look_up(self, rows: Sequence[Given]) -> None:
        """Find who is meant, and what is different of them."""
        owners = Colleagues(row.values.get("account_owner", "") for row in rows)
        for row in rows:
            self._complete(row, owners)
        usable = [row for row in rows if row.values.get("name")]
        there = _there(usable)
        for row in usable:
            self._compare(row, there)

    def _complete(self, row: Given, owners: Colleagues) -> None:
        values = row.values
        parts = [values.pop(name, "") for name in ("first_name", "last_name")]
        if any(parts):
            values["name"] = " ".join(filter(None, [parts[0], parts[1] or values.get("name", "")]))[:160]
        if not values.get("name"):
            row.trouble(self._columns.get("name", ""), "missing")
        values["unit"] = self._units.resolve(row, "unit", self._columns.get("unit", ""))
        values["account_owner"] = owners.resolve(row, "account_owner", self._columns.get("account_owner", ""))
        if "country" in values:
            values["country"] = values["country"].upper()
        if "yearly_value" in values:
            column = self._columns.get("yearly_value", "")
            amount = money(row, "yearly_value", column, self._meaning, values.get("currency", ""))
            values["yearly_value"] = amount.minor if amount else None
            values["currency"] = amount.currency if amount else ""
        agrees = [name for name in ("may_email", "may_phone") if values.get(name)]
        if agrees and not values.get("consent_wording"):
            row.trouble(self._columns.get(agrees[0], ""), "no_wording")

    def _compare(self, row: Given, there: "_Directory") -> None:
        found = there.of(row.values)
        column = self._columns.get("name", "")
        if len(found) != 1:
            if found:
                row.trouble(column, "two_of_one_name")
            return
        customer = found[0]
        if there.is_another(customer, row.values):
            row.trouble(column, "two_of_one_name", "another_one", customer.name)
            return
        row.record = customer
        for name in COMPARED:
            value = row.values.get(name)
            if value is not None and value != getattr(customer, name):
                row.before[name], row.after[name] = getattr(customer, name), value

    def take_in(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> list[Model]:
        """Put them into the directory."""
        return take_in_customers(rows=[row.values for row in rows], by=run.by, now=now)

    def change(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> None:
        """Take over what differs."""
        change_customers(rows=rows, by=run.by, now=now)


class _Directory:
    """Those of the directory whom some rows may mean."""

    def __init__(self, customers: Sequence[Customer]) -> None:
        self._by_reference = {one.reference: one for one in customers if one.reference}
        self._by_name: dict[str, list[Customer]] = defaultdict(list)
        for one in customers:
            self._by_name[one.name.casefold()].append(one)

    def of(self, values: dict[str, Any]) -> list[Customer]:
        """Whom a row means: by number, or else those of its name, the ones with its address first."""
        reference = values.get("reference")
        if reference in self._by_reference:
            return [self._by_reference[reference]]
        named = [
            one
            for one in self._by_name.get(values["name"].casefold(), ())
            if not (reference and one.reference)
        ]
        same = [one for one in named if self._same_address(one, values)]
        return same or ([] if reference else named)

    def is_another(self, customer: Customer, values: dict[str, Any]) -> bool:
        """Whether only the name is the same, while both have an address of their own."""
        if values.get("reference") and values["reference"] == customer.reference:
            return False
        if self._same_address(customer, values):
            return False
        return any(values.get(name) and getattr(customer, name) for name in ("email", "phone"))

    def _same_address(self, customer: Customer, values: dict[str, Any]) -> bool:
        return any(
            values.get(name) and values[name].casefold() == getattr(customer, name).casefold()
            for name in ("email", "phone")
        )


def _there(rows: Sequence[Given]) -> _Directory:
    references = {row.values.get("reference") for row in rows} - {None}
    names = {row.values["name"].casefold() for row in rows} | {row.values["name"] for row in rows}
    held = Customer.objects.present().annotate(small=Lower("name")).order_by("pk")
    return _Directory(list(held.filter(Q(reference__in=references) | Q(small__in=names) | Q(name__in=names))))

"""What customers bought."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from coalface.customers.actions import change_purchases, take_in_purchases
from coalface.permissions import Right
from coalface.records.models import Purchase

from ..keyed import KeyedRows, Shape
from ..recognising import Field
from ..rows import Given, Kind

PURCHASE = Shape(
    model=Purchase,
    compared=("customer", "on", "amount", "currency", "quantity", "product", "unit"),
    customers={"customer": True},
    money="amount",
    fill=lambda row, columns: _fill(row, columns),
    take_in=take_in_purchases,
    change=change_purchases,
)


def _fill(row: Given, columns: dict[str, str]) -> None:
    values = row.values
    if "bought_on" in values:
        values["on"] = values.pop("bought_on")
    quantity = values.get("quantity")
    if quantity is not None:
        if quantity != int(quantity) or not 0 <= quantity < 2**31:
            row.trouble(columns.get("quantity", ""), "not_whole")
        else:
            values["quantity"] = int(quantity)


PURCHASES = Kind(
    key="purchases",
    label=_("Purchases"),
    right=Right.MANAGE_CUSTOMERS,
    fields=(
        Field(
            "id", _("Its number in that system"), "key", called=("order number", "receipt", "bestellnummer")
        ),
        Field("customer", _("Customer"), "customer", required=True, called=("customer id", "kundennummer")),
        Field(
            "bought_on", _("When it was bought"), "day", required=True, called=("date", "datum", "order date")
        ),
        Field("amount", _("Amount"), "money", required=True, called=("total", "betrag", "price")),
        Field("currency", _("Currency"), "choice", called=("währung",)),
        Field("quantity", _("How many"), "number", called=("menge", "qty")),
        Field("product", _("What"), called=("artikel", "item", "produkt")),
        Field("unit", _("Unit"), "unit", called=("branch", "filiale", "store")),
    ),
    rows=partial(KeyedRows, PURCHASE),
    longest={"id": 120, "product": 120, "currency": 3},
)

"""Who came through whom."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from coalface.customers.actions import change_referrals, take_in_referrals
from coalface.permissions import Right
from coalface.records.models import Referral

from ..keyed import KeyedRows, Shape
from ..recognising import Field
from ..rows import Given, Kind


def _fill(row: Given, columns: dict[str, str]) -> None:
    row.values["by_customer"] = row.values.pop("referred_by")
    row.values["newcomer"] = row.values.pop("customer", None)
    if row.values["by_customer"] and row.values["by_customer"] == row.values["newcomer"]:
        row.trouble(columns.get("customer", ""), "refers_themselves")


REFERRAL = Shape(
    model=Referral,
    compared=("by_customer", "newcomer", "on"),
    customers={"referred_by": True, "customer": False},
    fill=_fill,
    take_in=take_in_referrals,
    change=change_referrals,
)
REFERRALS = Kind(
    key="referrals",
    label=_("Referrals"),
    right=Right.MANAGE_CUSTOMERS,
    fields=(
        Field("id", _("Its number in that system"), "key"),
        Field(
            "referred_by",
            _("Who brought them"),
            "customer",
            required=True,
            called=("referrer", "empfohlen von"),
        ),
        Field("customer", _("Who came"), "customer", called=("newcomer", "new customer", "neukunde")),
        Field("on", _("When"), "day", required=True, called=("date", "datum")),
    ),
    rows=partial(KeyedRows, REFERRAL),
    longest={"id": 120},
)

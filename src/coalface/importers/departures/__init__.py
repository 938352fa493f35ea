"""Who left, when and why, as far as anybody knows."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from coalface.customers.actions import change_departures, take_in_departures
from coalface.permissions import Right
from coalface.records.models import Departure, ReasonBasis

from ..keyed import KeyedRows, Shape
from ..recognising import Field
from ..rows import Given, Kind


def _fill(row: Given, columns: dict[str, str]) -> None:
    further = row.values.pop("further_reasons", "")
    row.values["contributing"] = [
        part.strip()[:64] for part in further.replace("|", ";").split(";") if part.strip()
    ]


DEPARTURE = Shape(
    model=Departure,
    compared=("customer", "left_on", "reason", "contributing", "basis"),
    customers={"customer": True},
    fill=_fill,
    take_in=take_in_departures,
    change=change_departures,
)
DEPARTURES = Kind(
    key="departures",
    label=_("Departures"),
    right=Right.MANAGE_CUSTOMERS,
    fields=(
        Field("id", _("Its number in that system"), "key"),
        Field("customer", _("Who left"), "customer", required=True, called=("customer id", "kundennummer")),
        Field(
            "left_on",
            _("When"),
            "day",
            required=True,
            called=("cancelled on", "churn date", "gekündigt am", "date", "datum"),
        ),
        Field("reason", _("Main reason"), "choice", called=("grund",)),
        Field("further_reasons", _("Further reasons"), called=("contributing", "weitere gründe")),
        Field("basis", _("How we know"), "choice", called=("basis",)),
        Field("text", _("What they said"), called=("comment", "kommentar")),
    ),
    rows=partial(KeyedRows, DEPARTURE),
    longest={"id": 120, "reason": 64},
    choices={"basis": dict(zip(ReasonBasis.values, ReasonBasis.values, strict=True))},
)

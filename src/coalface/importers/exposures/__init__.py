"""How much was done: orders, visits or contacts of a unit in a period."""

from django.utils.translation import gettext_lazy as _

from coalface.permissions import Right

from ..recognising import Field
from ..rows import Kind
from .rows import ExposureRows

EXPOSURES = Kind(
    key="exposures",
    label=_("How much was done"),
    right=Right.REGISTER_EVALUATIONS,
    fields=(
        Field("measure", _("What was counted"), required=True, called=("what", "counted", "kennzahl")),
        Field("unit", _("Unit"), "unit", called=("branch", "filiale", "site")),
        Field("period", _("Month, quarter, week or year"), called=("month", "monat", "periode")),
        Field("from_on", _("First day"), "day", called=("from", "von", "date", "datum")),
        Field("until_on", _("Last day"), "day", called=("until", "to", "bis")),
        Field("quantity", _("How many"), "number", required=True, called=("count", "anzahl", "menge")),
    ),
    rows=ExposureRows,
    longest={"measure": 50},
)

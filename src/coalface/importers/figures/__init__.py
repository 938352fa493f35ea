"""Figures that other systems keep, such as first-call resolution month by month."""

from django.utils.translation import gettext_lazy as _

from coalface.permissions import Right

from ..recognising import Field
from ..rows import Kind
from .rows import FigureRows

FIGURES = Kind(
    key="figures",
    label=_("Figures"),
    right=Right.REGISTER_EVALUATIONS,
    fields=(
        Field("indicator", _("Which figure"), required=True, called=("kpi", "kennzahl", "metric", "name")),
        Field("measured_in", _("Measured in"), "choice", called=("unit of measurement", "einheit")),
        Field("unit", _("Unit"), "unit", called=("branch", "filiale", "site")),
        Field("period", _("Month, quarter, week or year"), called=("month", "monat", "periode")),
        Field("from_on", _("First day"), "day", called=("from", "von", "date", "datum")),
        Field("until_on", _("Last day"), "day", called=("until", "to", "bis")),
        Field("value", _("Value"), "number", required=True, called=("wert",)),
        Field("count", _("How many cases it rests on"), "number", called=("n", "cases", "fälle")),
    ),
    rows=FigureRows,
    longest={"indicator": 120, "measured_in": 24},
)

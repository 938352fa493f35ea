"""Which customers named an issue: how many of those we serve, of which segment and place, worth how much."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q, QuerySet, Sum

from coalface.methods.hiding import shown_beside_total
from coalface.methods.results import Estimate, wilson
from coalface.policies import number
from coalface.records.models import Customer, Issue, Mention, Unit
from coalface.records.tables import Column, Of, Table

from .days import YEAR, midnight


def _rates(table: str, *first: Column) -> Table:
    def figure(name: str) -> Column:
        return Column(name, Of.NUMBER, f"figure.{name}")

    return Table(
        table, (*first, Column("customers", Of.WHOLE, "figure.n"), *map(figure, ("estimate", "low", "high")))
    )


SEGMENT_RATES: Final = _rates("segments", Column("segment"))
PLACE_RATES: Final = _rates(
    "places",
    Column("unit_key", read="unit.key"),
    Column("unit", read="unit.name"),
    Column("said_12_months", Of.WHOLE, "said"),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """Of the customers of a segment or place (`figure.n`) the share that named it; None: not to be shown.

    `hidden` says that so few stand behind it that they could be told; else the base is not known.
    """

    figure: Estimate | None
    hidden: bool
    segment: str = ""
    unit: Unit | None = None
    said: int = 0


@dataclass(frozen=True, slots=True)
class Worth:
    """What the customers are worth a year who named an issue: by currency, in minor units."""

    sums: list[tuple[str, int]]
    customers: int
    unknown: int


@dataclass(frozen=True, slots=True)
class NamedBy:
    """The customers we know who named an issue in the past year."""

    worth: Worth
    segments: list[Rate]
    places: list[Rate]
    most: float


Cells = Mapping[tuple[str, str], int]


def named_by(*, issue: Issue, today: date) -> NamedBy:
    """Rates are of those we serve, so that a place is not at the top because it is large."""
    k = int(number("smallest_group"))
    rows = list(
        _customers(issue, today)
        .values_list("segment", "unit__path", "currency")
        .annotate(n=Count("pk"), valued=Count("yearly_value"), worth=Sum("yearly_value"))
    )
    served = _cells(
        Customer.objects.present().order_by().values_list("segment", "unit__path").annotate(Count("pk"))
    )
    named = _cells((segment, path, n) for segment, path, _, n, _, _ in rows)
    segments = _by_segment(named, served, k)
    places = _by_place(issue, today, named, served, k)
    shown = [rate.figure.high or 0.0 for rate in (*segments, *places) if rate.figure]
    return NamedBy(_worth(rows), segments, places, most=max(shown, default=1.0))


def _customers(issue: Issue, today: date) -> QuerySet[Customer]:
    said = Mention.objects.counted().filter(issue=issue, happened_at__gte=midnight(today - YEAR)).order_by()
    wrote = said.filter(feedback__customer__isnull=False).values("feedback__customer")
    met = said.filter(remark__customer__isnull=False).values("remark__customer")
    return Customer.objects.present().filter(Q(pk__in=wrote) | Q(pk__in=met)).order_by()


def _cells(rows: Iterable[tuple[str, str | None, int]]) -> Cells:
    cells: Counter[tuple[str, str]] = Counter()
    for segment, path, n in rows:
        cells[segment, path or ""] += n
    return cells


def _worth(rows: list[tuple]) -> Worth:
    sums: Counter[str] = Counter()
    for _, _, currency, _, valued, worth in rows:
        if valued:
            sums[currency] += worth
    customers = sum(row[3] for row in rows)
    return Worth(sorted(sums.items()), customers, customers - sum(row[4] for row in rows))


def _part(cells: Cells, place: int) -> Counter[str]:
    part: Counter[str] = Counter()
    for cell, n in cells.items():
        part[cell[place]] += n
    return part


def _by_segment(named: Cells, served: Cells, k: int) -> list[Rate]:
    base, said = _part(served, 0), _part(named, 0)
    shown = shown_beside_total({segment: said[segment] for segment in base}, k)
    rates = [
        Rate(wilson(said[segment], base[segment]), False, segment=segment)
        if segment in shown and base[segment] >= k
        else Rate(None, True, segment=segment)
        for segment in base
        if segment
    ]
    return sorted(rates, key=_highest_first)


def _by_place(issue: Issue, today: date, named: Cells, served: Cells, k: int) -> list[Rate]:
    """A place holds what lies below it; it is shown where none of its own parts has to be hidden."""
    base, has_said, said = _part(served, 1), _part(named, 1), _said_at(issue, today)
    shown = shown_beside_total({path: has_said[path] for path in base}, k)
    rates = []
    for unit in Unit.objects.filter(parent__isnull=False).order_by("path"):
        here = [path for path in base if path.startswith(unit.path)]
        times = sum(n for path, n in said.items() if path.startswith(unit.path))
        customers = sum(base[path] for path in here)
        if not times and not any(has_said[path] for path in here):
            continue
        hidden = bool(customers) and (customers < k or not shown.issuperset(here))
        share = wilson(sum(has_said[path] for path in here), customers) if customers and not hidden else None
        rates.append(Rate(share, hidden, unit=unit, said=times))
    return sorted(rates, key=_highest_first)


def _said_at(issue: Issue, today: date) -> dict[str, int]:
    said = Mention.objects.counted().filter(issue=issue, happened_at__gte=midnight(today - YEAR))
    return dict(said.order_by().values_list("unit__path").annotate(n=Count("pk")))


def _highest_first(rate: Rate) -> tuple[bool, float, str]:
    name = rate.unit.path if rate.unit else rate.segment
    return rate.figure is None, -((rate.figure.estimate or 0.0) if rate.figure else 0.0), name

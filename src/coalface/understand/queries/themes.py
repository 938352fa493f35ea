"""Proposals as a person decides about them: how many speak of it, what they are worth, where, when."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from coalface.records.models import Theme, ThemeClause, Unit
from coalface.records.tables import Column, Of, Table
from coalface.shell.charts import BeforeAfter, Week
from coalface.shell.money import major

from .searches import Search

WEEKS: Final = 26
# Where a clause was said: what of that counts, its time and its unit.
SOURCES: Final = (
    (
        "clause__verbatim__feedback",
        {"clause__verbatim__feedback__isnull": False, "clause__verbatim__feedback__withdrawn_at": None},
        "received_at",
        "unit_id",
    ),
    (
        "clause__verbatim__remarks",
        {"clause__verbatim__remarks__isnull": False},
        "noted_at",
        "encounter__unit_id",
    ),
)
THEMES: Final = Table(
    "themes",
    (
        Column("id", Of.WHOLE, "theme.pk"),
        Column("terms", read=lambda one: ", ".join(one.theme.terms)),
        Column("count", Of.WHOLE),
        Column("customers", Of.WHOLE),
        Column("yearly_value", Of.MONEY, lambda one: one.worth[0].major if one.worth else None),
        Column("currency", read=lambda one: one.worth[0].currency if one.worth else ""),
        Column("value_unknown", Of.WHOLE, "unknown"),
        Column("first_said_at", Of.MOMENT, "first_at"),
        Column("last_said_at", Of.MOMENT, "last_at"),
    ),
)


@dataclass(frozen=True, slots=True)
class Worth:
    """What customers are worth in a year, in one currency."""

    currency: str
    minor_units: int

    @property
    def major(self) -> Decimal:
        return major(self.minor_units, self.currency) or Decimal(0)


@dataclass(frozen=True, slots=True)
class Saying:
    """One feedback or remark of a theme: when and where, and whose, as far as that is known."""

    source: object
    at: datetime
    unit_id: int
    customer: object | None
    value: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A theme and what is behind it; `unknown` counts sayings whose customer's value nobody knows."""

    theme: Theme
    count: int
    customers: int
    worth: tuple[Worth, ...]
    unknown: int
    first_at: datetime
    last_at: datetime
    sayings: tuple[Saying, ...]

    @property
    def largest(self) -> Decimal:
        return max((one.major for one in self.worth), default=Decimal(0))


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and how often it was said there."""

    unit: Unit
    count: int


def waiting_themes(last: Search | None) -> QuerySet[Theme]:
    """What the last search proposed and nobody has decided about, as long as clauses are left of it."""
    rows = Theme.objects.waiting().filter(Exists(ThemeClause.objects.filter(theme=OuterRef("pk"))))
    return rows.filter(seen_in__as_of__gte=last.run.as_of) if last else rows.none()


def proposals(themes: QuerySet[Theme]) -> list[Proposal]:
    """The largest value behind it first, then the largest number of sayings."""
    rows = list(themes.order_by("pk"))
    sayings = sayings_of(themes)
    found = [proposal(theme, sayings[theme.pk]) for theme in rows if sayings[theme.pk]]
    return sorted(found, key=lambda one: (-one.largest, -one.count, one.theme.pk))


def proposal(theme: Theme, sayings: Sequence[Saying]) -> Proposal:
    """What is behind one theme; a customer counts once, however often they said it."""
    values = {one.customer: (one.value, one.currency) for one in sayings if one.value is not None}
    return Proposal(
        theme=theme,
        count=len(sayings),
        customers=len({one.customer for one in sayings if one.customer}),
        worth=tuple(_sums(values.values())),
        unknown=sum(one.value is None for one in sayings),
        first_at=min(one.at for one in sayings),
        last_at=max(one.at for one in sayings),
        sayings=tuple(sayings),
    )


def ranked(themes: QuerySet[Theme]) -> list[int]:
    """Their ids, the largest value behind it first, then the largest number of clauses."""
    rows = ThemeClause.objects.filter(theme__in=themes).order_by()
    counts = dict(rows.values_list("theme_id").annotate(n=Count("pk")))
    worth: dict[int, dict[object, tuple[int, str]]] = defaultdict(dict)
    for where, kept, _, _ in SOURCES:
        known = rows.filter(**kept, **{f"{where}__customer__yearly_value__isnull": False})
        fields = (f"{where}__customer__yearly_value", f"{where}__customer__currency")
        pairs = known.values_list("theme_id", f"{where}__customer_id", *fields).distinct()
        for theme, customer, value, currency in pairs:
            worth[theme][customer] = (value, currency)
    largest = {theme: max(one.major for one in _sums(values.values())) for theme, values in worth.items()}
    return sorted(counts, key=lambda pk: (-largest.get(pk, Decimal(0)), -counts[pk], pk))


def _sums(values: Iterable[tuple[int, str]]) -> list[Worth]:
    """What so many customers are worth together, in each currency, the most first."""
    by_currency: Counter[str] = Counter()
    for value, currency in values:
        by_currency[currency] += value
    worth = [Worth(currency, amount) for currency, amount in by_currency.items()]
    return sorted(worth, key=lambda one: (-one.major, one.currency))


def sayings_of(themes: QuerySet[Theme]) -> dict[int, list[Saying]]:
    """Each feedback and remark of each theme once; what was taken back counts no more."""
    rows = ThemeClause.objects.filter(theme__in=themes).order_by()
    found: dict[int, dict[object, Saying]] = defaultdict(dict)
    for where, kept, at, unit in SOURCES:
        customer = f"{where}__customer"
        fields = (f"{where}__pk", f"{where}__{at}", f"{where}__{unit}", f"{customer}_id")
        value = (f"{customer}__yearly_value", f"{customer}__currency")
        for theme, source, *rest in rows.filter(**kept).values_list("theme_id", *fields, *value):
            found[theme][source] = Saying(source, *rest)
    return defaultdict(list, {theme: list(sayings.values()) for theme, sayings in found.items()})


def weeks_of_theme(found: Proposal, today: date) -> BeforeAfter:
    """How often it was said in each of the past 26 weeks."""
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=WEEKS - 1 - number) for number in range(WEEKS)]
    days = [timezone.localdate(one.at) for one in found.sayings]
    counts = Counter(day - timedelta(days=day.weekday()) for day in days)
    return BeforeAfter([Week(day, counts.get(day, 0), "baseline") for day in mondays])


def places_of_themes(found: Iterable[Proposal]) -> dict[int, list[Place]]:
    """Where it was said, most often first, for each theme."""
    counts = {one.theme.pk: Counter(saying.unit_id for saying in one.sayings) for one in found}
    units = Unit.objects.in_bulk({unit for count in counts.values() for unit in count})
    return {
        theme: sorted(
            (Place(units[unit], n) for unit, n in count.items()), key=lambda one: (-one.count, one.unit.path)
        )
        for theme, count in counts.items()
    }

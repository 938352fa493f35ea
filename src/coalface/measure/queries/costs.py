"""What listening and changing cost in a year, what one verified insight cost, and what it may keep."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from coalface.act.queries import raised_pairs
from coalface.methods.costs import CostOfOne, cost_of_one
from coalface.policies import number
from coalface.records.models import (
    Attendance,
    Cost,
    Customer,
    Encounter,
    Fix,
    Outcome,
    Ruling,
    Verdict,
)
from coalface.shell.money import digits_of

from .meetings import YEAR

NOBODY: Final = ("", 0)


@dataclass(frozen=True, slots=True)
class Worth:
    """The yearly value of customers in one currency: of verified fixes, and of all that are live."""

    currency: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class OfOne:
    """What one of `n` cost on average: hours, and money by currency in minor units."""

    n: int
    hours: float
    money: dict[str, int]


@dataclass(frozen=True, slots=True)
class CostsAndGains:
    """`money` by currency in minor units; `each` in whole units of `currency`, hours at what one costs."""

    encounters: int
    attended: float
    hours: float
    fixes: int
    verified: int
    money: dict[str, int]
    currency: str
    each: CostOfOne
    report: float
    of_an_encounter: OfOne
    of_a_fix: OfOne
    worth: list[Worth]
    customers: int
    without_value: int


def costs_and_gains(now: datetime) -> CostsAndGains:
    """Over the past year; each customer's value counts once, however many fixes they asked for."""
    since = now - YEAR
    encounters = Encounter.objects.filter(outcome=Outcome.HELD, starts_at__range=(since, now))
    attended = Attendance.objects.filter(encounter__in=encounters)
    held = attended.aggregate(n=Count("encounter", distinct=True), minutes=Sum("minutes"))
    costs = Cost.objects.filter(taken_back_at=None, put_down_at__range=(since, now))
    hours = costs.aggregate(all=Sum("hours"))["all"] or 0.0
    money = dict(
        costs.filter(amount__gt=0).order_by("currency").values_list("currency").annotate(all=Sum("amount"))
    )
    live = _live(since, now)
    verified = live.filter(newest=Ruling.VERIFIED)
    most = max(((name, money[name]) for name in sorted(money)), key=lambda one: one[1], default=NOBODY)
    spent = most[1] / 10 ** digits_of(most[0])
    worked = (held["minutes"] or 0) / 60
    total = (worked + hours) * number("hour_costs") + spent
    customers = _raised(live)
    return CostsAndGains(
        encounters=held["n"],
        attended=worked,
        hours=hours,
        fixes=live.count(),
        verified=verified.count(),
        money=money,
        currency=most[0],
        each=cost_of_one(total, verified.count()),
        report=number("report_costs"),
        of_an_encounter=_of_one(Cost.objects.filter(encounter__in=encounters), held["n"], worked),
        of_a_fix=_of_one(Cost.objects.filter(fix__in=live.values("pk")), live.count()),
        worth=_worth(customers, _raised(verified)),
        customers=customers.count(),
        without_value=customers.filter(yearly_value=None).count(),
    )


def _of_one(costs: QuerySet[Cost], n: int, hours: float = 0.0) -> OfOne:
    """All that these cost, whenever it was put down, shared among as many; `hours` come on top."""
    rows = costs.filter(taken_back_at=None).order_by("currency").values("currency")
    money, each = {}, max(n, 1)
    for row in rows.annotate(worked=Sum("hours"), amount=Sum("amount")):
        hours += row["worked"]
        if row["amount"]:
            money[row["currency"]] = round(row["amount"] / each)
    return OfOne(n, hours / each, money)


def _live(since: datetime, now: datetime) -> QuerySet[Fix]:
    newest = Verdict.objects.filter(fix=OuterRef("pk")).order_by("-judged_at", "-id").values("ruling")[:1]
    shipped = Fix.objects.filter(shipped_at__range=(since, now), merged_into=None)
    return shipped.annotate(newest=Subquery(newest))


def _raised(fixes: QuerySet[Fix]) -> QuerySet[Customer]:
    """Known customers who spoke of what was changed, where it was changed, before it was: each once."""
    pairs = raised_pairs(list(fixes.values_list("pk", flat=True)), "customer")
    return Customer.objects.present().filter(pk__in=pairs.values("who"))


def _worth(all_of_them: QuerySet[Customer], proven: QuerySet[Customer]) -> list[Worth]:
    def sums(rows: QuerySet[Customer]) -> dict[str, int]:
        valued = rows.filter(yearly_value__isnull=False).order_by("currency")
        return dict(valued.values_list("currency").annotate(all=Sum("yearly_value")))

    low, high = sums(proven), sums(all_of_them)
    return [Worth(currency, low.get(currency, 0), high[currency]) for currency in sorted(high)]

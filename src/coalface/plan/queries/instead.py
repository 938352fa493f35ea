"""A customer cannot come: whom the same person could meet instead, and why each of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Final

from django.utils import timezone

from coalface.policies import number
from coalface.records.models import Assignment, Customer, Issue, Way
from coalface.records.models.them.customer import Customers

from .board import Card, cards_of
from .hearing import blind_spots, what_they_raise, worth_hearing
from .problem import last_met_by, may_be_asked, served_by, stratum_of

OFFERED: Final = 8
NAMED: Final = 2


@dataclass(frozen=True, slots=True)
class Instead:
    """A customer as a match that is not made yet, and the issues for which it would be most worth it."""

    card: Card
    issues: list[str]


@dataclass(frozen=True, slots=True)
class _Worth:
    """What a customer may raise that a level has not heard, weighed as a plan weighs it."""

    customer: Customer
    by_issue: dict[str, float]

    @property
    def gain(self) -> float:
        return sum(self.by_issue.values())

    @property
    def foremost(self) -> list[str]:
        return sorted(self.by_issue, key=lambda issue: (-self.by_issue[issue], issue))[:NAMED]


def replaceable(match: Assignment, now: datetime) -> Customers:
    """Who may take the place of a customer: asked by nobody lately, of the same language, not in the plan."""
    there = Assignment.objects.standing().filter(plan=match.plan_id, customer__isnull=False)
    free = may_be_asked(now).filter(served_by(match.plan.unit))
    free = free.filter(language__startswith=match.person.language[:2])
    return free.exclude(pk__in=there.values("customer"))


def instead_of(match: Assignment, now: datetime) -> list[Instead]:
    """The next best customers of a match.

    First who may raise most of what the person's level has not heard; then chance, by the plan's number.
    """
    [mine] = cards_of(match.plan, [match])
    best = sorted(_worth(_drawn(match, now), mine.level, now), key=lambda one: -one.gain)[:OFFERED]
    met = last_met_by([one.customer for one in best], now)
    made = [_as_match(match, one, met.get(str(one.customer.pk))) for one in best]
    titles = _titles(issue for one in best for issue in one.foremost)
    return [
        Instead(card, [titles[issue] for issue in one.foremost])
        for one, card in zip(best, cards_of(match.plan, made), strict=True)
    ]


def _drawn(match: Assignment, now: datetime) -> list[Customer]:
    """All who may be asked in an order that chance made; of very many as many as a plan looks at."""
    shown = replaceable(match, now).only("pk", "name", "segment", "stage")
    found = list(shown.order_by("pk"))
    Random(match.plan.seed + match.pk).shuffle(found)
    return found[: int(number("plan_most_customers"))]


def _worth(found: list[Customer], level: str, now: datetime) -> list[_Worth]:
    told, values = what_they_raise(segments={str(one.pk): one.segment for one in found}, now=now)
    blind = blind_spots(timezone.localdate(now))
    unheard = blind.unheard.get(blind.group_of.get(level, ""), {})
    return [_Worth(one, _weighed(told.of(str(one.pk), one.segment), values, unheard)) for one in found]


def _weighed(
    chances: Mapping[str, float], values: Mapping[str, float], unheard: Mapping[str, float]
) -> dict[str, float]:
    raised = worth_hearing(chances)
    weighed = {issue: values[issue] * chance * unheard.get(issue, 1.0) for issue, chance in raised.items()}
    return {issue: worth for issue, worth in weighed.items() if worth > 0}


def _titles(issues: Iterable[str]) -> dict[str, str]:
    rows = Issue.objects.filter(pk__in={*map(int, issues)}).values_list("pk", "title")
    return {str(pk): title for pk, title in rows}


def _as_match(match: Assignment, worth: _Worth, last_on: date | None) -> Assignment:
    made = Assignment(
        plan=match.plan,
        person=match.person,
        slot=match.slot,
        customer=worth.customer,
        way=Way.BEST,
        stratum=stratum_of(worth.customer.segment, worth.customer.stage),
        gain=worth.gain,
        last_met_on=last_on,
    )
    made.unheard = len(worth.by_issue)
    return made

"""How likely a customer is to raise an issue: their own history, shrunk to people like them, to everybody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

CERTAIN = 0.98
LOOSEST, TIGHTEST = 1.0, 1_000.0


@dataclass(frozen=True, slots=True)
class Heard:
    """Of one customer: on how many occasions they were heard, and on how many of these they raised what.

    >>> Heard(3, {"queues": 2}).occasions
    3
    """

    occasions: int
    raised: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Chances:
    """Chances from 0 to .98 that an issue is raised: by anybody, by group, and by who was heard before.

    `between` and `within` are the strengths of the priors: as many occasions as they count for.
    """

    overall: Mapping[str, float]
    by_group: Mapping[str, Mapping[str, float]]
    own: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    between: float = TIGHTEST
    within: float = TIGHTEST

    def of(self, customer: str, group: str) -> Mapping[str, float]:
        """The customer's own chances; of who was never heard their group's, or else everybody's."""
        return self.own.get(customer) or self.by_group.get(group) or self.overall


def chances(heard: Mapping[str, Heard], groups: Mapping[str, str]) -> Chances:
    """Estimate them by empirical Bayes in two steps: groups towards everybody, customers towards their group.

    Shapes: what each customer said, and the group of each; who is in no group is in the group "".
    Units: chances, 0 to .98, on one occasion. Each rate is (raised + m · prior) / (occasions + m), with
    m = (1 − ρ) / ρ, where ρ is how much alike the members of one family answer: the moment estimator of the
    beta-binomial, pooled over issues and kept between m = 1 and m = 1,000. Nobody heard: no chances at all.
    Errors: ValueError where something was raised on more occasions than there were.
    Source: Kleinman (1973), Proportions with extraneous variance, JASA 68, 46–54.

    >>> told = {"Ada": Heard(1, {"queues": 1}), "Bo": Heard(1, {"prices": 1})}
    >>> found = chances(told, {"Ada": "trade", "Bo": "trade"})
    >>> found.of("Cy", "trade")
    {'prices': 0.5, 'queues': 0.5}
    >>> round(found.of("Ada", "trade")["queues"], 2)
    0.75
    """
    if any(count > one.occasions for one in heard.values() for count in one.raised.values()):
        raise ValueError("Raised on more occasions than there were")
    families: dict[str, list[Heard]] = {}
    for customer, one in sorted(heard.items()):
        families.setdefault(groups.get(customer, ""), []).append(one)
    sums = {group: _sum(members) for group, members in families.items()}
    whole = _sum(list(sums.values()))
    between, within = _strength([list(sums.values())]), _strength(families.values())
    overall = _towards({}, whole, 0.0)
    by_group = {group: _towards(overall, one, between) for group, one in sums.items()}
    own = {
        customer: _towards(by_group[groups.get(customer, "")], one, within)
        for customer, one in heard.items()
        if one.occasions
    }
    return Chances(overall, by_group, own, between, within)


def _sum(members: Sequence[Heard]) -> Heard:
    raised: dict[str, int] = {}
    for one in members:
        for issue, count in one.raised.items():
            raised[issue] = raised.get(issue, 0) + count
    return Heard(sum(one.occasions for one in members), raised)


def _towards(prior: Mapping[str, float], one: Heard, strength: float) -> dict[str, float]:
    issues = sorted({*prior, *one.raised})
    weight = one.occasions + strength
    return {
        issue: min(CERTAIN, (one.raised.get(issue, 0) + strength * prior.get(issue, 0.0)) / weight)
        for issue in issues
        if weight
    }


def _strength(families: Iterable[Sequence[Heard]]) -> float:
    """From the spread within families: more than chance alone would bring makes the prior weaker."""
    spread = by_chance = by_likeness = 0.0
    for members in families:
        heard = [one for one in members if one.occasions]
        whole = _sum(heard)
        if len(heard) < 2:
            continue
        n = whole.occasions
        rates = {issue: count / n for issue, count in whole.raised.items()}
        variance = sum(rate * (1 - rate) for rate in rates.values())
        squares = sum(count**2 / one.occasions for one in heard for count in one.raised.values())
        spread += squares - n * sum(rate**2 for rate in rates.values())
        by_chance += variance * (len(heard) - 1)
        by_likeness += variance * (n - sum(one.occasions**2 for one in heard) / n - (len(heard) - 1))
    if by_likeness <= 0:
        return LOOSEST if spread > by_chance else TIGHTEST
    likeness = (spread - by_chance) / by_likeness
    if likeness <= 0:
        return TIGHTEST
    return min(TIGHTEST, max(LOOSEST, (1 - likeness) / likeness))

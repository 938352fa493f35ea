"""Which stratum comes next: the further it lies behind its share of the base, the likelier."""

import math
from collections.abc import Mapping
from random import Random


def deficits(base: Mapping[str, float], met: Mapping[str, int]) -> dict[str, float]:
    """Base share × (meetings so far + 1) − meetings with the stratum, for each stratum of the base.

    Shapes: sizes and meetings by stratum. Units: meetings. Errors: none.
    Source: proportional stratified sampling (Cochran 1977, chapter 5).

    >>> deficits({"private": 3, "trade": 1}, {"private": 3})
    {'private': 0.0, 'trade': 1.0}
    """
    size = math.fsum(base.values()) or 1
    after_this_one = sum(met.values()) + 1
    return {stratum: count / size * after_this_one - met.get(stratum, 0) for stratum, count in base.items()}


def lagging(
    base: Mapping[str, float], met: Mapping[str, int], eligible: Mapping[str, int]
) -> dict[str, float]:
    """How likely each stratum with somebody eligible is to be next: by deficit, else by base, else by number.

    Shapes: sizes, meetings and eligible customers by stratum; weights out, not summing to 1. Units: meetings.
    Errors: none. Source: proportional stratified sampling (Cochran 1977, chapter 5).

    >>> lagging({"private": 3, "trade": 1}, {"private": 3}, {"private": 9, "trade": 2})
    {'private': 0.0, 'trade': 1.0}
    """
    behind = deficits(base, met)
    weights = {stratum: max(0.0, behind.get(stratum, 0.0)) for stratum in eligible}
    if any(weights.values()):
        return weights
    as_the_base = {stratum: float(base.get(stratum, 0)) for stratum in eligible}
    if any(as_the_base.values()):
        return as_the_base
    return {stratum: float(number) for stratum, number in eligible.items()}


def drawn(weights: Mapping[str, float], chance: Random) -> str:
    """One of these, with chances as their weights.

    Shapes: weights by name, one of them positive. Units: any. Errors: IndexError if none is positive.
    Source: inversion.

    >>> drawn({"a": 0.0, "b": 2.0}, Random(1))
    'b'
    """
    possible = [stratum for stratum, weight in weights.items() if weight > 0]
    point = chance.random() * sum(weights.values())
    for stratum in possible[:-1]:
        point -= weights[stratum]
        if point < 0:
            return stratum
    return possible[-1]

"""Who should be met next, drawn fairly, so that those met come to resemble those we serve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Choice:
    """The customer drawn, the stratum, its deficit in meetings, and among how many of it they were drawn."""

    chosen: str
    stratum: str
    deficit: float
    among: int


def stratified_choice(
    *, base: Mapping[str, int], met: Mapping[str, int], eligible: Mapping[str, Sequence[str]], seed: int
) -> Choice | None:
    """Draw the next customer: first a stratum, the likelier the further it lies behind, then anyone in it.

    Shapes: customers of the base and meetings so far by stratum; eligible customers' names by stratum.
    Units: `deficit` is in meetings: base share × (meetings so far + 1) − meetings with this stratum.
    Strata with nobody eligible are passed over. When no stratum left has a deficit the draw follows the base,
    and when the base knows none of them, the number eligible. Nobody eligible: None.
    The same seed gives the same customer, in whatever order the mappings and sequences come.
    Errors: ValueError for negative counts.
    Source: proportional stratified sampling (Cochran 1977, chapter 5), one unit at a time.

    >>> stratified_choice(
    ...     base={"private": 90, "trade": 10}, met={"private": 20}, eligible={"trade": ["Ada"]}, seed=1
    ... )
    Choice(chosen='Ada', stratum='trade', deficit=2.1, among=1)
    """
    if any(count < 0 for counts in (base, met) for count in counts.values()):
        raise ValueError("A count cannot be negative")
    names = {stratum: sorted(set(eligible[stratum])) for stratum in sorted(eligible) if eligible[stratum]}
    if not names:
        return None
    deficits = _deficits(base, met)
    rng = Random(seed)
    stratum = _draw(_weights(names, deficits, base), rng)
    among = names[stratum]
    chosen = among[int(rng.random() * len(among))]
    return Choice(chosen, stratum, round(deficits.get(stratum, -met.get(stratum, 0)), 12), len(among))


def _deficits(base: Mapping[str, int], met: Mapping[str, int]) -> dict[str, float]:
    size = sum(base.values()) or 1
    after_this_one = sum(met.values()) + 1
    return {stratum: count / size * after_this_one - met.get(stratum, 0) for stratum, count in base.items()}


def _weights(
    names: Mapping[str, Sequence[str]], deficits: Mapping[str, float], base: Mapping[str, int]
) -> dict[str, float]:
    behind = {stratum: max(0.0, deficits.get(stratum, 0.0)) for stratum in names}
    if any(behind.values()):
        return behind
    as_the_base = {stratum: float(base.get(stratum, 0)) for stratum in names}
    if any(as_the_base.values()):
        return as_the_base
    return {stratum: float(len(who)) for stratum, who in names.items()}


def _draw(weights: Mapping[str, float], rng: Random) -> str:
    possible = [stratum for stratum, weight in weights.items() if weight > 0]
    point = rng.random() * sum(weights.values())
    for stratum in possible[:-1]:
        point -= weights[stratum]
        if point < 0:
            return stratum
    return possible[-1]

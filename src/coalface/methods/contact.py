"""Who was met, how lately and how evenly, and whether those met resemble those we serve."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from coalface.methods.results import Estimate, wilson

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Adherence:
    """How well a promised rhythm was kept; None where there was no gap to judge."""

    adherence: float
    on_time_rate: float | None
    max_gap: int | None


@dataclass(frozen=True, slots=True)
class Representativeness:
    """Distance between customers met and the base, beside what honest chance would give."""

    tv: float | None
    null_mean: float | None
    null_95: float | None
    p: float | None
    n: int
    verdict: str


@dataclass(frozen=True, slots=True)
class UnderSampling:
    """Whether marked customers (unhappy ones, say) are missing among those met."""

    expected: float
    share_met: float | None
    share_base: float | None
    p: float
    verdict: str


def recency(last_on: date | None, today: date) -> int | None:
    """Days since the last qualifying direct encounter; None when there never was one.

    Shapes: two local dates. Units: days. Errors: ValueError when the encounter lies in the future.
    Source: definition; "never" is shown as never and not replaced by a number.

    >>> recency(date(2026, 3, 1), date(2026, 3, 15))
    14
    >>> recency(None, date(2026, 3, 15)) is None
    True
    """
    if last_on is None:
        return None
    if last_on > today:
        raise ValueError(f"{last_on} lies after {today}")
    return (today - last_on).days


def frequency(count: int, days: int, per: int = 90) -> Estimate:
    """Encounters per `per` days with the exact Poisson 95 % interval.

    Shapes: a count seen in `days` days. Units: encounters per `per` days; n = count.
    Errors: ValueError for a negative count or for no days.
    Source: Garwood (1936), Biometrika 28:437–442: χ² quantiles with 2n and 2n + 2 degrees of freedom.

    >>> often = frequency(10, 90)
    >>> print(f"{often.estimate:.1f} ({often.low:.2f}–{often.high:.2f})")
    10.0 (4.80–18.39)
    """
    from scipy.stats import chi2

    if count < 0 or days <= 0 or per <= 0:
        raise ValueError(f"{count} encounters in {days} days per {per} days is not a rate")
    scale = per / days
    low = 0.0 if count == 0 else float(chi2.ppf(0.025, 2 * count)) / 2 * scale
    high = float(chi2.ppf(0.975, 2 * count + 2)) / 2 * scale
    return Estimate(count * scale, low, high, count, "exact_poisson")


def adherence(days: Sequence[int], *, cadence: int, window: int) -> Adherence:
    """The share of days on which the last encounter was no longer ago than the promised cadence.

    Shapes: day numbers of encounters; the window is days 1 to `window`, numbers ≤ 0 lie before it and
    still count as the last encounter. Several on one day count once, so bunching gains nothing.
    Units: a share of days, a share of gaps, days. The gap still open at the end of the window counts
    for `max_gap` always, and for `on_time_rate` once it is longer than the cadence.
    Errors: ValueError for a cadence or window below 1 or a day after the window.
    Source: definition; the share of days is time-weighted, which a share of gaps is not.

    >>> adherence([1, 2, 3, 80], cadence=30, window=90)
    Adherence(adherence=0.4888888888888889, on_time_rate=0.6666666666666666, max_gap=77)
    """
    if cadence < 1 or window < 1 or any(day > window for day in days):
        raise ValueError("A cadence and a window last a day or more, and no encounter lies after the window")
    met = sorted(set(days))
    if not met:
        return Adherence(0.0, None, None)
    kept = _days_kept(met, cadence, window)
    gaps = [later - earlier for earlier, later in pairwise(met) if later > 0]
    still_open = window - met[-1]
    judged = [*gaps, still_open] if still_open > cadence else gaps
    on_time = sum(gap <= cadence for gap in judged) / len(judged) if judged else None
    return Adherence(kept / window, on_time, max([*gaps, still_open]))


def _days_kept(met: Sequence[int], cadence: int, window: int) -> int:
    kept = 0
    for position, day in enumerate(met):
        until = met[position + 1] - 1 if position + 1 < len(met) else window
        kept += max(0, min(day + cadence, until, window) - max(day, 1) + 1)
    return kept


def resolution_rate(resolved: int, n: int) -> Estimate:
    """The share of a person's older remarks that came to an end, with its Wilson interval.

    Shapes: two counts. Units: a share. Resolved = fixed, shipped, declined-and-told or passed on; being
    owned or handed over is not resolved. Errors: ValueError unless 0 ≤ resolved ≤ n.
    Source: Wilson (1927); the definition of "resolved" is policy.

    >>> rate = resolution_rate(8, 12)
    >>> print(f"{rate.estimate:.3f} ({rate.low:.3f}–{rate.high:.3f})")
    0.667 (0.391–0.862)
    """
    return wilson(resolved, n)


def effective_segments(counts: Iterable[float]) -> float:
    """How many equally frequent segments would be as varied as these: exp of Shannon's entropy.

    Shapes: one non-negative number for each segment (counts or shares). Units: segments; 0 with nobody met.
    Errors: ValueError for a negative count. Source: Hill (1973), Ecology 54:427–432, order q = 1.

    >>> round(effective_segments([20, 10, 8, 2]), 3)
    3.205
    """
    held = list(counts)
    if any(count < 0 for count in held):
        raise ValueError("A count cannot be negative")
    total = sum(held)
    if total == 0:
        return 0.0
    return math.exp(-sum(count / total * math.log(count / total) for count in held if count))


def representativeness(
    met: Mapping[str, int],
    base: Mapping[str, float],
    *,
    seed: int = 1,
    draws: int = 10_000,
    least: int = 15,
    whole: bool = False,
) -> Representativeness:
    """Total variation between customers met and the base, judged against random samples of the same size.

    Shapes: counts met and base weights (shares or counts) by segment; a segment absent from one is 0 there.
    Units: `tv` is the share of encounters that would have to move to another segment. `p` is the
    Monte-Carlo share (r + 1)/(draws + 1) of random samples at least as far off.
    `verdict`: "consistent", "skewed" (p < .05; adjust across persons with `benjamini_hochberg`), or
    "too_few" (fewer than `least` met). With nobody met all figures are None.
    With `whole` the base is the whole number of customers by segment, none of them met twice: in a small base
    the random samples are drawn without replacement.
    Errors: ValueError for negative numbers, an empty base, draws below 1, and with `whole` for more met than
    the base has. Source: total variation distance; Davison & Hinkley (1997), §4.2 for the Monte-Carlo p.

    >>> base = {"private": 0.5, "family": 0.3, "trade": 0.15, "farm": 0.05}
    >>> fair = representativeness({"private": 20, "family": 10, "trade": 8, "farm": 2}, base)
    >>> round(fair.tv, 3), fair.verdict
    (0.05, 'consistent')
    """
    import numpy as np

    segments = sorted({*met, *base})
    counts = np.array([met.get(segment, 0) for segment in segments], dtype=np.int64)
    weights = np.array([base.get(segment, 0.0) for segment in segments], dtype=np.float64)
    if (counts < 0).any() or (weights < 0).any() or weights.sum() <= 0 or draws < 1:
        raise ValueError("No count or weight is negative, the base is not empty, and draws are at least 1")
    n = int(counts.sum())
    if n == 0:
        return Representativeness(None, None, None, None, 0, "too_few")
    shares = weights / weights.sum()
    tv = float(np.abs(counts / n - shares).sum() / 2)
    if whole and n > weights.sum():
        raise ValueError(f"{n} met cannot come from a base of {weights.sum():.0f}")
    null = _null(n, tuple(weights.tolist()), seed, draws, whole)
    as_far = int((null >= tv - 1e-12).sum())
    p = (as_far + 1) / (draws + 1)
    verdict = "too_few" if n < least else "skewed" if p < SIGNIFICANT else "consistent"
    return Representativeness(tv, float(null.mean()), float(np.quantile(null, 0.95)), p, n, verdict)


@lru_cache(maxsize=32)
def _null(n: int, weights: tuple[float, ...], seed: int, draws: int, whole: bool) -> Any:
    """Distances of random samples of n; many people are judged against the same ones."""
    import numpy as np

    rng, shares = np.random.default_rng(seed), np.array(weights) / sum(weights)
    if whole:
        samples = rng.multivariate_hypergeometric(np.array(weights, dtype=np.int64), n, draws)
    else:
        samples = rng.multinomial(n, shares, size=draws)
    return np.abs(samples / n - shares).sum(axis=1) / 2


def under_sampled(*, base: int, base_marked: int, met: int, met_marked: int) -> UnderSampling:
    """Whether fewer marked customers were met than a draw at random from the base would bring.

    Shapes: four counts. Units: `expected` customers, shares, `p` = P(X ≤ met_marked), hypergeometric.
    `verdict`: "under_sampled" (p < .05), "consistent", or "too_few" when not even the lowest possible
    number of marked customers could have been significant.
    Errors: ValueError when the counts contradict each other.
    Source: Fisher's exact test, one-sided.

    >>> unhappy = under_sampled(base=1000, base_marked=250, met=40, met_marked=3)
    >>> unhappy.expected, round(unhappy.p, 6), unhappy.verdict
    (10.0, 0.004103, 'under_sampled')
    """
    from scipy.stats import hypergeom

    lowest = max(0, met + base_marked - base)
    if not (0 <= base_marked <= base and 0 <= met <= base and lowest <= met_marked <= min(met, base_marked)):
        raise ValueError(f"{met_marked} of {met} met cannot come from {base_marked} of {base}")
    if met == 0:
        return UnderSampling(0.0, None, base_marked / base if base else None, 1.0, "too_few")
    law = hypergeom(base, base_marked, met)
    p = float(law.cdf(met_marked))
    reachable = met == base or float(law.cdf(lowest)) < SIGNIFICANT
    verdict = "too_few" if not reachable else "under_sampled" if p < SIGNIFICANT else "consistent"
    return UnderSampling(met * base_marked / base, met_marked / met, base_marked / base, p, verdict)


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """p-values adjusted so that those below q hold at most a share q of false discoveries.

    Shapes: any number of p-values, returned in the order given. Units: probabilities.
    Errors: ValueError for a p outside 0..1.
    Source: Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57:289–300.

    >>> [round(p, 10) for p in benjamini_hochberg([0.01, 0.02, 0.03, 0.04, 0.20])]
    [0.05, 0.05, 0.05, 0.05, 0.2]
    """
    adjusted = [0.0] * len(ps)
    ceiling = 1.0
    order = _ascending(ps)
    for rank, position in reversed(list(enumerate(order, start=1))):
        ceiling = min(ceiling, ps[position] * len(ps) / rank)
        adjusted[position] = ceiling
    return adjusted


def holm(ps: Sequence[float]) -> list[float]:
    """p-values adjusted so that one false claim in the whole family is as unlikely as in a single test.

    Shapes: any number of p-values, returned in the order given. Units: probabilities.
    Errors: ValueError for a p outside 0..1. Source: Holm (1979), Scand. J. Stat. 6:65–70.

    >>> [round(p, 10) for p in holm([0.01, 0.02, 0.03, 0.04, 0.20])]
    [0.05, 0.08, 0.09, 0.09, 0.2]
    """
    adjusted = [0.0] * len(ps)
    floor = 0.0
    for rank, position in enumerate(_ascending(ps)):
        floor = max(floor, min(1.0, ps[position] * (len(ps) - rank)))
        adjusted[position] = floor
    return adjusted


def _ascending(ps: Sequence[float]) -> list[int]:
    if any(not 0 <= p <= 1 for p in ps):
        raise ValueError("A p-value lies between 0 and 1")
    return sorted(range(len(ps)), key=lambda position: ps[position])

"""Did the fix work: rates before and after, what luck alone would have done, and what may be said."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

SAME_LOW, SAME_HIGH = 0.9, 1.1
FIVE_YEARS = 1826


@dataclass(frozen=True, slots=True)
class RateRatio:
    """Rate after divided by rate before; `estimate` None and `high` infinite where nothing was before."""

    estimate: float | None
    low: float
    high: float
    p: float
    n: int
    method: str


@dataclass(frozen=True, slots=True)
class GammaPrior:
    """How rates are spread over comparable series: mean and variance for one unit of exposure."""

    mean: float
    variance: float
    series: int


@dataclass(frozen=True, slots=True)
class EmpiricalBayes:
    """The count to expect had nothing been done, its 95 % range, and the weight of the other series in it."""

    expected: float
    low: float
    high: float
    weight: float


class TooFewSeries(ValueError):
    """Fewer than three series with exposure, or none with an event: they teach nothing about luck."""


def rate_ratio(
    *, after: int, exposure_after: float, before: int, exposure_before: float, confidence: float = 0.95
) -> RateRatio:
    """Rate after over rate before with the exact conditional interval; p is twice the smaller tail.

    Shapes: two counts and their exposures (orders, customers, contacts; never just days when volume moves).
    Units: a ratio, below 1 is fewer. `n` = events in both windows. p < 1 − confidence exactly when the
    interval leaves out 1. No event after: low is 0. None before: no finite estimate (None), and high is
    infinite (`math.inf`; store it as null). None in either: 0 to infinity, p = 1.
    Errors: ValueError for a negative count, an exposure that is not positive, or a confidence outside 0..1.
    Source: Clopper & Pearson (1934) on after | after + before; checked against R's rateratio.test.

    >>> fix = rate_ratio(after=18, exposure_after=10_000, before=42, exposure_before=10_000)
    >>> print(f"{fix.estimate:.4f} ({fix.low:.4f}–{fix.high:.4f})")
    0.4286 (0.2322–0.7608)
    """
    from scipy.stats import beta, binom

    _want_counts(after, before)
    _want_exposures(exposure_after, exposure_before)
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence lies between 0 and 1, not {confidence}")
    n = after + before
    scale = exposure_before / exposure_after
    tail = (1 - confidence) / 2
    low = 0.0 if after == 0 else _odds(float(beta.ppf(tail, after, before + 1))) * scale
    high = math.inf if before == 0 else _odds(float(beta.isf(tail, after + 1, before))) * scale
    fair = exposure_after / (exposure_after + exposure_before)
    p = min(1.0, 2 * min(float(binom.cdf(after, n, fair)), float(binom.sf(after - 1, n, fair))))
    return RateRatio(after / before * scale if before else None, low, high, p, n, "exact_conditional")


def events_needed(ratio: float, *, alpha: float = 0.05, power: float = 0.8) -> int:
    """How many events before are needed to show a ratio, by the textbook's normal approximation, rounded up.

    Shapes: one ratio between 0 and 1 (or above, for harm). Units: events before, with equal exposure after.
    Errors: ValueError for a ratio that is not positive or is 1, or alpha or power outside 0..1.
    Source: (z₁₋α⸝₂ + z_power)²·(1 + 1/ratio)/ln(ratio)². `registered_events` is what the product registers.

    >>> events_needed(0.5), events_needed(0.7)
    (50, 150)
    """
    from statistics import NormalDist

    if ratio <= 0 or ratio == 1:
        raise ValueError(f"A ratio to be shown is positive and not 1, not {ratio}")
    _want_shares(alpha, power)
    z = NormalDist().inv_cdf(1 - alpha / 2) + NormalDist().inv_cdf(power)
    return math.ceil(z * z * (1 + 1 / ratio) / math.log(ratio) ** 2)


def registered_events(
    ratio: float, *, exposure_ratio: float = 1.0, alpha: float = 0.05, power: float = 0.8
) -> int:
    """The smallest expected number of events before with which `rate_ratio` shows a true ratio often enough.

    Shapes: one ratio, at least 0.02 below 1; `exposure_ratio` = exposure after / exposure before.
    Units: events before. Both counts vary as Poisson counts do; the power of the exact test is summed over
    every total and every split, without simulation or approximation.
    Errors: ValueError for a ratio outside 0..0.98, an exposure that is not positive, shares outside 0..1.
    Source: own; the textbook's 49 for a halving has power .793 under this test.

    >>> registered_events(0.5)
    50
    """
    _want_smallest_effect(ratio)
    _want_exposures(exposure_ratio)
    _want_shares(alpha, power)
    enough = 1
    while _power(enough, ratio, exposure_ratio, alpha) < power:
        enough *= 2
    too_few = enough // 2
    while enough - too_few > 1:
        middle = (enough + too_few) // 2
        if _power(middle, ratio, exposure_ratio, alpha) < power:
            too_few = middle
        else:
            enough = middle
    return enough


def _power(before: int, ratio: float, exposure_ratio: float, alpha: float) -> float:
    """How often the exact test puts the whole interval below 1 when it should."""
    import numpy as np
    from scipy.stats import binom, poisson

    total = before * (1 + ratio * exposure_ratio)
    spread = 9 * math.sqrt(total) + 20
    n = np.arange(max(0, int(total - spread)), int(total + spread))
    fair = exposure_ratio / (1 + exposure_ratio)
    quantile = binom.ppf(alpha / 2, n, fair)
    most = np.where(binom.cdf(quantile, n, fair) <= alpha / 2, quantile, quantile - 1)
    truly = ratio * exposure_ratio / (1 + ratio * exposure_ratio)
    return float(poisson.pmf(n, total) @ binom.cdf(most, n, truly))


def days_until_decidable(
    *,
    before: int,
    exposure_before: float,
    exposure_per_day_after: float,
    ratio: float,
    elapsed_exposure_after: float,
    power: float = 0.8,
) -> int | None:
    """How many more days until the exact test would show the registered smallest effect often enough.

    Shapes: the count before as it was seen, exposures, the smallest effect as a ratio. Units: days; 0 = now.
    None means never: within five years no further exposure would do, for the count before is too small (or
    nothing happens any more). Counted from the day on which the power stays, since it moves in small steps.
    Errors: ValueError for a ratio outside 0..0.98, a negative count or exposure, power outside 0..1.
    Source: exact conditional test at α = .05, given `before`, with a Poisson count after.

    >>> days_until_decidable(
    ...     before=60, exposure_before=60, exposure_per_day_after=1, ratio=0.5, elapsed_exposure_after=0
    ... )
    37
    """
    import numpy as np
    from scipy.stats import nbinom, poisson

    _want_counts(before)
    _want_exposures(exposure_before)
    _want_smallest_effect(ratio)
    _want_shares(power)
    if exposure_per_day_after < 0 or elapsed_exposure_after < 0:
        raise ValueError("An exposure cannot be negative")
    if before == 0:
        return None
    exposure = elapsed_exposure_after + exposure_per_day_after * np.arange(FIVE_YEARS + 1)
    # In a fair split, "at most a after among a + before" is "at most a after come ahead of the last before".
    most = nbinom.ppf(0.025, before, exposure_before / (exposure_before + exposure)) - 1
    shown = poisson.cdf(most, before * ratio * exposure / exposure_before)
    stays = np.minimum.accumulate(shown[::-1])[::-1] >= power
    return int(stays.argmax()) if stays.any() else None


def prior_from(counts: Sequence[int], exposures: Sequence[float]) -> GammaPrior:
    """How rates differ between comparable series, learnt from all but the one to be judged.

    Shapes: a count and an exposure for each series; those without exposure are left out.
    Units: events per unit of exposure. Negative-binomial maximum likelihood; where that runs off to "no
    spread at all" the method of moments decides, and where that finds no spread either the variance is 0.
    Errors: `TooFewSeries` with fewer than three series or no event; ValueError for bad counts or exposures.
    Source: Hauer (1997), Observational Before–After Studies, chapter 11; Robbins (1956).

    >>> others = prior_from([4, 9, 15, 7, 12, 3, 22, 8], [1] * 8)
    >>> round(others.mean, 2), others.variance > 0, others.series
    (10.0, True, 8)
    """
    if len(counts) != len(exposures):
        raise ValueError("Every series has one count and one exposure")
    _want_counts(*counts)
    if any(exposure < 0 for exposure in exposures):
        raise ValueError("An exposure cannot be negative")
    series = [(count, exposure) for count, exposure in zip(counts, exposures, strict=True) if exposure > 0]
    if len(series) < 3 or not any(count for count, _ in series):
        raise TooFewSeries(f"{len(series)} series with {sum(count for count, _ in series)} events")
    by_likelihood = _most_likely(series)
    return by_likelihood or _by_moments(series)


def _most_likely(series: Sequence[tuple[int, float]]) -> GammaPrior | None:
    """Maximum likelihood of mean and shape; None when the shape has no finite maximum."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.stats import nbinom

    counts = np.array([count for count, _ in series])
    exposures = np.array([exposure for _, exposure in series])
    usual = counts.sum() / exposures.sum()

    def surprise(at: Sequence[float]) -> float:
        mean, shape = usual * math.exp(at[0]), math.exp(at[1])
        return -float(nbinom.logpmf(counts, shape, shape / (shape + mean * exposures)).sum())

    best = minimize(surprise, [0.0, 0.0], method="L-BFGS-B", bounds=[(-5, 5), (-7, 9)])
    mean, shape = usual * math.exp(best.x[0]), math.exp(best.x[1])
    if best.x[1] > 8:
        return None
    return GammaPrior(float(mean), float(mean * mean / shape), len(series))


def _by_moments(series: Sequence[tuple[int, float]]) -> GammaPrior:
    """Spread of the rates beyond what Poisson counts bring, weighted by exposure; never below 0."""
    total = sum(exposure for _, exposure in series)
    mean = sum(count for count, _ in series) / total
    seen = sum(exposure * (count / exposure - mean) ** 2 for count, exposure in series)
    by_luck = (len(series) - 1) * mean
    scale = total - sum(exposure * exposure for _, exposure in series) / total
    return GammaPrior(mean, max(0.0, (seen - by_luck) / scale), len(series))


def empirical_bayes(
    *, before: int, exposure_before: float, exposure_after: float, prior: GammaPrior
) -> EmpiricalBayes:
    """What the count after would have been without any fix, given that spikes mostly fall by themselves.

    Shapes: the series' own count, two exposures, and the prior from the other series. Units: events in the
    window after; `low` and `high` are the 2.5 % and 97.5 % points of the negative-binomial prediction.
    `weight` w = 1/(1 + exposure·variance/mean) is the part of the prior in the expectation.
    Errors: ValueError for a negative count, exposures that are not positive, a prior without a positive mean.
    Source: Hauer, Harwood, Council & Griffith (2002), Transp. Res. Rec. 1784:126–131.

    >>> without = empirical_bayes(
    ...     before=25, exposure_before=1, exposure_after=1, prior=GammaPrior(mean=10, variance=20, series=30)
    ... )
    >>> round(without.expected, 1), round(without.weight, 3)
    (20.0, 0.333)
    """
    from scipy.stats import nbinom, poisson

    _want_counts(before)
    _want_exposures(exposure_before, exposure_after)
    if prior.mean <= 0 or prior.variance < 0:
        raise ValueError("A prior has a positive mean and no negative variance")
    weight = 1 / (1 + exposure_before * prior.variance / prior.mean)
    expected = exposure_after * (weight * prior.mean + (1 - weight) * before / exposure_before)
    if prior.variance == 0:
        law = poisson(expected)
    else:
        shape = prior.mean**2 / prior.variance + before
        law = nbinom(shape, shape / (shape + expected))
    return EmpiricalBayes(expected, float(law.ppf(0.025)), float(law.ppf(0.975)), weight)


def finding(
    *,
    ratio: RateRatio,
    after: int,
    expected: EmpiricalBayes | None,
    smallest_effect: float,
    decidable: bool,
) -> str:
    """What may be said about a fix, as a code; the earlier rule wins.

    Shapes: `ratio` of the window after to the one before, the count after, the expectation without a fix
    (None: not known, and then nothing is ever verified), the registered smallest effect as a ratio.
    Units: events and ratios in, a code out.
    Codes: "not_enough_evidence" while not decidable; "no_change" when the interval lies within 0.9 to 1.1;
    "worse" when it lies above 1; "verified" when it lies below 1 and the count is below the range expected
    without a fix; "improved_not_proven" when only one of these holds, or the estimate reaches the smallest
    effect without proof; else "not_enough_evidence".
    Errors: ValueError for a smallest effect outside 0..1. Source: own rules; they err against the fix.

    >>> ratio = rate_ratio(after=18, exposure_after=1, before=42, exposure_before=1)
    >>> expected = EmpiricalBayes(expected=40, low=25, high=57, weight=0.1)
    >>> finding(ratio=ratio, after=18, expected=expected, smallest_effect=0.7, decidable=True)
    'verified'
    >>> finding(ratio=ratio, after=18, expected=None, smallest_effect=0.7, decidable=True)
    'improved_not_proven'
    """
    _want_shares(smallest_effect)
    if not decidable:
        return "not_enough_evidence"
    if ratio.low >= SAME_LOW and ratio.high <= SAME_HIGH:
        return "no_change"
    if ratio.low > 1:
        return "worse"
    below_before = ratio.high < 1
    below_expected = expected is not None and after < expected.low
    if below_before and below_expected:
        return "verified"
    large_enough = ratio.estimate is not None and ratio.estimate <= smallest_effect
    if below_before or below_expected or large_enough:
        return "improved_not_proven"
    return "not_enough_evidence"


def _odds(share: float) -> float:
    return math.inf if share >= 1 else share / (1 - share)


def _want_counts(*counts: int) -> None:
    if any(count < 0 for count in counts):
        raise ValueError("A count cannot be negative")


def _want_exposures(*exposures: float) -> None:
    if any(not 0 < exposure < math.inf for exposure in exposures):
        raise ValueError("An exposure is positive and finite")


def _want_shares(*shares: float) -> None:
    if any(not 0 < share < 1 for share in shares):
        raise ValueError("Alpha, power and the smallest effect lie between 0 and 1")


def _want_smallest_effect(ratio: float) -> None:
    if not 0 < ratio <= 0.98:
        raise ValueError(f"A fix worth registering cuts the rate to a share between 0 and .98, not {ratio}")

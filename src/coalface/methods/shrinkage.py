"""What a count would have done by itself: problems are picked when they spike, and spikes fall."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .counted import is_row, want_counts, want_exposures, whole_counts


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
    want_counts(*counts)
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

    want_counts(before)
    want_exposures(exposure_before, exposure_after)
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


@dataclass(frozen=True, slots=True)
class Shrunk:
    """What each of many counts would be next time with nothing done; `weight` is that of the mean of all."""

    expected: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    weight: float
    mean: float
    variance: float
    n: int
    method: str


def expected_without_fix(
    counts: Iterable[int], *, mean: float | None = None, variance: float | None = None
) -> Shrunk:
    """What to expect of each of many comparable issues over an equal window, had nothing been done.

    Shapes: a count for each issue, all over windows of equal exposure; what is known of such counts already
    may be given instead of learnt: their `mean` and their marginal `variance` (of the counts themselves).
    Units: events; `low` and `high` are the 2.5 % and 97.5 % points of the negative-binomial prediction.
    Expected = weight · mean + (1 − weight) · count, weight = mean/variance (1 where they vary no more than
    chance). Learnt by moments, so few issues teach little.
    Errors: `TooFewSeries` for fewer than three issues or no event, unless both are given; ValueError for
    negative counts or a mean that is not positive.
    Source: Hauer, Harwood, Council & Griffith (2002), Transp. Res. Rec. 1784:126–131.

    >>> issues = expected_without_fix([25], mean=10, variance=30)
    >>> round(issues.expected[0], 1), round(issues.weight, 3)
    (20.0, 0.333)
    """
    if not is_row(counts):
        raise ValueError("A count for each of many issues is needed, in a row")
    row = whole_counts(given) if (given := list(counts)) else ()
    if mean is None or variance is None:
        if len(row) < 3 or not any(row):
            raise TooFewSeries(f"{len(row)} series with {sum(row)} events: give more, or mean and variance")
        prior = _by_moments([(count, 1.0) for count in row])
    else:
        prior = GammaPrior(float(mean), max(0.0, float(variance) - mean), len(row))
    if not 0 < prior.mean < math.inf:
        raise ValueError(f"A mean of counts is positive, not {prior.mean}")
    low_high = {
        count: empirical_bayes(before=count, exposure_before=1, exposure_after=1, prior=prior)
        for count in set(row)
    }
    each = [low_high[count] for count in row]
    return Shrunk(
        tuple(one.expected for one in each),
        tuple(one.low for one in each),
        tuple(one.high for one in each),
        1 / (1 + prior.variance / prior.mean),
        prior.mean,
        prior.mean + prior.variance,
        len(row),
        "empirical_bayes",
    )

"""Two rates compared: the exact interval, and what over-dispersion and a control group make of it."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from .counted import number, want_counts, want_exposures, want_shares


@dataclass(frozen=True, slots=True)
class RateRatio:
    """Rate after divided by rate before; `estimate` None and `high` infinite where nothing was before."""

    estimate: float | None
    low: float
    high: float
    p: float
    n: int
    method: str


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
    from scipy.special import bdtr, bdtrc, betainccinv, betaincinv

    want_counts(after, before)
    want_exposures(exposure_after, exposure_before)
    want_shares(confidence)
    n = after + before
    scale = exposure_before / exposure_after
    tail = (1 - confidence) / 2
    low = 0.0 if after == 0 else _odds(float(betaincinv(after, before + 1, tail))) * scale
    high = math.inf if before == 0 else _odds(float(betainccinv(after + 1, before, tail))) * scale
    fair = exposure_after / (exposure_after + exposure_before)
    at_most, at_least = float(bdtr(after, n, fair)), float(bdtrc(after - 1, n, fair)) if after else 1.0
    p = min(1.0, 2 * at_most, 2 * at_least)
    return RateRatio(after / before * scale if before else None, low, high, p, n, "exact_conditional")


def wald(log_ratio: float, se: float, *, n: int, method: str, confidence: float = 0.95) -> RateRatio:
    """A ratio from its logarithm and the standard error of that.

    Shapes: two numbers, `n` events and the code of the method. Units: natural logarithms in, ratios out.
    Errors: ValueError for a standard error that is not positive, or a confidence outside 0..1.
    Source: Wald's interval on the log scale; p two-sided.

    >>> wald(math.log(0.5), 0.2, n=100, method="wald").high < 1
    True
    """
    want_exposures(se)
    want_shares(confidence)
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * se
    p = math.erfc(abs(log_ratio) / se / math.sqrt(2))
    return RateRatio(
        math.exp(log_ratio), math.exp(log_ratio - reach), math.exp(log_ratio + reach), p, n, method
    )


def dispersed_ratio(
    *,
    after: int,
    exposure_after: float,
    before: int,
    exposure_before: float,
    dispersion: float,
    confidence: float = 0.95,
) -> RateRatio:
    """Rate after over rate before where counts vary `dispersion` times as much as Poisson counts do.

    Shapes and units: those of `rate_ratio`; a dispersion is at least 1. Where a window holds no event, half
    an event is added to both. Errors: those of `rate_ratio`, and ValueError for a dispersion below 1.
    Source: Wald on the log scale, variance φ·(1/after + 1/before); McCullagh & Nelder (1989), 6.2.3.

    >>> fix = dispersed_ratio(after=18, exposure_after=1, before=42, exposure_before=1, dispersion=2)
    >>> print(f"{fix.low:.3f}–{fix.high:.3f}")
    0.196–0.936
    """
    want_counts(after, before)
    want_exposures(exposure_after, exposure_before)
    if not 1 <= dispersion < math.inf:
        raise ValueError(f"A dispersion is at least 1, not {dispersion}")
    log_ratio, variance = log_change(after, exposure_after, before, exposure_before)
    se = math.sqrt(dispersion * variance)
    return wald(log_ratio, se, n=after + before, method="quasi_poisson", confidence=confidence)


def difference_in_differences(
    *, changed: tuple[float, float], control: tuple[float, float], n: int, confidence: float = 0.95
) -> RateRatio:
    """How much more the rate fell than that of a control group.

    Shapes: for each the logarithm of its ratio and the variance of that, as `log_change` gives them (times
    the dispersion); `n` events in all four windows. Units: a ratio of ratios, below 1 is fewer.
    Errors: ValueError for variances that are not positive. Source: METHODS §12.1.

    >>> did = difference_in_differences(
    ...     changed=log_change(18, 1, 42, 1), control=log_change(80, 1, 100, 1), n=240
    ... )
    >>> print(f"{did.estimate:.4f} ({did.low:.4f}–{did.high:.4f})")
    0.5357 (0.2866–1.0014)
    """
    want_exposures(changed[1], control[1])
    se = math.sqrt(changed[1] + control[1])
    return wald(changed[0] - control[0], se, n=n, method="difference_in_differences", confidence=confidence)


def log_change(
    after: float, exposure_after: float, before: float, exposure_before: float
) -> tuple[float, float]:
    """The logarithm of the rate after over the rate before, and its variance for Poisson counts.

    Shapes: counts and exposures. Units: natural logarithms. Where a window holds no event, half an event is
    added to both. Errors: ValueError for negative counts or exposures that are not positive.
    Source: Haldane (1956), Annals of Human Genetics 20:309–311.

    >>> [round(figure, 4) for figure in log_change(18, 1, 42, 1)]
    [-0.8473, 0.0794]
    """
    want_counts(after, before)
    want_exposures(exposure_after, exposure_before)
    half = 0.0 if after and before else 0.5
    late, early = after + half, before + half
    return math.log(late / exposure_after) - math.log(early / exposure_before), 1 / late + 1 / early


def events_needed(
    ratio: float, power: float = 0.8, *, alpha: float = 0.05, exposure_ratio: float = 1.0
) -> float:
    """How many events before are needed to show a ratio, by the textbook's normal approximation.

    Shapes: one ratio between 0 and 1 (or above, for harm); `exposure_ratio` = exposure after/before.
    Units: events before, not rounded. `registered_events` is what the product registers.
    Errors: ValueError for a ratio or exposure that is not positive, a ratio of 1, shares outside 0..1.
    Source: (z₁₋α⸝₂ + z_power)²·(1 + 1/(ratio·exposure_ratio))/ln(ratio)².

    >>> round(events_needed(0.5), 1), round(events_needed(0.7), 1)
    (49.0, 149.8)
    """
    if not 0 < number(ratio, "A ratio") < math.inf or ratio == 1:
        raise ValueError(f"A ratio to be shown is positive, finite and not 1, but this is {ratio}")
    want_exposures(exposure_ratio)
    want_shares(alpha, power)
    z = NormalDist().inv_cdf(1 - alpha / 2) + NormalDist().inv_cdf(power)
    return z * z * (1 + 1 / (ratio * exposure_ratio)) / math.log(ratio) ** 2


def _odds(share: float) -> float:
    return math.inf if share >= 1 else share / (1 - share)

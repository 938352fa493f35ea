"""How many events a fix has to be judged by, and when there will be enough of them."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from .always_valid import always_valid, always_valid_normal
from .counted import want_counts, want_exposures, want_shares

FIVE_YEARS = 1826
SIMULATIONS, ABOVE, MOST_EVENTS = 4_000, 0.01, 10_000_000


def events_needed(
    ratio: float, power: float = 0.8, *, alpha: float = 0.05, exposure_ratio: float = 1.0
) -> float:
    """How many events before are needed to show a ratio, by the textbook's normal approximation.

    Shapes: one ratio between 0 and 1 (or above, for harm); `exposure_ratio` = exposure after/before.
    Units: events before, not rounded. `registered_events` is what the product registers.
    Errors: ValueError for a ratio or exposure that is not positive, a ratio of 1, alpha or power outside 0..1.
    Source: (z₁₋α⸝₂ + z_power)²·(1 + 1/(ratio·exposure_ratio))/ln(ratio)².

    >>> round(events_needed(0.5), 1), round(events_needed(0.7), 1)
    (49.0, 149.8)
    """
    if ratio <= 0 or ratio == 1:
        raise ValueError(f"A ratio to be shown is positive and not 1, not {ratio}")
    want_exposures(exposure_ratio)
    want_shares(alpha, power)
    z = NormalDist().inv_cdf(1 - alpha / 2) + NormalDist().inv_cdf(power)
    return z * z * (1 + 1 / (ratio * exposure_ratio)) / math.log(ratio) ** 2


@dataclass(frozen=True, slots=True)
class Plan:
    """How a fix is going to be judged, so that the events it needs can be known beforehand.

    `ratio` is the smallest effect that matters, `power` how often it is to be verified. `exposure_ratio` is
    exposure after over before; `control` how many events a control group has before (None: no control);
    `dispersion` that of the counts. With `looks` the fix is judged that often at even distances, and may be
    verified at any of them; 1 is the end alone.
    Errors: ValueError for a ratio outside 0..0.98, a power outside 0..1, sizes that are not positive.

    >>> Plan(0.5, control=100).power
    0.8
    """

    ratio: float
    power: float = 0.8
    exposure_ratio: float = 1.0
    control: float | None = None
    dispersion: float = 1.0
    looks: int = 1

    def __post_init__(self) -> None:
        _want_smallest_effect(self.ratio)
        want_shares(self.power)
        want_exposures(self.exposure_ratio, self.looks, 1.0 if self.control is None else self.control)
        want_counts(self.dispersion - 1)


def registered_events(plan: Plan, *, seed: int) -> int:
    """The smallest expected number of events before with which the rule of `judge` verifies a fix often enough.

    Shapes: one plan, and a seed: the same seed gives the same number. Units: events before.
    Simulated 4,000 times for each number tried: totals are Poisson, or negative binomial with the plan's
    dispersion; a fix is verified where its always-valid interval lies below 1. It aims one
    percentage point above the plan's power, as simulation errs by about that.
    Errors: ValueError where no number up to 10 million does, as with a control group too small.
    Source: own; the textbook's 49 for a halving would have power .794 under one exact test at the end.

    >>> registered_events(Plan(0.5), seed=1) > events_needed(0.5)
    True
    """
    enough = 8
    while _power(plan, enough, seed) < plan.power + ABOVE:
        enough *= 2
        if enough > MOST_EVENTS:
            raise ValueError("No number of events would be enough: the control group is too small")
    too_few = enough // 2
    while enough - too_few > max(1, enough // 200):
        middle = (enough + too_few) // 2
        if _power(plan, middle, seed) < plan.power + ABOVE:
            too_few = middle
        else:
            enough = middle
    return enough


def _power(plan: Plan, before: int, seed: int) -> float:
    """How often a fix of the planned effect is verified at one of the looks."""
    import numpy as np

    rng = np.random.default_rng(seed)
    early = _drawn(rng, before, plan.dispersion, 1)
    late = _drawn(rng, before * plan.ratio * plan.exposure_ratio, plan.dispersion, plan.looks)
    done = plan.exposure_ratio * np.arange(1, plan.looks + 1) / plan.looks
    if plan.control is None:
        _, high = always_valid(
            after=late.ravel(),
            exposure_after=np.tile(done, SIMULATIONS),
            before=np.repeat(early, plan.looks),
            exposure_before=1,
            dispersion=plan.dispersion,
        )
        return float((high.reshape(late.shape) < 1).any(axis=1).mean())
    other_early = _drawn(rng, plan.control, plan.dispersion, 1)
    other_late = _drawn(rng, plan.control * plan.exposure_ratio, plan.dispersion, plan.looks)
    own, other = _changes(late, early, done), _changes(other_late, other_early, done)
    _, high = always_valid_normal(own[0] - other[0], np.sqrt(plan.dispersion * (own[1] + other[1])))
    return float((high < 1).any(axis=1).mean())


def _drawn(rng: Any, mean: float, dispersion: float, looks: int) -> Any:
    """Running totals up to each look, a row for each simulation; the mean is that of the last."""
    shape = (SIMULATIONS, looks)
    each = mean / looks
    if dispersion > 1:
        rate = rng.gamma(each / (dispersion - 1), dispersion - 1, shape)
        return rng.poisson(rate).cumsum(axis=1)
    return rng.poisson(each, shape).cumsum(axis=1)


def _changes(late: Any, early: Any, done: Any) -> tuple[Any, Any]:
    """`log_change` of many at once."""
    import numpy as np

    half = np.where((late > 0) & (early > 0), 0.0, 0.5)
    late, early = late + half, early + half
    return np.log(late / early / done), 1 / late + 1 / early


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

    want_counts(before)
    want_exposures(exposure_before)
    _want_smallest_effect(ratio)
    want_shares(power)
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


def _want_smallest_effect(ratio: float) -> None:
    if not 0 < ratio <= 0.98:
        raise ValueError(f"A fix worth registering cuts the rate to a share between 0 and .98, not {ratio}")

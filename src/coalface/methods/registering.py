"""How many events a fix has to be judged by, and when there will be enough of them."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from .before_after import Windows
from .comparing import compare
from .counted import want_counts, want_exposures, want_shares, whole
from .judging import ruled

FIVE_YEARS = 1826
NEAR = 0.012
SIMULATIONS, ROUNDS, FEWEST_EVENTS, MOST_EVENTS = 1_500, 12, 1.0, 1_000_000
# How far above the power it aims, as a share of what is left to 1; what is read from periods errs more.
ABOVE, ABOVE_FOR_PERIODS = 0.15, 0.3
# How far an estimate has to lie from 1, in standard errors, before the always-valid interval leaves 1 out.
USUAL_BAR = 3.1


@dataclass(frozen=True, slots=True)
class Plan:
    """How a fix is going to be judged, so that the events it needs can be known beforehand.

    `ratio` is the smallest effect that matters, `power` how often it is to be verified. `exposure_ratio` is
    exposure after over before; `control` how many events a control group has before (None: no control);
    `dispersion` that of the counts. Counts come in that many `periods` before, and as many in each stretch of
    time after (1: totals only). With `peeking` every period after is judged, and any may verify.
    Errors: ValueError for a ratio outside 0..0.98, a power outside 0..1, sizes that are not positive.

    >>> Plan(0.5, control=100).periods_after
    26
    """

    ratio: float
    power: float = 0.8
    exposure_ratio: float = 1.0
    control: float | None = None
    dispersion: float = 1.0
    peeking: bool = False
    periods: int = 26

    def __post_init__(self) -> None:
        _want_smallest_effect(self.ratio)
        whole(self.periods, "The number of periods")
        want_shares(self.power)
        want_exposures(self.exposure_ratio, self.periods, 1.0 if self.control is None else self.control)
        want_counts(self.dispersion - 1)

    @property
    def periods_after(self) -> int:
        return max(1, round(self.periods * self.exposure_ratio))


def registered_events(plan: Plan, *, seed: int) -> int:
    """How many events to expect before a fix, so that `judge` verifies the planned effect often enough.

    Shapes: one plan, and a seed: the same seed gives the same number. Units: events before.
    1,500 fixes are simulated and judged for each number tried, with Poisson counts or, with a dispersion,
    negative binomial ones. It aims a little above the plan's power, as simulation errs.
    Errors: ValueError for what is no plan, and where no number would do, as with a control group too small.
    Source: own; the textbook's 49 for a halving has power .794 under one exact test at the end.

    >>> registered_events(Plan(0.3, periods=1), seed=1) < 60
    True
    """
    if not isinstance(plan, Plan):
        raise ValueError(f"A Plan says how the fix is going to be judged, not {type(plan).__name__}")
    usual = NormalDist()
    above = ABOVE if plan.periods == 1 else ABOVE_FOR_PERIODS
    aim = usual.inv_cdf(plan.power + (1 - plan.power) * above)
    events = (USUAL_BAR + aim) ** 2 * plan.dispersion * (1 + 1 / (plan.ratio * plan.exposure_ratio))
    events, enough = max(FEWEST_EVENTS, events / math.log(plan.ratio) ** 2), math.inf
    for _ in range(ROUNDS):
        verified = _power(plan, events, seed)
        if abs(verified - usual.cdf(aim)) <= NEAR:
            return math.ceil(events)
        if verified >= plan.power:
            enough = min(enough, events)
        shown = usual.inv_cdf(min(max(verified, 0.001), 0.999))
        events *= ((USUAL_BAR + aim) / (USUAL_BAR + max(shown, -USUAL_BAR / 2))) ** 2
        if events > MOST_EVENTS:
            break
    if enough < math.inf:
        return math.ceil(enough)  # a count or two more or less change the power by more than is aimed at
    too_small = "the effect is too small" if plan.control is None else "the control group is too small"
    raise ValueError(f"No number of events up to a million would be enough: {too_small}")


def _power(plan: Plan, events: float, seed: int) -> float:
    """How often a fix of the planned effect is verified."""
    from numpy.random import default_rng

    rng = default_rng(seed)
    drawn = [_drawn(rng, plan, events, plan.ratio)]
    if plan.control is not None:
        drawn.append(_drawn(rng, plan, plan.control, 1.0))
    return sum(_verified(plan, *one) for one in zip(*drawn, strict=True)) / SIMULATIONS


def _drawn(rng: Any, plan: Plan, events: float, ratio: float) -> list[Windows]:
    """Windows of counts, a period each."""
    import numpy as np

    early, late = plan.periods, plan.periods_after
    done = plan.exposure_ratio / late
    means = np.concatenate([np.full(early, events / early), np.full(late, events * ratio * done)])
    if plan.dispersion > 1:
        means = rng.gamma(means / (plan.dispersion - 1), plan.dispersion - 1, (SIMULATIONS, early + late))
    counts = rng.poisson(means, (SIMULATIONS, early + late)).tolist()
    exposures = (1 / early,) * early, (done,) * late
    return [Windows(tuple(row[:early]), tuple(row[early:]), *exposures) for row in counts]


def _verified(plan: Plan, issue: Windows, control: Windows | None = None) -> bool:
    """Whether a fix is verified at the end or, where it is looked at before, at one of the looks."""
    known = plan.dispersion if plan.periods == 1 else None
    looks = len(issue.after)
    for look in range(looks, 0 if plan.peeking else looks - 1, -1):
        so_far, beside = issue.up_to(look), control.up_to(look) if control else None
        found = compare(so_far, beside, known_dispersion=known)
        verdict = ruled(so_far, found, smallest_effect=plan.ratio, alone=beside is None)
        if verdict.ruling == "verified":
            return True
    return False


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

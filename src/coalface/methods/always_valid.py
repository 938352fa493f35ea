"""Intervals that stay true however often one looks, so that a fix may be judged every week."""

import math
from collections.abc import Sequence
from typing import Any

from .counted import want_counts, want_exposures, want_shares

# What fixes do, before this one is known: two in three ratios lie between a half and double.
USUAL_LOG_RATIO = math.log(2)
REACH, POINTS = 9.0, 181

Numbers = float | Sequence[float] | Any


def always_valid(
    *,
    after: Numbers,
    exposure_after: Numbers,
    before: Numbers,
    exposure_before: Numbers,
    dispersion: float = 1.0,
    alpha: float = 0.05,
) -> tuple[Any, Any]:
    """Low and high ends of the ratio of two rates that hold at all looks together with 1 − alpha.

    Shapes: numbers, or sequences of one length for many looks at once; arrays out. Units: ratios, 0 and
    infinity where there is no end. A ratio stays in while its binomial likelihood (given the total, to the
    power 1/dispersion) is at least alpha times that of a mixture of ratios, normal on the log scale around 1
    with standard deviation ln 2.
    Errors: ValueError for negative counts, exposures that are not positive, a dispersion below 1.
    Source: Robbins (1970), Annals of Mathematical Statistics 41:1397–1409; Ville (1939).

    >>> low, high = always_valid(after=18, exposure_after=1, before=42, exposure_before=1)
    >>> print(f"{low[0]:.3f}–{high[0]:.3f}")
    0.171–0.974
    """
    import numpy as np

    want_shares(alpha)
    want_counts(dispersion - 1)
    late, late_done, early, early_done = np.broadcast_arrays(
        *(
            np.atleast_1d(np.asarray(each, dtype=float))
            for each in (after, exposure_after, before, exposure_before)
        )
    )
    want_counts(late.min(), late.max(), early.min(), early.max())
    want_exposures(late_done.min(), late_done.max(), early_done.min(), early_done.max())
    offset = np.log(late_done / early_done)
    centre = np.log((late + 0.5) / (early + 0.5)) - offset
    se = np.sqrt(dispersion * (1 / (late + 0.5) + 1 / (early + 0.5)))
    near = centre[:, None] + se[:, None] * np.linspace(-REACH, REACH, POINTS)
    far = np.broadcast_to(np.linspace(-REACH, REACH, POINTS) * USUAL_LOG_RATIO, near.shape)
    grid = np.sort(np.concatenate((near, far), axis=1), axis=1)
    tilted = grid + offset[:, None]
    likelihood = (late[:, None] * tilted - (late + early)[:, None] * np.logaddexp(0, tilted)) / dispersion
    return _ends(grid, likelihood - _mixed(grid, likelihood) - math.log(alpha))


def _mixed(grid: Any, likelihood: Any) -> Any:
    """The logarithm of the mean likelihood of the usual ratios, a column; trapezes on an uneven grid."""
    import numpy as np

    usual = -0.5 * (grid / USUAL_LOG_RATIO) ** 2 - math.log(USUAL_LOG_RATIO * math.sqrt(2 * math.pi))
    joint = likelihood + usual
    top = joint.max(axis=1, keepdims=True)
    return top + np.log(np.trapezoid(np.exp(joint - top), grid, axis=1))[:, None]


def _ends(grid: Any, inside: Any) -> tuple[Any, Any]:
    """Where a curve first and last crosses zero, on a straight line between points, as ratios."""
    import numpy as np

    rows, kept = np.arange(len(grid)), inside >= 0
    first, last = kept.argmax(axis=1), kept.shape[1] - 1 - kept[:, ::-1].argmax(axis=1)

    def crossing(within: Any, outside: Any) -> Any:
        at, beyond = inside[rows, within], inside[rows, outside]
        share = np.divide(at, at - beyond, out=np.zeros_like(at), where=at != beyond)
        return np.exp(grid[rows, within] + share * (grid[rows, outside] - grid[rows, within]))

    low = np.where(first == 0, 0.0, crossing(first, np.maximum(first - 1, 0)))
    end = kept.shape[1] - 1
    return low, np.where(last == end, math.inf, crossing(last, np.minimum(last + 1, end)))


def always_valid_normal(log_ratio: Numbers, se: Numbers, *, alpha: float = 0.05) -> tuple[Any, Any]:
    """The same for estimates that are normal on the log scale, such as those with a control group.

    Shapes: logarithms of ratios and their standard errors at each look; numbers or arrays. Units: ratios out.
    The mixture is that of `always_valid`; a later look has to use all events of the earlier ones.
    Errors: ValueError for a standard error that is not positive, or an alpha outside 0..1.
    Source: Robbins (1970); Jennison & Turnbull (1997), JASA 92:1330–1341, for estimates as a Brownian motion.

    >>> low, high = always_valid_normal(math.log(18 / 42), math.sqrt(1 / 18 + 1 / 42))
    >>> print(f"{low:.3f}–{high:.3f}")
    0.182–1.009
    """
    import numpy as np

    centre, spread = np.asarray(log_ratio, dtype=float), np.asarray(se, dtype=float)
    want_exposures(spread.min(), spread.max())
    want_shares(alpha)
    wide = spread**2 + USUAL_LOG_RATIO**2
    beyond = np.log(wide / spread**2) / 2 + centre**2 / (2 * wide) - math.log(alpha)
    reach = spread * np.sqrt(2 * beyond)
    return np.exp(centre - reach), np.exp(centre + reach)

"""How much more counts vary than chance alone would have it, from the time before a fix."""

import math
from collections.abc import Sequence
from typing import Any

from .counted import want_counts, want_exposures

FEWEST_PERIODS = 8
SMALL = 1e-9


def dispersion(
    counts: Sequence[int], exposures: Sequence[float], control: Sequence[int] | None = None
) -> float:
    """The dispersion φ of counts around a constant rate; 1 for too few periods or events to say.

    With a control group: of how counts share in the total with it, period by period. What moves both alike –
    a season, more customers – leaves that share as it is.
    Shapes: sequences of one length; with a control, `exposures` is exposure over the control's exposure.
    Units: variance over that of Poisson (or binomial) counts. Where neighbours are alike the sum of many
    varies more than each alone: then the long-run variance is taken.
    Errors: ValueError for negative counts or exposures that are not positive.
    Source: McCullagh & Nelder (1989), 4.5.2; Newey & West (1987), Econometrica 55:703–708.

    >>> round(dispersion([4, 14, 8, 2, 12, 6, 10, 16, 3, 9], [1] * 10), 2)
    2.65
    >>> dispersion([4, 8, 12, 8, 4, 8, 12, 8], [1] * 8, control=[8, 16, 24, 16, 8, 16, 24, 16])
    0.0
    """
    residuals, _ = surprises(counts, exposures, control)
    n = len(residuals)
    if n < FEWEST_PERIODS:
        return 1.0
    spread = float(residuals @ residuals) / (n - 1)
    return spread * _clustering(residuals) if spread > SMALL else 0.0


def surprises(
    counts: Sequence[int], exposures: Sequence[float], control: Sequence[int] | None = None
) -> tuple[Any, Any]:
    """How far each count lies from a constant rate in standard deviations of chance, and those deviations.

    Shapes: as `dispersion`; two arrays of one length, periods without anything to expect left out as zeros.
    Units: standard deviations, and events. Errors: as `dispersion`. Source: Pearson's residuals.

    >>> [round(float(each), 2) for each in surprises([4, 9, 5], [1, 1, 1])[0]]
    [-0.82, 1.22, -0.41]
    """
    import numpy as np

    want_counts(*counts, *(control or ()))
    want_exposures(*exposures)
    own, done = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    if control is None:
        expected = done * own.sum() / done.sum()
        variance = expected
    else:
        both = own + np.asarray(control)
        share = _shares(own, both, done)
        expected, variance = share * both, share * (1 - share) * both
    deviations = np.sqrt(variance)
    return np.divide(own - expected, deviations, out=np.zeros_like(own), where=deviations > 0), deviations


def _shares(own: Any, both: Any, odds: Any) -> Any:
    """The share of each total that one ratio of rates gives, so that all of them add up to what was seen."""
    ratio = (own.sum() + SMALL) / (both.sum() - own.sum() + SMALL)
    for _ in range(20):
        share = ratio * odds / (1 + ratio * odds)
        ratio *= (own.sum() + SMALL) / ((share * both).sum() + SMALL)
    return ratio * odds / (1 + ratio * odds)


def _clustering(residuals: Any) -> float:
    """Long-run variance over variance; 1 unless neighbours are more alike than chance would have it."""
    n, all_of_it = len(residuals), float(residuals @ residuals)
    lags = lags_of(n)
    alike = [float(residuals[lag:] @ residuals[:-lag]) / all_of_it for lag in range(1, lags + 1)]
    if max(alike) < 2 / math.sqrt(n):
        return 1.0
    return max(1.0, 1 + 2 * sum((1 - lag / (lags + 1)) * each for lag, each in enumerate(alike, 1)))


def lags_of(periods: int) -> int:
    """How many neighbours a Newey–West variance looks at.

    Shapes: a number of periods. Units: periods. Errors: none.
    Source: Newey & West (1994), Review of Economic Studies 61:631–653: ⌊4·(n/100)^(2/9)⌋.

    >>> lags_of(104)
    4
    """
    return max(1, math.floor(4 * math.pow(periods / 100, 2 / 9)))

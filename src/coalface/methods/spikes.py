"""The run of periods before a fix that stands out: what the fix was picked for, and what passes by itself."""

from collections.abc import Sequence

from .counted import want_counts, want_exposures

FEWEST_PERIODS = 8
LATELY = 26
LARGEST_SHARE = 1 / 3
STANDS_OUT = 3.0


def standing_out(counts: Sequence[int], exposures: Sequence[float]) -> tuple[int, int] | None:
    """The run that stands out most from the rest: its first period and the one after its last; or None.

    Shapes: two sequences of one length, up to the day of the fix. Units: events and what was done. Runs are
    at most a third of the periods and end within the last half of them, and within the last 26: a fix is
    picked for what happened lately. A run stands out when the signed root of its likelihood ratio, against
    the rest and over the rest's dispersion, reaches 3.
    Errors: ValueError for negative counts or exposures that are not positive.
    Source: Kulldorff (1997), Communications in Statistics 26:1481–1496; for regression to the mean Hauer
    (1997), Observational Before–After Studies in Road Safety.

    >>> standing_out([10, 9, 12, 8, 11, 10, 9, 11, 30, 28, 10, 9], [1] * 12)
    (8, 10)
    """
    import numpy as np

    want_counts(*counts)
    want_exposures(*exposures)
    n = len(counts)
    if n < FEWEST_PERIODS or not sum(counts):
        return None
    seen, done = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    sums = [np.concatenate(([0.0], each.cumsum())) for each in (seen, done, seen**2 / done)]
    first, stop = np.meshgrid(np.arange(n), np.arange(max(n // 2, n - LATELY) + 1, n + 1), indexing="ij")
    fits = (stop > first) & (stop - first <= max(1, int(n * LARGEST_SHARE)))
    first, stop = first[fits], stop[fits]
    within, quantity, squares = (each[stop] - each[first] for each in sums)
    rest, rest_done = seen.sum() - within, done.sum() - quantity
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = rest / rest_done
        overall = seen.sum() / done.sum()
        surprise = within * np.log(within / quantity / overall) + rest * np.log(rate / overall)
        spread = ((sums[2][-1] - squares) / rate - rest) / np.maximum(n - (stop - first) - 1, 1)
        root = np.sqrt(2 * surprise / np.maximum(spread, 1.0))
    root = np.where((within / quantity > rate) & np.isfinite(root), root, 0.0)
    best = int(root.argmax())
    return (int(first[best]), int(stop[best])) if root[best] >= STANDS_OUT else None

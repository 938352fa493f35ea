"""Which of many figures in a row say that something changed, and which are the usual up and down."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median
from typing import Final

SIGMAS: Final = 3.0
# The mean range of two draws from a normal distribution is 1.128 standard deviations.
RANGE_OF_TWO: Final = 1.128
RUN: Final = 8
FEWEST_POINTS: Final = 12
FEWEST_A_POINT: Final = 1.0


@dataclass(frozen=True, slots=True)
class Signal:
    """A point that says more than the usual up and down.

    `at` is its 0-based place; `rule` is "above" or "below" (outside the limits), or "high" or "low" (the
    point completes, or goes on with, a run on one side of the middle that began at `since`).
    """

    at: int
    rule: str
    since: int


@dataclass(frozen=True, slots=True)
class ControlChart:
    """The centre, the limits of each point, and the points that are signals.

    `centre`, `low` and `high` share the unit of the points; they come from the first `n` points, the
    baseline. Where nothing can be said `centre` is None, there are no limits, and `missing` says what there
    is too little of: "points", or "events".
    """

    centre: float | None
    low: tuple[float, ...]
    high: tuple[float, ...]
    signals: tuple[Signal, ...]
    n: int
    method: str
    missing: str = ""


def xmr(values: Sequence[float], *, baseline: int | None = None) -> ControlChart:
    """Single values in a row: mean ± 3 · mean moving range / 1.128.

    Shapes: values in order; `baseline` says from how many of the first the limits come (default: all).
    Units: those of the values. Errors: ValueError for fewer than two values in the baseline, or one that
    is not finite. Source: Shewhart (1931); NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.

    >>> chart = xmr([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    >>> print(f"{chart.centre:.2f} {chart.high[0]:.4f}/{chart.low[0]:.4f}")
    50.81 55.8041/45.8159
    """
    first = _baseline(values, baseline, least=2)
    centre = fmean(first)
    reach = SIGMAS * _spread(first)
    return _chart(values, centre, centre, [reach] * len(values), len(first), "xmr", floor=-math.inf)


def p_chart(events: Sequence[int], sizes: Sequence[int], *, baseline: int | None = None) -> ControlChart:
    """Shares of groups: p̄ ± 3·√(p̄(1 − p̄)/n), each group with its own limits.

    Shapes: two sequences of one length, events and how many there could have been. Units: shares 0 to 1.
    Errors: ValueError for lengths that differ, an empty group, or more events than the group holds.
    Source: Shewhart (1931); NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2.

    >>> chart = p_chart([12, 15, 8], [50, 50, 50])
    >>> print(f"{chart.centre:.4f} {chart.high[0]:.4f}/{chart.low[0]:.4f}")
    0.2333 0.4128/0.0539
    """
    if len(events) != len(sizes) or any(not 0 <= e <= n or n < 1 for e, n in zip(events, sizes, strict=True)):
        raise ValueError("Events and groups are two sequences of one length, and no group holds fewer events")
    first = _baseline(events, baseline, least=1)
    centre = sum(first) / sum(sizes[: len(first)])
    reach = [SIGMAS * math.sqrt(centre * (1 - centre) / n) for n in sizes]
    shares = [e / n for e, n in zip(events, sizes, strict=True)]
    return _chart(shares, centre, centre, reach, len(first), "p", ceiling=1.0)


def u_chart(
    events: Sequence[int], exposures: Sequence[float], *, baseline: int | None = None
) -> ControlChart:
    """Events per exposure: ū ± 3·√(ū/n), each point with its own limits; exposure 1 throughout is a c chart.

    Shapes: two sequences of one length. Units: events per unit of exposure. Errors: ValueError for lengths
    that differ, negative events, or an exposure that is not positive.
    Source: Shewhart (1931); NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.1.

    >>> chart = u_chart([16, 12, 20], [1, 1, 1])
    >>> (chart.centre, chart.high[0], chart.low[0])
    (16.0, 28.0, 4.0)
    """
    if len(events) != len(exposures) or min([*events, 0]) < 0 or not all(n > 0 for n in exposures):
        raise ValueError("Events and exposures are two sequences of one length; exposures are positive")
    first = _baseline(events, baseline, least=1)
    centre = sum(first) / sum(exposures[: len(first)])
    reach = [SIGMAS * math.sqrt(centre / n) for n in exposures]
    rates = [e / n for e, n in zip(events, exposures, strict=True)]
    return _chart(rates, centre, centre, reach, len(first), "u")


def counts(
    values: Sequence[int],
    *,
    baseline: int | None = None,
    fewest_points: int = FEWEST_POINTS,
    fewest_a_point: float = FEWEST_A_POINT,
) -> ControlChart:
    """Counts of equal stretches, such as weeks: limits as wide as chance or the weeks themselves ask for.

    The standard deviation is the larger of √centre (what chance alone does to counts) and mean moving range
    / 1.128 (what these counts did): people complain in clusters, and limits of chance alone would call every
    cluster news. Runs are counted against the median, and a point on it ends one: where little is said most
    weeks lie below the mean, and that is not news either.
    Shapes: counts in order. Units: events. With fewer than `fewest_points` in the baseline, or fewer than
    `fewest_a_point` events in the mean one, there are no limits: `missing` is "points" or "events".
    Errors: ValueError for negative counts. Source: Laney (2002), Quality Engineering 14:531–537, for equal
    exposure and never narrower than chance; the median as Nelson (1984) allows.

    >>> chart = counts([4, 6, 5, 3, 7, 5, 4, 6, 5, 5, 4, 6, 14], baseline=12)
    >>> chart.centre, round(chart.high[0], 2), chart.signals
    (5.0, 11.71, (Signal(at=12, rule='above', since=12),))
    >>> counts([1, 2, 3]).missing
    'points'
    """
    if min([*values, 0]) < 0:
        raise ValueError("Counts are not negative")
    first = list(values[: len(values) if baseline is None else baseline])
    centre = fmean(first) if first else 0.0
    missing = "points" if len(first) < fewest_points else "events" if centre < fewest_a_point else ""
    if missing:
        return ControlChart(None, (), (), (), len(first), "counts", missing)
    reach = SIGMAS * max(math.sqrt(centre), _spread(first))
    return _chart(values, centre, median(first), [reach] * len(values), len(first), "counts")


def _baseline(values: Sequence[float], baseline: int | None, *, least: int) -> Sequence[float]:
    first = values[: len(values) if baseline is None else baseline]
    if len(first) < least or not all(math.isfinite(value) for value in values):
        raise ValueError(f"A baseline has at least {least} finite values, not {len(first)}")
    return first


def _spread(values: Sequence[float]) -> float:
    """The standard deviation, as neighbours differ: a slow drift does not widen it."""
    ranges = [abs(after - before) for before, after in pairwise(values)]
    return fmean(ranges) / RANGE_OF_TWO


def _chart(
    values: Sequence[float],
    centre: float,
    middle: float,
    reach: Sequence[float],
    n: int,
    method: str,
    *,
    floor: float = 0.0,
    ceiling: float = math.inf,
) -> ControlChart:
    low = tuple(max(floor, centre - each) for each in reach)
    high = tuple(min(ceiling, centre + each) for each in reach)
    return ControlChart(centre, low, high, _signals(values, low, high, middle), n, method)


def _signals(
    values: Sequence[float], low: Sequence[float], high: Sequence[float], middle: float
) -> tuple[Signal, ...]:
    """One signal a point: outside the limits says more than the run it may belong to."""
    found, side, since = [], 0, 0
    for at, value in enumerate(values):
        now = (value > middle) - (value < middle)
        if now != side:
            side, since = now, at
        if value > high[at] or value < low[at]:
            found.append(Signal(at, "above" if value > high[at] else "below", at))
        elif side and at - since + 1 >= RUN:
            found.append(Signal(at, "high" if side > 0 else "low", since))
    return tuple(found)

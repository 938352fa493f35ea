"""Interrupted time series: the step at a fix, with trend and season taken out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any
from warnings import catch_warnings, simplefilter

from .counted import number, want_counts, want_exposures
from .dispersion import SMALL, lags_of, surprises
from .rate_ratios import RateRatio, wald

HARMONICS = 2
FEWEST_PERIODS_OF_A_TREND = 12
DRIFTS = 0.1


@dataclass(frozen=True, slots=True)
class Step:
    """The step on the log scale, its standard errors with and without dispersion, and what was used.

    `pace`: what each period would bring without the step, on any scale.

    >>> Step(-0.1, 0.05, 0.03, 2.3, 0.1, 120, ("trend",)).ratio().n
    120
    """

    log_ratio: float
    se: float
    plain_se: float
    dispersion: float
    correlation: float
    n: int
    used: tuple[str, ...]
    pace: tuple[float, ...] = ()

    def ratio(self) -> RateRatio:
        return wald(self.log_ratio, self.se, n=self.n, method="interrupted_series")

    def plain(self) -> RateRatio:
        return wald(self.log_ratio, self.plain_se, n=self.n, method="interrupted_series")


@dataclass(frozen=True, slots=True)
class Series:
    """Counts of periods at their places in time, with their exposure, and those of a control group.

    With a control group the exposure is that over the control's. `start`: the place where "after" begins.

    >>> len(Series((4, 5, 2), (1.0, 1.0, 1.0), (0, 1, 2), start=2).early.counts)
    2
    """

    counts: tuple[int, ...]
    exposure: tuple[float, ...]
    at: tuple[int, ...]
    start: int
    control: tuple[int, ...] | None = None

    @property
    def early(self) -> "Series":
        """What lies before the fix."""
        return self.only([place < self.start for place in self.at])

    def only(self, held: Sequence[bool]) -> "Series":
        """The periods that are held."""
        control = tuple(compress(self.control, held)) if self.control is not None else None
        counts, at = (tuple(compress(each, held)) for each in (self.counts, self.at))
        return Series(counts, tuple(compress(self.exposure, held)), at, self.start, control)


def season_of(given: Any) -> float | None:
    """The number of periods in a year, or None for no season.

    Shapes: a number, None or False. Units: periods. Errors: ValueError for less than two periods, and for
    what is no number. Source: own.

    >>> season_of(12), season_of(None), season_of(False)
    (12.0, None, None)
    """
    if given is None or given is False:
        return None
    periods = number(given, "A season")
    if not 2 <= periods < math.inf or given is True:
        raise ValueError(f"A season is the number of periods in a year, such as 12 or 52, not {given}")
    return periods


def step_of(series: Series, *, trend: bool, season: float | None) -> Step:
    """The step at a fix in a log-linear model; with a control group in a logistic one.

    Shapes: one series; season is the number of periods in a year (two harmonics), or None. Units: logarithm
    of a ratio. The standard error is the larger of quasi-Poisson and, where residuals are alike, Newey–West.
    Where one side of the fix holds no event, half an event is spread over it.
    Errors: ValueError for negative counts, exposures that are not positive, too few periods for the model,
    and no event at all. Source: Bernal, Cummins & Gasparrini (2017), Int. J. Epidemiology 46:348–355.

    >>> halved = Series((9, 11, 10, 12, 5, 4, 6, 5), (1.0,) * 8, tuple(range(8)), start=4)
    >>> round(math.exp(step_of(halved, trend=False, season=None).log_ratio), 3)
    0.476
    """
    import numpy as np

    want_counts(*series.counts)
    want_exposures(*series.exposure)
    time = np.asarray(series.at, dtype=float)
    design = np.column_stack([np.ones_like(time), time >= series.start, *_terms(time, trend, season)])
    if np.linalg.matrix_rank(design) < design.shape[1] or len(time) <= design.shape[1]:
        raise ValueError(f"{len(time)} periods are too few for a step with trend and season")
    fitted, held = _fit(series, design)
    residuals, periods = np.asarray(fitted.resid_pearson), int(held.sum())
    spread = max(1.0, float(residuals @ residuals) / max(1, periods - design.shape[1]))
    plain = float(fitted.bse[1])
    correlation = max(_alike(residuals, lag) for lag in range(1, lags_of(periods) + 1))
    se, used = plain * math.sqrt(spread), ("trend",) * trend + ("season",) * bool(season)
    robust = _newey_west(fitted, periods) if correlation > 2 / math.sqrt(periods) else 0.0
    if robust > se:
        se, used = robust, (*used, "newey_west")
    n = sum(series.counts) + sum(series.control or ())
    pace = _pace(series, design[:, 2:] @ fitted.params[2:])
    return Step(float(fitted.params[1]), se, plain, spread, correlation, n, used, pace)


def _pace(series: Series, drift: Any) -> tuple[float, ...]:
    """What each period would bring without the step: what was done, what drifts, what the control brings."""
    import numpy as np

    beside = 1.0 if series.control is None else np.asarray(series.control) + 0.5
    return tuple((np.asarray(series.exposure) * beside * np.exp(drift - drift.max())).tolist())


def _terms(time: Any, trend: bool, season: float | None) -> list[Any]:
    import numpy as np

    terms = [(time - time.mean()) / len(time)] if trend else []
    for turn in range(1, HARMONICS + 1 if season else 1):
        angle = 2 * math.pi * turn * time / season
        # A wave of two periods has no sine, and shorter ones are those that are there already.
        terms += [np.sin(angle)] if season and 2 * turn < season else []
        terms += [np.cos(angle)] if season and 2 * turn <= season else []
    return terms


def _fit(series: Series, design: Any) -> tuple[Any, Any]:
    """The fitted model, and which periods it rests on."""
    import numpy as np
    from statsmodels.genmod.families import Binomial, Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    offset, late = np.log(series.exposure), design[:, 1] > 0
    counts = _spread_over(np.asarray(series.counts, dtype=float), late)
    if series.control is None:
        held = np.ones(len(counts), dtype=bool)
        model = GLM(counts, design, family=Poisson(), offset=offset)
    else:
        control = _spread_over(np.asarray(series.control, dtype=float), late)
        both = np.column_stack([counts, control])
        held = both.sum(axis=1) > 0
        model = GLM(both[held], design[held], family=Binomial(), offset=offset[held])
    with catch_warnings():
        simplefilter("ignore")  # a series that fits perfectly is no reason to say so
        return model.fit(), held


def _spread_over(counts: Any, late: Any) -> Any:
    """The counts, with half an event on a side of the fix that holds none."""
    if not counts.sum():
        raise ValueError("A step needs at least one event")
    for side in (late, ~late):
        if not counts[side].sum():
            counts[side] = 0.5 / side.sum()
    return counts


def _alike(residuals: Any, lag: int) -> float:
    whole = float(residuals @ residuals)
    return float(residuals[lag:] @ residuals[:-lag]) / whole if whole > SMALL else 0.0


def _newey_west(fitted: Any, periods: int) -> float:
    from statsmodels.stats.sandwich_covariance import cov_hac_simple

    spread = cov_hac_simple(fitted, nlags=lags_of(periods), use_correction=True)
    return math.sqrt(max(float(spread[1, 1]), 0.0))


def drifts(early: Series, *, season: float | None) -> tuple[bool, bool]:
    """Whether the time before a fix shows a trend, and a season.

    Shapes: a series that ends with the fix; a season is looked for in one whole year of periods or more.
    Units: two answers. F tests of weighted residuals from a constant rate, each at 10 %, never sharper than
    chance allows: who looks away from a trend sees fixes that are none.
    Errors: ValueError for negative counts or exposures that are not positive. Source: own.

    >>> rising = Series(tuple(range(2, 14)), (1.0,) * 12, tuple(range(12)), start=12)
    >>> drifts(rising, season=None)
    (True, False)
    """
    import numpy as np

    residuals, deviations = surprises(early.counts, early.exposure, early.control)
    time = np.asarray(early.at, dtype=float)
    if len(time) < FEWEST_PERIODS_OF_A_TREND:
        return False, False
    has_season = seasonal(early, season) < DRIFTS
    turns = _terms(time, False, season) if has_season else []
    return _by_chance(residuals, deviations, turns, _terms(time, True, None)) < DRIFTS, has_season


def seasonal(early: Series, season: float | None) -> float:
    """How easily chance alone would bring as much of a season as the time before a fix shows.

    Shapes: a series that ends with the fix; periods in a year. Units: p; 1 where there is no whole year.
    Errors: as `drifts`. Source: F test of weighted residuals, beside a trend.

    >>> waves = Series((9, 6, 3, 6) * 6, (1.0,) * 24, tuple(range(24)), 24)
    >>> seasonal(waves, 4) < 0.01, seasonal(waves, 52)
    (True, 1.0)
    """
    import numpy as np

    if not season or len(early.at) < max(season, FEWEST_PERIODS_OF_A_TREND):
        return 1.0
    residuals, deviations = surprises(early.counts, early.exposure, early.control)
    time = np.asarray(early.at, dtype=float)
    return _by_chance(residuals, deviations, _terms(time, True, None), _terms(time, False, season))


def _by_chance(residuals: Any, deviations: Any, given: list[Any], more: list[Any]) -> float:
    """How easily chance alone would let more terms explain as much of what the given ones leave."""
    import numpy as np
    from scipy.special import fdtrc

    def left(terms: list[Any]) -> float:
        design = np.column_stack([deviations, *(deviations * term for term in terms)])
        fitted, *_ = np.linalg.lstsq(design, residuals, rcond=None)
        return float(((residuals - design @ fitted) ** 2).sum())

    free = len(residuals) - 1 - len(given) - len(more)
    if free < 3:
        return 1.0
    rest = left([*given, *more])
    explained = (left(given) - rest) / len(more) / max(1.0, rest / free)
    return float(fdtrc(len(more), free, explained))

"""Interrupted time series: the step at a fix, with trend and season taken out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

from .counted import want_counts, want_exposures
from .dispersion import lags_of, surprises
from .rate_ratios import RateRatio, wald

HARMONICS = 2
FEWEST_PERIODS_OF_A_TREND = 12
DRIFTS = 0.1


@dataclass(frozen=True, slots=True)
class Step:
    """The step on the log scale, its standard errors with and without dispersion, and what was used.

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
        counts, exposure, at = (tuple(compress(each, held)) for each in (self.counts, self.exposure, self.at))
        return Series(counts, exposure, at, self.start, control)


def step_of(series: Series, *, trend: bool, season: int | None) -> Step:
    """The step at a fix in a log-linear model; with a control group in a logistic one.

    Shapes: one series; season is the number of periods in a year (two harmonics), or None. Units: logarithm
    of a ratio. The standard error is the larger of quasi-Poisson and, where residuals are alike, Newey–West.
    Errors: ValueError for negative counts, exposures that are not positive, too few periods for the model.
    Source: Bernal, Cummins & Gasparrini (2017), Int. J. Epidemiology 46:348–355.

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
    fitted = _fit(series, design)
    residuals = np.asarray(fitted.resid_pearson)
    spread = max(1.0, float(residuals @ residuals) / (len(time) - design.shape[1]))
    plain = float(fitted.bse[1])
    correlation = max(_alike(residuals, lag) for lag in range(1, lags_of(len(time)) + 1))
    se, used = plain * math.sqrt(spread), ("trend",) * trend + ("season",) * bool(season)
    robust = _newey_west(fitted, len(time)) if correlation > 2 / math.sqrt(len(time)) else 0.0
    if robust > se:
        se, used = robust, (*used, "newey_west")
    n = sum(series.counts) + sum(series.control or ())
    return Step(float(fitted.params[1]), se, plain, spread, correlation, n, used)


def _terms(time: Any, trend: bool, season: int | None) -> list[Any]:
    import numpy as np

    terms = [(time - time.mean()) / len(time)] if trend else []
    for turn in range(1, HARMONICS + 1 if season else 1):
        angle = 2 * math.pi * turn * time / season
        terms += [np.sin(angle), np.cos(angle)]
    return terms


def _fit(series: Series, design: Any) -> Any:
    import numpy as np
    from statsmodels.genmod.families import Binomial, Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    offset = np.log(series.exposure)
    if series.control is None:
        return GLM(np.asarray(series.counts), design, family=Poisson(), offset=offset).fit()
    both = np.column_stack([series.counts, series.control])
    held = both.sum(axis=1) > 0
    return GLM(both[held], design[held], family=Binomial(), offset=offset[held]).fit()


def _alike(residuals: Any, lag: int) -> float:
    return float(residuals[lag:] @ residuals[:-lag]) / float(residuals @ residuals)


def _newey_west(fitted: Any, periods: int) -> float:
    from statsmodels.stats.sandwich_covariance import cov_hac_simple

    spread = cov_hac_simple(fitted, nlags=lags_of(periods), use_correction=True)
    return math.sqrt(max(float(spread[1, 1]), 0.0))


def drifts(early: Series, *, season: int | None) -> tuple[bool, bool]:
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
    trend, turns = _terms(time, True, None), _terms(time, False, season)
    if len(time) < FEWEST_PERIODS_OF_A_TREND:
        return False, False
    whole_year = bool(season) and len(time) >= (season or 0)
    has_season = whole_year and _improves(residuals, deviations, trend, turns)
    return _improves(residuals, deviations, turns if has_season else [], trend), has_season


def _improves(residuals: Any, deviations: Any, given: list[Any], more: list[Any]) -> bool:
    """Whether more terms explain what the given ones leave."""
    import numpy as np
    from scipy.special import fdtrc

    def left(terms: list[Any]) -> float:
        design = np.column_stack([deviations, *(deviations * term for term in terms)])
        fitted, *_ = np.linalg.lstsq(design, residuals, rcond=None)
        return float(((residuals - design @ fitted) ** 2).sum())

    free = len(residuals) - 1 - len(given) - len(more)
    if free < 3:
        return False
    rest = left([*given, *more])
    explained = (left(given) - rest) / len(more) / max(1.0, rest / free)
    return bool(fdtrc(len(more), free, explained) < DRIFTS)

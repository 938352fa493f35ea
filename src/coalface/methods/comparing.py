"""Before and after compared: spike left out, dispersion, control group, trend and season allowed for."""

import math
from dataclasses import dataclass, replace
from typing import Any

from .always_valid import always_valid, always_valid_normal
from .before_after import Windows
from .counted import want_counts
from .dispersion import dispersion
from .interrupted import Series, Step, drifts, season_of, seasonal, step_of
from .rate_ratios import RateRatio, difference_in_differences, dispersed_ratio, log_change, rate_ratio
from .spikes import standing_out

OVER = 1.5
WEEKS_OF_A_YEAR, MONTHS_OF_A_YEAR = 52.0, 12.0
FEWEST_BEFORE, FEWEST_AFTER = 24, 6
# A wave of twelve weeks is rare, one of twelve months is not: it has to show clearly.
SURELY_MONTHS = 0.001
# Below so many events the logarithm of a ratio is not normal.
FEWEST_FOR_NORMAL = 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """The ratio adjusted for all that `used` names, the plain one, and the one that may be looked at at will.

    `whole` is the ratio of totals with the spike left in: who blames a fix has to hold against that, too.
    Where trend or season are taken out `ratio` is the step, with a `safe_step` of its own, and `safe` stays
    that of the totals.
    `pace`: what each period kept would bring without a fix, on any scale; `pace_dispersion`: how much more
    than chance counts vary around it. `year`: how many periods a year has.

    >>> from coalface.methods.before_after import windows
    >>> compare(windows(42, 18, 1), None).used
    ('exact',)
    """

    ratio: RateRatio
    plain: RateRatio
    safe: RateRatio
    dispersion: float
    used: tuple[str, ...]
    whole: RateRatio
    spike: tuple[int, int] | None = None
    pace: tuple[float, ...] = ()
    pace_dispersion: float = 1.0
    year: float = WEEKS_OF_A_YEAR
    safe_step: RateRatio | None = None


def compare(
    issue: Windows,
    control: Windows | None,
    *,
    known_dispersion: float | None = None,
    season: float | None = None,
) -> Comparison:
    """How the rate changed, allowing for whatever the periods before the fix show.

    Shapes: the windows of the issue and, where there is one, of its control group; a dispersion where it is
    known, else it is taken from the periods before; periods in a year, else 52 or 12, whichever the time
    before shows (False: there is no season). Units: ratios.
    Dispersion is used from 1.5 on. A step with trend and season takes the place of the ratio of totals when
    the time before shows them (at least 24 periods before and 6 after).
    Errors: those of `rate_ratio`, and ValueError for a dispersion or season that cannot be.
    Source: METHODS §12.1.

    >>> from coalface.methods.before_after import windows
    >>> flip = compare(windows(42, 18, 1), windows(100, 80, 1))
    >>> print(f"{flip.ratio.estimate:.4f} ({flip.ratio.low:.4f}–{flip.ratio.high:.4f})")
    0.5357 (0.2866–1.0014)
    """
    want_counts(0.0 if known_dispersion is None else known_dispersion)
    spike = standing_out(issue.before, issue.exposure_before)
    kept = issue.without(*spike) if spike else issue
    together = control is not None and control.alike(issue) and len(issue.before) > 1
    beside = control.without(*spike) if control and spike and together else control
    seen = _dispersion(kept, beside if together else None) if known_dispersion is None else known_dispersion
    spread = seen if seen > OVER else 1.0
    found = _totals(kept, beside, spread)
    if control and beside and together:
        found = _with_pace(found, kept, beside)
    step = _step(issue, control if together else None, spike, season) if together or not control else None
    if step:
        found = _with_step(found, step, beside if together else None)
    if spike:
        found = replace(found, whole=_totals(issue, control, spread).ratio)
    marks = ("spike_left_out",) if spike else ()
    year = (None if season is True else season_of(season)) or WEEKS_OF_A_YEAR
    return replace(found, dispersion=max(1.0, seen), used=(*found.used, *marks), spike=spike, year=year)


def _dispersion(kept: Windows, control: Windows | None) -> float:
    if control is None:
        return dispersion(kept.before, kept.exposure_before)
    return dispersion(kept.before, _odds(kept, control)[: len(kept.before)], control.before)


def _odds(issue: Windows, control: Windows) -> list[float]:
    own = (*issue.exposure_before, *issue.exposure_after)
    other = (*control.exposure_before, *control.exposure_after)
    return [one / two for one, two in zip(own, other, strict=True)]


def _totals(kept: Windows, control: Windows | None, spread: float) -> Comparison:
    after, before = kept.total_after, kept.total_before
    done_after, done_before = kept.exposure_total_after, kept.exposure_total_before
    plain = rate_ratio(after=after, exposure_after=done_after, before=before, exposure_before=done_before)
    if control:
        ratio, safe = _beside(kept, control, spread)
    else:
        ratio = plain
        if spread > 1:
            ratio = dispersed_ratio(
                after=after,
                exposure_after=done_after,
                before=before,
                exposure_before=done_before,
                dispersion=spread,
            )
        low, high = always_valid(
            after=after,
            exposure_after=done_after,
            before=before,
            exposure_before=done_before,
            dispersion=spread,
        )
        safe = _safe(ratio, (low[0], high[0]))
    used = ("control",) * bool(control) + ("dispersion",) * (spread > 1)
    return Comparison(ratio, plain, safe, spread, used or ("exact",), ratio)


def _beside(kept: Windows, control: Windows, spread: float) -> tuple[RateRatio, RateRatio]:
    own, other = (
        log_change(each.total_after, each.exposure_total_after, each.total_before, each.exposure_total_before)
        for each in (kept, control)
    )
    ratio = difference_in_differences(
        changed=(own[0], spread * own[1]),
        control=(other[0], spread * other[1]),
        n=kept.total_after + kept.total_before + control.total_after + control.total_before,
    )
    if (
        min(kept.total_after, kept.total_before, control.total_after, control.total_before)
        < FEWEST_FOR_NORMAL
    ):
        return ratio, _safe(ratio, _apart(kept, control, spread))
    se = math.sqrt(spread * (own[1] + other[1]))
    return ratio, _safe(ratio, always_valid_normal(own[0] - other[0], se))


def _apart(kept: Windows, control: Windows, spread: float) -> tuple[float, float]:
    """The ends of a ratio of two ratios, each of which holds with half of the usual error."""
    (low,), (high,), (least,), (most,) = (
        end
        for each in (kept, control)
        for end in always_valid(
            after=each.total_after,
            exposure_after=each.exposure_total_after,
            before=each.total_before,
            exposure_before=each.exposure_total_before,
            dispersion=spread,
            alpha=0.025,
        )
    )
    return low / most, high / least if least else math.inf


def _safe(ratio: RateRatio, ends: tuple[Any, Any]) -> RateRatio:
    low, high = (float(each) for each in ends)
    return replace(ratio, low=low, high=high, method="always_valid")


def _step(
    issue: Windows, control: Windows | None, spike: tuple[int, int] | None, season: float | None
) -> Step | None:
    """The step with trend and season, where the time before shows any of them, with its spike or without."""
    start = len(issue.before)
    if start < FEWEST_BEFORE or len(issue.after) < FEWEST_AFTER or not issue.total_before:
        return None
    whole = _series(issue, control)
    kept = whole.only([not (spike and spike[0] <= place < spike[1]) for place in whole.at])
    year = _year(kept.early, season)
    seen = [drifts(each.early, season=year) for each in ((whole, kept) if spike else (kept,))]
    trend, turns = (any(answers) for answers in zip(*seen, strict=True))
    if not (trend or turns):
        return None
    # In a year or two a season and a trend look alike: where there may be one there may be the other.
    return step_of(kept, trend=True, season=year if turns else None)


def _year(early: Series, given: float | None) -> float | None:
    """How many periods a year has: as said, else 52; or 12 in a short series, or where that shows clearly."""
    if given is not None and given is not True:
        return season_of(given)
    if len(early.at) < WEEKS_OF_A_YEAR:
        return MONTHS_OF_A_YEAR
    weeks, months = (seasonal(early, year) for year in (WEEKS_OF_A_YEAR, MONTHS_OF_A_YEAR))
    return MONTHS_OF_A_YEAR if months < min(weeks, SURELY_MONTHS) else WEEKS_OF_A_YEAR


def _series(issue: Windows, control: Windows | None) -> Series:
    counts, done = (*issue.before, *issue.after), (*issue.exposure_before, *issue.exposure_after)
    beside = None
    if control:
        beside, done = (*control.before, *control.after), tuple(_odds(issue, control))
    return Series(counts, done, tuple(range(len(counts))), len(issue.before), beside)


def _with_pace(found: Comparison, kept: Windows, control: Windows) -> Comparison:
    """With the control group's periods as what the issue's would bring."""
    counts = (*control.before, *control.after)
    pace = tuple(odds * (count + 0.5) for odds, count in zip(_odds(kept, control), counts, strict=True))
    spread = found.dispersion * _beside_another(kept, control)
    return replace(found, pace=pace, pace_dispersion=spread)


def _beside_another(kept: Windows, control: Windows) -> float:
    """How much more a ratio varies for being taken to a control group."""
    return 1 + kept.total_after / (control.total_after + 0.5)


def _with_step(found: Comparison, step: Step, control: Windows | None = None) -> Comparison:
    used = tuple(code for code in found.used if code != "exact")
    spread = (step.se / step.plain_se) ** 2
    if control:
        spread *= found.pace_dispersion / found.dispersion
    ratio = step.ratio()
    return replace(
        found,
        ratio=ratio,
        used=(*used, *step.used),
        pace=step.pace,
        pace_dispersion=spread,
        safe_step=_of_step(ratio, step),
    )


def _of_step(ratio: RateRatio, step: Step) -> RateRatio:
    return _safe(ratio, always_valid_normal(step.log_ratio, step.se))


def compare_steps(issue: Windows, *, season: float | None) -> Comparison:
    """The step of an interrupted time series, with trend and, where given, season always taken out.

    Shapes: windows of a count a period; periods in a year, or None; True: 12 or 52, whichever the time
    before shows more clearly. Units: ratios.
    Errors: ValueError for too few periods, and less than a year of them. Source: as `interrupted.step_of`.

    >>> from coalface.methods.before_after import windows
    >>> compare_steps(windows([20, 22, 19, 21, 20, 18], [9, 11, 10, 8, 9, 10], 1), season=None).used
    ('trend',)
    """
    series = _series(issue, None)
    year = _shown(series) if season is True else season_of(season)
    if year and len(series.at) < year:
        raise ValueError(f"{len(series.at)} periods are too few for a season of {year:g}")
    if not sum(series.counts):
        return replace(_totals(issue, None, 1.0), used=(), year=year or WEEKS_OF_A_YEAR)
    step = step_of(series, trend=True, season=year)
    ratio = step.ratio()
    marks = ("dispersion",) * (step.dispersion > 1)
    found = Comparison(
        ratio, step.plain(), _of_step(ratio, step), step.dispersion, (*marks, *step.used), ratio
    )
    return replace(_with_step(found, step), used=found.used, year=year or WEEKS_OF_A_YEAR)


def _shown(series: Series) -> float:
    weeks, months = (seasonal(series.early, year) for year in (WEEKS_OF_A_YEAR, MONTHS_OF_A_YEAR))
    return WEEKS_OF_A_YEAR if weeks < months else MONTHS_OF_A_YEAR

"""What the counts say about a fix: the exact ratio, what luck alone would have done, and what is missing."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count

from coalface.methods.verification import (
    EmpiricalBayes,
    RateRatio,
    TooFewSeries,
    days_until_decidable,
    empirical_bayes,
    finding,
    prior_from,
    rate_ratio,
)
from coalface.records.models import Basis, EvaluationPlan, Fix, Issue, Mention, Ruling, Unit, Verdict

from .counts import (
    Window,
    covered_until,
    exposure_per_day,
    exposures,
    mentions_in,
    quantity_in,
    shipped_on,
    zone_of,
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everything a verdict by counts writes down; the names are those of its columns."""

    ruling: str
    missing: str
    after_from: date
    after_until: date
    events_after: int
    exposure_after: float
    decidable_on: date | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    p: float | None = None
    expected: float | None = None
    expected_low: float | None = None
    expected_high: float | None = None
    naive_ratio: float | None = None


def weigh(fix: Fix, today: date) -> Weighed:
    """Judge a shipped fix by its registered plan, as of the morning of a day."""
    begins_on = shipped_on(fix) + timedelta(days=fix.evaluation_plan.lag_days)
    so_far = _weigh(fix, begins_on, today)
    verified = _last_verified(fix)
    if verified is None:
        return so_far
    if so_far.ruling in {Ruling.NO_CHANGE, Ruling.WORSE}:
        return replace(so_far, ruling=Ruling.RELAPSED)
    return _since(fix, verified, today) or so_far


def _last_verified(fix: Fix) -> Verdict | None:
    """The last verdict that found by counts that the fix had worked."""
    return Verdict.objects.filter(fix=fix, basis=Basis.COUNTS, ruling=Ruling.VERIFIED).first()


def _since(fix: Fix, verified: Verdict, today: date) -> Weighed | None:
    """The time since a fix was verified, if its rate is above what was verified and not below before."""
    lately = _weigh(fix, verified.after_until, today)
    if lately.ratio_low is None:
        return None
    back = lately.ratio_low > verified.ratio_high and (lately.ratio_high is None or lately.ratio_high >= 1)
    return replace(lately, ruling=Ruling.RELAPSED, missing="", decidable_on=None) if back else None


def _weigh(fix: Fix, from_on: date, today: date) -> Weighed:
    plan: EvaluationPlan = fix.evaluation_plan
    known_until = covered_until(measure=plan.measure, unit=fix.unit, today=today)
    window = Window(from_on, max(from_on, known_until or today))
    events, exposure = mentions_in(fix, window), _exposure(fix, plan, window)
    empty = Weighed(Ruling.NOT_ENOUGH_EVIDENCE, "", window.from_on, window.until_on, events, exposure)
    per_day = exposure_per_day(measure=plan.measure, unit=fix.unit, today=today)
    if not plan.exposure_before or not (exposure or per_day):
        return replace(empty, missing="exposure")
    more_days = days_until_decidable(
        before=plan.events_before,
        exposure_before=plan.exposure_before,
        exposure_per_day_after=per_day,
        ratio=plan.smallest_effect,
        elapsed_exposure_after=exposure,
    )
    if not exposure:
        return _too_early(empty, more_days, today)
    return _with_figures(fix, plan, empty, more_days, today)


def _too_early(empty: Weighed, more_days: int | None, today: date) -> Weighed:
    if more_days is None:
        return replace(empty, missing="events")
    on = max(empty.after_until, today) + timedelta(days=max(more_days, 1))
    return replace(empty, missing="time", decidable_on=on)


def _with_figures(
    fix: Fix, plan: EvaluationPlan, empty: Weighed, more_days: int | None, today: date
) -> Weighed:
    ratio = rate_ratio(
        after=empty.events_after,
        exposure_after=empty.exposure_after,
        before=plan.events_before,
        exposure_before=plan.exposure_before,
    )
    expected = _expected(fix, plan, empty.exposure_after)
    ruling = finding(
        ratio=ratio,
        after=empty.events_after,
        expected=expected,
        smallest_effect=plan.smallest_effect,
        decidable=more_days == 0,
    )
    figures = _figures(ratio, expected) | {"naive_ratio": _naive(fix, plan, empty)}
    if more_days != 0:
        return replace(_too_early(empty, more_days, today), **figures)
    return replace(empty, ruling=ruling, missing="" if expected else "prior", **figures)


def _figures(ratio: RateRatio, expected: EmpiricalBayes | None) -> dict[str, float | None]:
    known: dict[str, float | None] = {
        "ratio": ratio.estimate,
        "ratio_low": ratio.low,
        "ratio_high": None if math.isinf(ratio.high) else ratio.high,
        "p": ratio.p,
    }
    if expected:
        known |= {
            "expected": expected.expected,
            "expected_low": expected.low,
            "expected_high": expected.high,
        }
    return known


def _exposure(fix: Fix, plan: EvaluationPlan, window: Window) -> float:
    return quantity_in(exposures(measure=plan.measure, unit=fix.unit, window=window), window.days())


def _naive(fix: Fix, plan: EvaluationPlan, after: Weighed) -> float | None:
    """The ratio to the weeks since the spike began: what luck does to whatever was picked at its worst."""
    if plan.spike_from is None:
        return None
    window = Window(plan.spike_from, shipped_on(fix))
    events, exposure = mentions_in(fix, window), _exposure(fix, plan, window)
    if not (events and exposure):
        return None
    return (after.events_after / after.exposure_after) / (events / exposure)


def _expected(fix: Fix, plan: EvaluationPlan, exposure_after: float) -> EmpiricalBayes | None:
    """What luck alone would have left, learnt from all other issues and units; None with too few of them."""
    counts, done = others(fix)
    try:
        prior = prior_from(counts, done)
    except TooFewSeries:
        return None
    return empirical_bayes(
        before=plan.events_before,
        exposure_before=plan.exposure_before,
        exposure_after=exposure_after,
        prior=prior,
    )


def others(fix: Fix) -> tuple[list[int], list[float]]:
    """Counts and exposures of every other issue and unit over the baseline, the spike left out.

    A fix in a unit is compared with units of its kind, one for everywhere with each unit that counts its
    exposure; the issue itself elsewhere is another series, unless the fix applies there too.
    """
    plan: EvaluationPlan = fix.evaluation_plan
    window = Window(plan.baseline_from, plan.baseline_until, plan.spike_from, plan.spike_until)
    done = _done_by_place(fix, plan, window)
    named = _named_by_place(fix, window, list(done))
    counts, exposure = [], []
    for issue in Issue.objects.standing().order_by("id").values_list("pk", flat=True):
        for place, quantity in done.items():
            if issue == fix.issue_id and (fix.unit is None or place == fix.unit.path):
                continue
            counts.append(named[issue, place])
            exposure.append(quantity)
    return counts, exposure


def _done_by_place(fix: Fix, plan: EvaluationPlan, window: Window) -> dict[str, float]:
    """How much was done in each unit to compare with, keyed by its path."""
    rows = defaultdict(list)
    for row in exposures(measure=plan.measure, unit=None, window=window).select_related("unit"):
        rows[row.unit.path].append(row)
    places = sorted(rows)
    if fix.unit:
        alike = Unit.objects.filter(kind=fix.unit.kind).order_by("path").values_list("path", flat=True)
        places = [place for place in alike if any(path.startswith(place) for path in rows)]
    days = window.days()
    return {
        place: quantity_in((row for path in rows if path.startswith(place) for row in rows[path]), days)
        for place in places
    }


def _named_by_place(fix: Fix, window: Window, places: list[str]) -> Counter[tuple[int, str]]:
    """How often each issue was named in each of these units."""
    named: Counter[tuple[int, str]] = Counter()
    rows = (
        Mention.objects.counted()
        .filter(window.holds(zone_of(fix)))
        .order_by()
        .values_list("issue_id", "unit__path")
        .annotate(n=Count("pk"))
    )
    for issue, path, n in rows:
        for place in places:
            if path.startswith(place):
                named[issue, place] += n
    return named

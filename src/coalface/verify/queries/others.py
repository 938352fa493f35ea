"""What luck alone would have left: learnt from all other issues and units."""

from collections import Counter, defaultdict

from django.db.models import Count

from coalface.act.queries import zone_of
from coalface.methods.verification import EmpiricalBayes, TooFewSeries, empirical_bayes, prior_from
from coalface.records.models import EvaluationPlan, Fix, Issue, Mention, Unit

from .controls import Before
from .counts import Window, exposures, quantity_in


def without_fix(fix: Fix, before: Before, exposure_after: float) -> EmpiricalBayes | None:
    """The count to expect had nothing been done; None with too few other series to learn from."""
    counts, done = others(fix)
    try:
        prior = prior_from(counts, done)
    except TooFewSeries:
        return None
    return empirical_bayes(
        before=before.events, exposure_before=before.exposure, exposure_after=exposure_after, prior=prior
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

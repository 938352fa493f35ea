"""Whether what had worked comes back: a CUSUM over the weeks since it was verified."""

from datetime import date, timedelta

from coalface.act.queries import zone_of
from coalface.methods.verification import Cusum
from coalface.policies import number
from coalface.records.models import Fix, Verdict

from .controls import scope_of
from .counts import Window, covered_until, mentions_in
from .series import DAYS_OF_A_WEEK, done_by_day, in_weeks, named_by_day, weeks_of

WEEK = timedelta(weeks=1)
LEAST_APART = 0.8
LEAST_RATE = 0.05


def come_back(fix: Fix, verified: Verdict, today: date) -> bool:
    """Whether the weeks since a fix was verified signal a return to the rate before it.

    Both rates are counted anew by today's sorting, as the weeks since are: an issue that became part of
    this one meanwhile is no relapse. Nor are days of which nobody knows how much was done.
    """
    plan = fix.evaluation_plan
    until_on = covered_until(measure=plan.measure, unit=fix.unit, today=today)
    if until_on is None or until_on < verified.after_until:
        return False
    whole = (until_on - verified.after_until).days // DAYS_OF_A_WEEK
    window = Window(verified.after_until, verified.after_until + WEEK * whole)
    scope = scope_of(fix)
    done = done_by_day(plan.measure, scope.paths, window)
    weeks = weeks_of(window, done)
    quantities = in_weeks(weeks, done)
    if not whole or not all(quantities):
        return False
    named = named_by_day(scope, window, zone_of(fix))
    counts = in_weeks(weeks, {day: n for day, n in named.items() if day in done})
    before = Window(plan.baseline_from, plan.baseline_until, plan.spike_from, plan.spike_until)
    worked = Window(verified.after_from, verified.after_until)
    rates = (
        mentions_in(fix, before) / plan.exposure_before,
        mentions_in(fix, worked) / verified.exposure_after,
    )
    return _signals(counts, quantities, rates, verified.dispersion)


def _signals(
    counts: list[float], quantities: list[float], rates: tuple[float, float], dispersion: float | None
) -> bool:
    """Counts as they would be in weeks of one size, and of plain luck: a larger spread is divided out."""
    a_week = sum(quantities) / len(quantities)
    spread = max(1.0, dispersion or 1.0)
    bad, good = (rate * a_week / spread for rate in rates)
    if not bad:
        return False
    good = min(max(good, LEAST_RATE * bad), LEAST_APART * bad)
    even = [n * a_week / quantity / spread for n, quantity in zip(counts, quantities, strict=True)]
    watch = Cusum(in_control=good, out_of_control=bad, limit=number("relapse_limit"))
    return watch.signal(even) is not None

"""Whether what had worked comes back: a CUSUM over the weeks since it was verified."""

from datetime import date, timedelta

from coalface.methods.verification import Cusum
from coalface.policies import number
from coalface.records.models import Fix, Verdict

from .controls import scope_of
from .counts import Window, covered_until, zone_of
from .series import DAYS_OF_A_WEEK, done_by_day, in_weeks, named_by_day, weeks_of

WEEK = timedelta(weeks=1)
LEAST_APART = 0.8
LEAST_RATE = 0.05


def come_back(fix: Fix, verified: Verdict, today: date) -> bool:
    """Whether the weeks since a fix was verified signal a return to the rate before it."""
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
    counts = in_weeks(weeks, named_by_day(scope, window, zone_of(fix)))
    return _signals(counts, quantities, plan.events_before / plan.exposure_before, verified)


def _signals(counts: list[float], quantities: list[float], rate_before: float, verified: Verdict) -> bool:
    """Counts as they would be in weeks of one size, and of plain luck: a larger spread is divided out."""
    a_week = sum(quantities) / len(quantities)
    spread = max(1.0, verified.dispersion or 1.0)
    bad = rate_before * a_week / spread
    good = verified.events_after / verified.exposure_after * a_week / spread
    good = min(max(good, LEAST_RATE * bad), LEAST_APART * bad)
    even = [n * a_week / quantity / spread for n, quantity in zip(counts, quantities, strict=True)]
    watch = Cusum(in_control=good, out_of_control=bad, limit=number("relapse_limit"))
    return watch.signal(even) is not None

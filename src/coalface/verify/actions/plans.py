"""Writing down before a fix ships how it will be judged."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from coalface.act.actions import AlreadyDeclined, AlreadyMerged, AlreadyShipped
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Basis, EvaluationPlan, Fix, Issue, Person, Unit
from coalface.verify.queries import Window, count_before, day_of, decidable, digest_of, overlaps, zone_of

from .judging import NotByItsOwner

Controls = tuple[Sequence[Issue], Sequence[Unit]]
NOTHING: Controls = ((), ())


class BaselineNotOver(ValueError):
    """The baseline has to be over by today, and to have begun before it ends."""


class NothingLeft(ValueError):
    """The spike covers the whole baseline."""


class NoControl(ValueError):
    """What a fix is compared with is neither its own issue nor a place it reaches."""


@transaction.atomic
def register_plan(
    *,
    fix: Fix,
    measure: str,
    baseline_from: date,
    baseline_until: date,
    judge: Person,
    by: Person,
    now: datetime,
    spike_from: date | None = None,
    spike_until: date | None = None,
    lag_days: int = 0,
    smallest_effect: float | None = None,
    control_issues: Sequence[Issue] = (),
    control_units: Sequence[Unit] = (),
) -> EvaluationPlan:
    """Fix the yardstick before shipping, and seal it; what is counted before is written down now."""
    fix = _still_to_ship(fix)
    today = day_of(now, zone_of(fix))
    plan = EvaluationPlan(
        fix=fix,
        basis=Basis.COUNTS,
        measure=measure,
        baseline_from=baseline_from,
        baseline_until=baseline_until,
        spike_from=spike_from,
        spike_until=spike_until,
        lag_days=lag_days,
        smallest_effect=number("smallest_effect") if smallest_effect is None else smallest_effect,
        judge=judge,
    )
    if judge.pk == fix.owner_id:
        raise NotByItsOwner(fix)
    controls = control_issues, control_units
    live_on = max(today, fix.due_on)
    count_and_date(plan=plan, controls=controls, last=today, starts_on=live_on, today=today)
    return _replace(plan, controls, by, now)


@transaction.atomic
def ask_customers_instead(*, fix: Fix, by: Person, now: datetime) -> EvaluationPlan:
    """Let those who raised it be the judges, where counts never can be or there is nobody else."""
    fix = _still_to_ship(fix)
    return _replace(EvaluationPlan(fix=fix, basis=Basis.CUSTOMERS), NOTHING, by, now)


def count_and_date(
    *, plan: EvaluationPlan, controls: Controls, last: date, starts_on: date, today: date
) -> None:
    """Put into a plan what is counted before, and the day from which counts can decide.

    `last` is the day by which the time before has to be over, `starts_on` when the fix is or goes live.
    """
    fix, (issues, units) = plan.fix, controls
    window = Window(plan.baseline_from, plan.baseline_until, plan.spike_from, plan.spike_until)
    _can_be_judged(window, last)
    _can_be_compared(fix, issues, units)
    before = count_before(fix=fix, measure=plan.measure, window=window, issues=issues, units=units)
    plan.events_before, plan.exposure_before = before.events, before.exposure
    plan.control_before, plan.control_exposure_before = before.control, before.control_exposure
    plan.decidable_on = decidable(
        fix=fix,
        measure=plan.measure,
        window=window,
        before=before,
        effect=plan.smallest_effect,
        starts_on=starts_on + timedelta(days=plan.lag_days),
        today=today,
    ).on


def _can_be_judged(window: Window, last: date) -> None:
    if not window.from_on < window.until_on <= last:
        raise BaselineNotOver(window.until_on)
    if not window.days():
        raise NothingLeft(window.from_on, window.until_on)


def _can_be_compared(fix: Fix, issues: Sequence[Issue], units: Sequence[Unit]) -> None:
    own = [issue for issue in issues if fix.issue_id in (issue.pk, issue.merged_into_id)]
    reached = [unit for unit in units if fix.unit is None or overlaps(unit, fix.unit)]
    if own or reached:
        raise NoControl(own, reached)


def _still_to_ship(fix: Fix) -> Fix:
    fix = Fix.objects.select_for_update(of=("self",)).select_related("issue", "unit").get(pk=fix.pk)
    if fix.shipped_at:
        raise AlreadyShipped(fix)
    if fix.declined_at:
        raise AlreadyDeclined(fix)
    if fix.merged_into_id:
        raise AlreadyMerged(fix)
    return fix


def _replace(plan: EvaluationPlan, controls: Controls, by: Person, now: datetime) -> EvaluationPlan:
    """A changed plan is a new one; until the fix ships nobody has looked at what comes after."""
    EvaluationPlan.objects.filter(fix=plan.fix).delete()
    plan.registered_by, plan.registered_at = by, now
    plan.save(force_insert=True)
    plan.control_issues.set(controls[0])
    plan.control_units.set(controls[1])
    seal(plan=plan)
    note("plan.registered", about=plan.fix, by=by, at=now, plan=plan.pk, basis=plan.basis)
    return plan


def seal(*, plan: EvaluationPlan) -> None:
    """Hash what is registered, so that a silent change shows."""
    plan.digest = digest_of(plan)
    plan.save(update_fields=["digest"])

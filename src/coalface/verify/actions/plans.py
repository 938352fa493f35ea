"""Writing down before a fix ships how it will be judged."""

from datetime import date, datetime

from django.db import transaction

from coalface.act.actions import AlreadyDeclined, AlreadyShipped
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Basis, EvaluationPlan, Fix, Person
from coalface.verify.queries import Window, day_of, first_guess, known_exposure, mentions_in, zone_of

from .judging import NotByItsOwner


class BaselineNotOver(ValueError):
    """The baseline has to be over by today, and to have begun before it ends."""


class NothingLeft(ValueError):
    """The spike covers the whole baseline."""


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
) -> EvaluationPlan:
    """Fix the yardstick before shipping; what is counted before is counted now and stays as it is."""
    fix = _still_to_ship(fix)
    today = day_of(now, zone_of(fix))
    window = Window(baseline_from, baseline_until, spike_from, spike_until)
    _can_be_judged(fix, window, judge, today)
    effect = number("smallest_effect") if smallest_effect is None else smallest_effect
    events = mentions_in(fix, window)
    exposure = known_exposure(measure=measure, unit=fix.unit, window=window)
    decidable_on = first_guess(
        fix=fix,
        measure=measure,
        events=events,
        exposure=exposure,
        effect=effect,
        lag_days=lag_days,
        today=today,
    )
    plan = EvaluationPlan(
        basis=Basis.COUNTS,
        measure=measure,
        baseline_from=baseline_from,
        baseline_until=baseline_until,
        spike_from=spike_from,
        spike_until=spike_until,
        lag_days=lag_days,
        smallest_effect=effect,
        events_before=events,
        exposure_before=exposure,
        decidable_on=decidable_on,
        judge=judge,
    )
    return _replace(fix, plan, by, now)


@transaction.atomic
def ask_customers_instead(*, fix: Fix, by: Person, now: datetime) -> EvaluationPlan:
    """Let those who raised it be the judges, where counts never can be or there is nobody else."""
    return _replace(_still_to_ship(fix), EvaluationPlan(basis=Basis.CUSTOMERS), by, now)


def _can_be_judged(fix: Fix, window: Window, judge: Person, today: date) -> None:
    if judge.pk == fix.owner_id:
        raise NotByItsOwner(fix)
    if not window.from_on < window.until_on <= today:
        raise BaselineNotOver(window.until_on)
    if not window.days():
        raise NothingLeft(window.from_on, window.until_on)


def _still_to_ship(fix: Fix) -> Fix:
    fix = Fix.objects.select_for_update(of=("self",)).select_related("issue", "unit").get(pk=fix.pk)
    if fix.shipped_at:
        raise AlreadyShipped(fix)
    if fix.declined_at:
        raise AlreadyDeclined(fix)
    return fix


def _replace(fix: Fix, plan: EvaluationPlan, by: Person, now: datetime) -> EvaluationPlan:
    """A changed plan is a new one; until the fix ships nobody has looked at what comes after."""
    EvaluationPlan.objects.filter(fix=fix).delete()
    plan.fix, plan.registered_by, plan.registered_at = fix, by, now
    plan.save(force_insert=True)
    note("plan.registered", about=fix, by=by, at=now, plan=plan.pk, basis=plan.basis)
    return plan

"""Changing a yardstick after the fix has shipped: only with a reason, and for everybody to see."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Amendment, Basis, EvaluationPlan, Fix, Issue, Person, Unit
from coalface.verify.queries import day_of, registered_fields, shipped_on, zone_of

from .judging import NotByCounts, NotShipped, locked
from .plans import count_and_date, seal

AMENDABLE = frozenset(
    {
        "measure",
        "baseline_from",
        "baseline_until",
        "spike_from",
        "spike_until",
        "lag_days",
        "smallest_effect",
    }
)


class NoReasonForIt(ValueError):
    """Who amends a yardstick says why."""


class NothingAmended(ValueError):
    """Everything is as it was registered."""


@transaction.atomic
def amend_plan(
    *,
    fix: Fix,
    reason: str,
    by: Person,
    now: datetime,
    control_issues: Sequence[Issue] | None = None,
    control_units: Sequence[Unit] | None = None,
    **changes: object,
) -> Amendment:
    """Change what is registered of a shipped fix; what it was, what it becomes, and why stay readable.

    What is not named stays. The time before is counted anew, and the day of the decision with it.
    """
    fix, reason = locked(fix=fix), reason.strip()
    plan: EvaluationPlan = fix.evaluation_plan
    if fix.shipped_at is None:
        raise NotShipped(fix)
    if plan.basis != Basis.COUNTS:
        raise NotByCounts(fix)
    if not reason:
        raise NoReasonForIt(fix)
    was, sealed = registered_fields(plan), plan.digest
    for name in AMENDABLE & changes.keys():
        setattr(plan, name, changes[name])
    issues = list(plan.control_issues.all()) if control_issues is None else control_issues
    units = list(plan.control_units.all()) if control_units is None else control_units
    live_on = shipped_on(fix)
    today = day_of(now, zone_of(fix))
    count_and_date(plan=plan, controls=(issues, units), last=live_on, starts_on=live_on, today=today)
    plan.save()
    plan.control_issues.set(issues)
    plan.control_units.set(units)
    return _written(plan, was, sealed, reason, by, now)


def _written(
    plan: EvaluationPlan, was: dict[str, object], sealed: str, reason: str, by: Person, now: datetime
) -> Amendment:
    is_now = registered_fields(plan)
    changed = [name for name, value in was.items() if is_now[name] != value]
    if not changed:
        raise NothingAmended(plan.fix)
    amendment = Amendment.objects.create(
        plan=plan,
        reason=reason,
        before={name: was[name] for name in changed},
        after={name: is_now[name] for name in changed},
        digest_before=sealed,
        by=by,
        at=now,
    )
    seal(plan=plan)
    amendment.digest_after = plan.digest
    amendment.save(update_fields=["digest_after"])
    note("plan.amended", about=plan.fix, by=by, at=now, plan=plan.pk, amendment=amendment.pk)
    return amendment

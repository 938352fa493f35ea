"""It rolls: each month's plan is made unattended, and who runs the programme is told what came of it."""

from datetime import datetime, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from coalface.plan.queries.plans import managers_of, not_followed
from coalface.policies import number
from coalface.records.models import Event, OutgoingMessage, Plan

from .making import want_plan
from .publishing import publish

A_MONTH: Final = relativedelta(months=1)


def roll(*, now: datetime) -> int:
    """Ask for the month after each published plan that is about to end and has none after it."""
    today = timezone.localdate(now)
    soon = today + timedelta(days=number("plan_ahead_days"))
    ending = [plan for plan in not_followed() if today <= plan.until_on <= soon]
    for plan in ending:
        starts_on = plan.until_on
        more = {"starts_on": starts_on, "until_on": starts_on + A_MONTH, "by": None, "now": now}
        want_plan(unit=plan.unit, seed=starts_on.toordinal() * 1_000_000 + plan.unit_id, **more)
    return len(ending)


def publish_unattended(*, event: Event, now: datetime) -> bool:
    """A plan nobody asked for is published by itself where the policy says so."""
    plan = Plan.objects.get(pk=int(event.about_id))
    if plan.made_by_id or plan.discarded_at or not number("plan_publishes_itself"):
        return False
    publish(plan=plan, by=None, now=now)
    return True


@transaction.atomic
def tell_of_plan(*, event: Event, now: datetime) -> int:
    """One mail to each who runs the programme there: what changed, and what is impossible."""
    plan = Plan.objects.select_related("unit").get(pk=int(event.about_id))
    if plan.made_by_id:
        return 0
    receivers = [one for one in managers_of(plan.unit, timezone.localdate(now)) if one.email]
    for person in receivers:
        OutgoingMessage.objects.get_or_create(
            key=f"plan-{plan.pk}-{person.pk}",
            defaults={
                "template": "plan/rolled", "person": person, "about": {"plan": plan.pk}, "due_at": now,
            },
        )  # fmt: skip
    return len(receivers)

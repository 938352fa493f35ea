"""Which fixes are to be judged today, or asked about: whose day has come, and what comes back."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch

from coalface.act.queries import day_of, decidable_on, zone_of
from coalface.policies import number
from coalface.records.models import Basis, EvaluationPlan, Fix, Ruling, Verdict

"""Which fixes are to be judged or asked about today: whose day has come, and what comes back."""


from django.db.models import QuerySet

from coalface.act.queries import customers_who_raised, reachable_for
from coalface.records.models import (
    Customer,
    CustomerAnswer,
)

from .counts import shipped_on
from .relapses import come_back
from .verdicts import customers_judge

TRY_AGAIN_AFTER = timedelta(days=28)
GIVE_UP_AFTER = timedelta(weeks=52)
UNDECIDED = {Ruling.NOT_ENOUGH_EVIDENCE, Ruling.IMPROVED_NOT_PROVEN}


def due_for_judging(now: datetime) -> list[Fix]:
    """Shipped fixes with a judge, whose day has come or what they changed comes back."""
    candidates = (
        Fix.objects.filter(shipped_at__isnull=False, evaluation_plan__judge__isnull=False)
        .filter(evaluation_plan__basis=Basis.COUNTS)
        .exclude(evaluation_plan__judge=F("owner"))
        .select_related("issue", "unit", "owner", "evaluation_plan__judge")
        .prefetch_related(Prefetch("verdicts", Verdict.objects.order_by("-judged_at", "-id")))
        .order_by("id")
    )
    return [fix for fix in candidates if _is_due(fix, day_of(now, zone_of(fix)))]


def due_for_asking(now: datetime) -> list[Fix]:
    """Fixes that customers judge, live since before today, on which they have not spoken yet.

    Whoever ships has `tell_after_days` to ask them; after `news_days` nobody remembers having said it.
    """
    since, until = (now - timedelta(days=int(number(name))) for name in ("news_days", "tell_after_days"))
    spoken = Verdict.objects.filter(fix=OuterRef("pk"), basis=Basis.CUSTOMERS)
    candidates = (
        Fix.objects.filter(~Exists(spoken), shipped_at__gt=since, shipped_at__lte=until)
        .filter(evaluation_plan__isnull=False, followed_by=None)
        .select_related("issue", "unit", "owner", "evaluation_plan")
        .order_by("id")
    )
    return [fix for fix in candidates if customers_judge(fix) and shipped_on(fix) < day_of(now, zone_of(fix))]
    """Fixes that customers judge, live for `ask_after_days`, with somebody in reach who was not asked."""
    first = now - timedelta(days=int(number("news_days")))
    last = now - timedelta(days=int(number("ask_after_days")))
    rows = Fix.objects.filter(evaluation_plan__basis=Basis.CUSTOMERS, shipped_at__gt=first)
    rows = rows.filter(shipped_at__lte=last, verdicts=None)
    rows = rows.select_related("issue", "unit", "owner", "evaluation_plan__registered_by").order_by("id")
    return [fix for fix in rows if reachable_for(to_ask(fix), now).filter(bar="").exists()]


def to_ask(fix: Fix) -> QuerySet[Customer]:
    """Who raised it and was neither asked nor told that it is live."""
    asked = CustomerAnswer.objects.filter(fix=fix).values("customer")
    told = fix.tellings.filter(customer__isnull=False).values("customer")
    return customers_who_raised(fix).exclude(pk__in=asked).exclude(pk__in=told)


def _is_due(fix: Fix, today: date) -> bool:
    newest = next((one for one in fix.verdicts.all() if one.basis == Basis.COUNTS), None)
    if newest and newest.ruling == Ruling.VERIFIED:
        return day_of(newest.judged_at, zone_of(fix)) < today and come_back(fix, newest, today)
    on = decidable_on(fix) if newest is None else _again_on(fix, newest, today)
    return on is not None and on <= today and shipped_on(fix) < today


def _again_on(fix: Fix, last: Verdict, today: date) -> date | None:
    """The day on which the counts are to be weighed next; None when they have spoken or never can."""
    plan: EvaluationPlan = fix.evaluation_plan
    if last.ruling not in UNDECIDED or not plan.exposure_before or last.missing == "events":
        return None
    if today > shipped_on(fix) + GIVE_UP_AFTER:
        return None
    again: date = last.decidable_on or day_of(last.judged_at, zone_of(fix)) + TRY_AGAIN_AFTER
    return again

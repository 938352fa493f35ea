"""Which fixes are to be judged or asked about today: whose day has come, and what comes back."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from coalface.act.queries import (
    customers_who_raised,
    day_of,
    decidable_on,
    left_out,
    reachable_for,
    zone_of,
)
from coalface.policies import number
from coalface.records.models import (
    Basis,
    Customer,
    CustomerAnswer,
    EvaluationPlan,
    Fix,
    Ruling,
    Verdict,
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
    """Fixes that customers judge and have not spoken on, with somebody in reach who was not asked.

    Whoever ships has `ask_after_days` to ask them; after `news_days` nobody remembers having said it.
    """
    since, until = (now - timedelta(days=int(number(name))) for name in ("news_days", "ask_after_days"))
    spoken = Verdict.objects.filter(fix=OuterRef("pk"), basis=Basis.CUSTOMERS)
    candidates = (
        Fix.objects.filter(~Exists(spoken), shipped_at__gt=since, shipped_at__lte=until)
        .filter(evaluation_plan__isnull=False, followed_by=None)
        .select_related("issue", "unit", "owner", "evaluation_plan__registered_by")
        .order_by("id")
    )
    return [fix for fix in candidates if customers_judge(fix) and _in_reach(fix, now)]


def to_ask(fix: Fix) -> QuerySet[Customer]:
    """Who raised it, was not asked yet and is not left out.

    Who heard that it is live is asked like anybody else: they know no better whether it helped.
    """
    asked = CustomerAnswer.objects.filter(fix=fix).values("customer")
    out = {customer for _, _, customer in left_out([fix])}
    return customers_who_raised(fix).exclude(pk__in=asked).exclude(pk__in=out)


def _in_reach(fix: Fix, now: datetime) -> bool:
    return reachable_for(to_ask(fix), now).filter(bar="").exists()


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

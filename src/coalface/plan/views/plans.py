"""The plans there are, and one of them: how good it is, what is impossible, and whether it is fair."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from coalface.permissions import Right, needs
from coalface.plan import queries
from coalface.records.models import Plan
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken


@needs(Right.PLAN)
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan, the newest first."""
    found = queries.all_plans(request.rights.within(Right.PLAN))
    if file := taken(request, Offer(queries.PLANS, found)):
        return file
    page = page_of(request, found)
    lines = [(plan, queries.state_of(plan), queries.gap_of(plan)) for plan in page]
    return render(request, "plan/plans/index.html", {"page": page, "lines": lines, "small": request.small})


@needs(Right.PLAN)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """How good a plan is, what is impossible in it, and whether it is fair."""
    context = about(request, plan_for(request, pk))
    return render(request, "plan/plans/plan.html", context)


@needs(Right.PLAN)
def plan_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gets which other slot, or meets which other customer, than in the plan before."""
    plan = plan_for(request, pk)
    found = queries.changes(plan)
    if file := taken(request, Offer(queries.CHANGES, found, lambda rows: queries.with_matches(rows, plan))):
        return file
    page = page_of(request, found)
    context = {
        "plan": plan,
        "state": queries.state_of(plan),
        "page": page,
        "lines": queries.with_matches(page, plan),
        "small": request.small,
    }
    return render(request, "plan/plans/changes.html", context)


def plan_for(request: HttpRequest, pk: int) -> Plan:
    """A plan of a unit for which the reader plans."""
    return get_object_or_404(queries.all_plans(request.rights.within(Right.PLAN)), pk=pk)


def about(request: HttpRequest, plan: Plan) -> dict[str, object]:
    """What its pages say of a plan."""
    return {
        "plan": plan,
        "state": queries.state_of(plan),
        "amounts": queries.amounts(plan),
        "staging": queries.staging(plan, timezone.now()),
        "small": request.small,
    }

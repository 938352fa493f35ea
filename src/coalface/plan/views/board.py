"""The plan board, and one match of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from coalface.permissions import Right, needs
from coalface.plan import queries
from coalface.plan.forms import BoardForm, MoveForm
from coalface.records.models import Assignment, Plan, Unit
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

from .plans import plan_for

ROWS = 20


@needs(Right.PLAN)
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The weeks of a plan side by side, by person or by customer."""
    plan = plan_for(request, pk)
    units = Unit.objects.inside(plan.unit).order_by("path")
    form = BoardForm(request.GET, units=units)
    asked = form.cleaned_data if form.is_valid() else {}
    words, unit = asked.get("q", ""), asked.get("unit")
    found = queries.matches(plan, words, unit)
    if file := taken(request, Offer(queries.MATCHES, found)):
        return file
    by_customers = request.GET.get("by") == "customers"
    rows = queries.customers_of if by_customers else queries.people_of
    page = page_of(request, rows(plan, words, unit), ROWS)
    whose = {"customer__in": list(page)} if by_customers else {"person__in": list(page)}
    context = {
        "plan": plan,
        "state": queries.state_of(plan),
        "form": form,
        "searching": bool(words or unit),
        "by_customers": by_customers,
        "page": page,
        "changeable": changeable(plan),
        "at": int(at[:18]) if (at := request.GET.get("at", "")).isdecimal() else None,
        "weeks": queries.weeks(plan, list(page), found.filter(**whose), queries.open_seats(plan, unit)),
        "small": request.small,
    }
    return render(request, "plan/board/index.html", context)


@needs(Right.PLAN)
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """One match: why it came about, and where else it could be."""
    found = match_for(request, pk)
    [card] = queries.cards_of(found.plan, [found])
    free = queries.with_a_seat(queries.open_seats(found.plan)).exclude(pk=found.slot_id)
    context = {
        "plan": found.plan,
        "changeable": changeable(found.plan) and found.slot.starts_at > timezone.now(),
        "form": MoveForm(slots=free.filter(starts_at__gt=timezone.now())),
        "state": queries.state_of(found.plan),
        "card": card,
        "issues": queries.likeliest_first(found),
        "small": request.small,
    }
    return render(request, "plan/board/match.html", context)


def changeable(plan: Plan) -> bool:
    """Whether its matches can still be changed: it stands, and some of its weeks are to come."""
    return queries.state_of(plan) in ("draft", "published") and plan.until_on > timezone.localdate()


def match_for(request: HttpRequest, pk: int) -> Assignment:
    """A standing match of a plan that the reader may plan."""
    plans = queries.all_plans(request.rights.within(Right.PLAN))
    plan = get_object_or_404(plans, assignments=pk)
    found = queries.matches(plan).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    found.plan = plan
    return found

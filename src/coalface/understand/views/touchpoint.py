"""One touchpoint: how it is rated, what was said in the worst and in the best moments, what became of it."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from coalface.permissions import Right, needs
from coalface.policies import number
from coalface.records.models import Issue
from coalface.shell.rows import Offer, taken
from coalface.understand import queries


@needs(Right.SEE_ISSUES)
def touchpoints(request: HttpRequest) -> HttpResponse:
    """Where the list of touchpoints was; the customer's way shows them now."""
    return redirect("understand:journey")


@needs(Right.SEE_ISSUES)
def touchpoint(request: HttpRequest, key: str) -> HttpResponse:
    """The figures are those of the newest day; the words are shown to those who may read them."""
    found = get_object_or_404(queries.touchpoints(), key=key)
    today = timezone.localdate()
    months = queries.months_of(found)
    judged = queries.judgements_now().get(found.pk)
    if file := taken(request, Offer(queries.MONTHS, months)):
        return file
    readable = request.rights.within(Right.SEE_FEEDBACK) | Q(reported_by=request.person)
    from_on = today - timedelta(days=int(number("journey_days")))
    misery, magic = queries.quotes_at(found, readable=readable, from_on=from_on)
    context = {
        "touchpoint": found,
        "stop": queries.Stop(found, judged),
        "ratings": queries.ratings_of(judged),
        "misery": misery,
        "magic": magic,
        "issues": queries.counted(Issue.objects.standing().filter(touchpoint=found), today=today),
        "months": [(row, queries.split_of(row)) for row in months if row.split],
        "quarter_ago": today - queries.QUARTER,
        "may_edit": request.rights.has(Right.CONFIRM_ISSUES),
        "small": request.small,
    }
    return render(request, "understand/touchpoint.html", context)

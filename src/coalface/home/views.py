"""The hall: my week, and the programme for whoever runs it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from coalface.home import queries
from coalface.permissions import Right, needs


@needs(Right.SEE_MY_WEEK)
def week(request: HttpRequest) -> HttpResponse:
    """What a person sees first, each day."""
    now = timezone.now()
    found = queries.week(request.person, now, request.rights)
    context = {
        "week": found,
        "now": now,
        "today": timezone.localdate(now),
        "small": request.small,
        "may_draw": request.rights.has(Right.PLAN),
    }
    return render(request, "home/week.html", context)


@needs(Right.SEE_PROGRAMME)
def programme(request: HttpRequest) -> HttpResponse:
    """Commitments, exemptions, fairness of the choice, what is stuck."""
    now = timezone.now()
    context = {
        "programme": queries.programme(now, request.rights),
        "today": timezone.localdate(now),
        "small": request.small,
        "may_retry": request.rights.has(Right.RETRY_FAILED),
    }
    return render(request, "home/programme.html", context)

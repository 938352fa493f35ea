"""The hall: my week, and the programme for whoever runs it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.home import queries
from coalface.measure.queries import LATELY
from coalface.meet.actions import thanks
from coalface.permissions import Right, needs
from coalface.records.models import Guest


@needs(Right.SEE_MY_WEEK)
def week(request: HttpRequest) -> HttpResponse:
    """What a person sees first, each day."""
    now = timezone.now()
    found = queries.week(request.person, now, request.rights)
    context = {
        "week": found,
        "now": now,
        "today": timezone.localdate(now),
        "since": timezone.localdate(now - LATELY),
        "small": request.small,
        "may_draw": request.rights.has(Right.PLAN),
    }
    return render(request, "home/week.html", context)


@needs(Right.MEET_CUSTOMERS)
@require_POST
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    """A guest of mine was thanked."""
    guest = get_object_or_404(Guest.objects.filter(encounter__attendances__person=request.person), pk=pk)
    thanks.thank(guest=guest, by=request.person, now=timezone.now())
    messages.success(request, _("Good. Tomorrow there will be somebody else."))
    return redirect("home:week")


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

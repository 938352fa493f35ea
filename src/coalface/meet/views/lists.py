"""The list of encounters, and the way in for one that nobody planned."""

from datetime import datetime

import uuid_utils.compat as uuid
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.meet import actions
from coalface.meet.forms import DropInForm
from coalface.meet.queries import (
    ENCOUNTERS,
    STATES,
    at_a_glance,
    counts_by_state,
    encounters_of,
    in_state,
    second_versions_for,
    shown,
    waiting_for,
)
from coalface.people.queries import position_of
from coalface.permissions import Right, needs
from coalface.records.models import Encounter, Format, Unit
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

from .access import within_reach

AT_FIRST = 5


@needs(Right.MEET_CUSTOMERS)
def index(request: HttpRequest) -> HttpResponse:
    """What comes next, what is open and what is finished; each whole list a page of its own."""
    now = timezone.now()
    everybody = request.GET.get("whose") == "all" and request.rights.has(Right.SEE_ENCOUNTERS_OF_OTHERS)
    rows = _chosen(request, everybody)
    state = request.GET.get("state")
    wanted = in_state(rows, state) if state in STATES else rows
    if file := taken(request, Offer(ENCOUNTERS, shown(wanted))):
        return file
    context = {
        "now": now,
        "counts": counts_by_state(rows),
        "state": state if state in STATES else "",
        "everybody": everybody,
        "may_see_others": request.rights.has(Right.SEE_ENCOUNTERS_OF_OTHERS),
        "units": _units(request) if everybody else (),
        "unit": request.GET.get("unit", ""),
        "waiting": waiting_for(request.person).count(),
        "twice": second_versions_for(request.person).count(),
    }
    if context["state"]:
        context["page"] = page_of(request, shown(in_state(rows, state)))
    else:
        context["lists"] = at_a_glance(rows, AT_FIRST)
    return render(request, "meet/index.html", context)


def _chosen(request: HttpRequest, everybody: bool) -> QuerySet:
    if not everybody:
        return encounters_of(request.person)
    rows = Encounter.objects.filter(request.rights.within(Right.SEE_ENCOUNTERS_OF_OTHERS))
    unit = Unit.objects.filter(key=request.GET.get("unit", "")).first()
    return rows.filter(unit__path__startswith=unit.path) if unit else rows


def _units(request: HttpRequest) -> QuerySet:
    return Unit.objects.filter(_here(request)).order_by("path")


def _here(request: HttpRequest) -> Q:
    where = Q(pk__in=())
    for grant in request.rights.grants:
        if request.rights.reach(Right.SEE_ENCOUNTERS_OF_OTHERS, grant.unit):
            where |= Q(path__startswith=grant.unit.path)
    return where


@needs(Right.MEET_CUSTOMERS)
def drop_in(request: HttpRequest) -> HttpResponse:
    """A customer was met without a plan: a few words, and straight to writing down what was said."""
    now = timezone.now()
    position = position_of(request.person, timezone.localdate(now))
    usual = {
        "id": uuid.uuid7(),
        "unit": request.GET.get("unit") or (position and position.unit_id),
        "format": request.GET.get("format"),
        "minutes": 30,
        "customer": request.GET.get("customer", ""),
    }
    form = DropInForm(request.POST or None, within=within_reach(request, position), initial=usual)
    if request.method == "POST" and form.is_valid():
        return _held(request, form, now)
    return render(request, "meet/drop_in.html", {"form": form, "formats": Format.objects.exists()})


def _held(request: HttpRequest, form: DropInForm, now: datetime) -> HttpResponse:
    given = form.cleaned_data
    customer = given.pop("customer")
    try:
        held = actions.drop_in(
            person=request.person,
            customers=[customer] if customer else [],
            by=request.person,
            now=now,
            **given,
        )
    except actions.IdTaken:
        messages.warning(request, _("This did not go through. Please write it once more."))
        return redirect("meet:drop_in")
    except actions.NotReady:
        form.add_error("format", _("This way of meeting has to be planned: something comes before it."))
        return render(request, "meet/drop_in.html", {"form": form, "formats": True})
    messages.success(request, _("Good that you met. What was said?"))
    return redirect("meet:encounter", held.pk)

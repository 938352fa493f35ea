"""What a fix or an encounter cost: put down, and taken back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act import actions, queries
from coalface.act.forms import CostForm
from coalface.meet.views.access import encounter_for
from coalface.permissions import Right, needs
from coalface.records.models import Cost, Encounter, Fix


@needs(Right.SEE_FIXES)
def costs_of_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a fix: its owner and who may open fixes there put down what it costs."""
    fix = get_object_or_404(Fix.objects.select_related("unit", "issue"), pk=pk)
    if fix.merged_into_id:
        return redirect("act:costs_of_fix", fix.merged_into_id)
    theirs = fix.owner_id == request.person.pk or queries.may(request.rights, Right.OPEN_FIXES, fix)
    return _page(request, fix, theirs, {"fix": fix})


@needs(Right.MEET_CUSTOMERS)
def costs_of_encounter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of an encounter: who was there, and who looks after the programme."""
    encounter = encounter_for(request, pk)
    return _page(request, encounter, True, {"encounter": encounter})


def _page(
    request: HttpRequest, about: Fix | Encounter, theirs: bool, context: dict[str, object]
) -> HttpResponse:
    form = CostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not theirs:
        raise PermissionDenied(Right.OPEN_FIXES)
    if form.is_valid():
        actions.put_down_cost(about=about, by=request.person, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Put down."))
        return redirect(request.path)
    context |= {
        "costs": queries.costs_of(about),
        "form": form if theirs else None,
        "me": request.person.pk,
        "small": request.small,
    }
    return render(request, "act/costs/costs.html", context)


@require_POST
@needs(Right.SEE_FIXES)
def take_back_cost(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own only."""
    cost = get_object_or_404(Cost, pk=pk)
    try:
        actions.take_back_cost(cost=cost, by=request.person, now=timezone.now())
    except actions.NotTheirCost as refusal:
        raise PermissionDenied from refusal
    messages.success(request, _("Taken back."))
    if cost.fix_id:
        return redirect("act:costs_of_fix", cost.fix_id)
    return redirect("act:costs_of_encounter", cost.encounter_id)

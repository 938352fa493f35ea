"""Doing what would resolve a conflict of a plan, from the page that names it; and more seats in a slot."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coalface.permissions import Right, needs
from coalface.plan import actions, queries
from coalface.plan.forms import SeatsForm
from coalface.records.models import RemedyKind

from .plans import plan_for
from .slots import slot_for

REFUSED = (actions.InThePast, actions.TakenBack, actions.NotSoManySeats)


@needs(Right.PLAN)
@require_POST
def take_remedy(request: HttpRequest, pk: int, remedy: int) -> HttpResponse:
    """Add the seats that would resolve a conflict, in slots for which the reader plans."""
    plan = plan_for(request, pk)
    theirs = queries.remedies_within(plan, request.rights.within(Right.PLAN))
    found = get_object_or_404(theirs.filter(kind=RemedyKind.ADD_SEATS), pk=remedy)
    try:
        added = actions.take_remedy(remedy=found, by=request.person, now=timezone.now())
    except REFUSED:
        messages.error(request, _("One of these slots has begun or was taken back. Nothing was changed."))
    else:
        words = ngettext(
            "%(n)s seat was added. Plan again to use it.",
            "%(n)s seats were added. Plan again to use them.",
            added,
        )
        messages.success(request, words % {"n": added} if added else _("That was done already."))
    return redirect("plan:plan", plan.pk)


@needs(Right.PLAN)
@require_POST
def add_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Let more of us into a slot."""
    slot, form = slot_for(request, pk), SeatsForm(request.POST)
    try:
        number = form.cleaned_data["number"] if form.is_valid() else 0
        actions.add_seats(slot=slot, number=number, by=request.person, now=timezone.now())
    except actions.NotSoManySeats:
        messages.error(request, _("Add one seat at least; 500 is the most a slot can have."))
    except REFUSED:
        messages.error(request, _("It has begun or was taken back. Nothing was changed."))
    else:
        words = ngettext("%(n)s seat was added.", "%(n)s seats were added.", number)
        messages.success(request, words % {"n": number})
    return redirect("plan:slot", slot.pk)

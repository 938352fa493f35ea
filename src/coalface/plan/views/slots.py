"""The slots units offer: by week, with the seats that are taken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from coalface.people.queries import units_within
from coalface.permissions import Right, needs
from coalface.plan import queries
from coalface.plan.forms import SlotsForm
from coalface.records.models import Slot
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken


@needs(Right.PLAN)
def slots(request: HttpRequest) -> HttpResponse:
    """What is offered from now on, by week."""
    form = SlotsForm(request.GET, units=units_within(request.rights, Right.PLAN))
    asked = form.cleaned_data if form.is_valid() else {}
    where = request.rights.within(Right.PLAN)
    found = queries.offered(where, timezone.now())
    if unit := asked.get("unit"):
        found = found.filter(unit__path__startswith=unit.path)
    if asked.get("free"):
        found = queries.with_a_seat(found)
    if file := taken(request, Offer(queries.SLOTS, found)):
        return file
    page = page_of(request, found)
    context = {
        "form": form,
        "searching": bool(unit or asked.get("free")),
        "page": page,
        "by_week": queries.by_week(page),
        "small": request.small,
    }
    return render(request, "plan/slots/index.html", context)


@needs(Right.PLAN)
def slot(request: HttpRequest, pk: int) -> HttpResponse:
    """One slot: who sits in it, and what would follow from taking it back."""
    found = slot_for(request, pk)
    context = {
        "slot": found,
        "follows": queries.follows_from(found),
        "now": timezone.now(),
        "small": request.small,
    }
    return render(request, "plan/slots/slot.html", context)


def slot_for(request: HttpRequest, pk: int) -> Slot:
    """A slot of a unit for which the reader plans."""
    there = Slot.objects.filter(request.rights.within(Right.PLAN))
    return get_object_or_404(there.select_related("format", "unit", "host", "buddy"), pk=pk)

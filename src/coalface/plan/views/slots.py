"""The slots units offer: by week, with the seats that are taken."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coalface.people.queries import units_within
from coalface.permissions import Right, needs
from coalface.plan import actions, queries
from coalface.plan.forms import OfferForm, SeatsForm, SlotsForm
from coalface.records.models import Format, Slot
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

from .reach import reach


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
        "seats": SeatsForm(),
        "now": timezone.now(),
        "small": request.small,
    }
    return render(request, "plan/slots/slot.html", context)


@needs(Right.PLAN)
def offer_slots(request: HttpRequest) -> HttpResponse:
    """Offer a slot, once or every week."""
    now = timezone.now()
    first = {"starts_at": timezone.localtime(now).replace(hour=10, minute=0) + timedelta(days=7)}
    form = OfferForm(request.POST or None, **reach(request, now), now=now, initial=first)
    if request.method == "POST" and form.is_valid() and _offered(request, form):
        return redirect("plan:slots")
    context = {"form": form, "formats": Format.objects.exists(), "small": request.small}
    return render(request, "plan/slots/offer.html", context, status=422 if form.errors else 200)


def _offered(request: HttpRequest, form: OfferForm) -> bool:
    try:
        made = actions.offer_slots(by=request.person, now=timezone.now(), **form.cleaned_data)
    except actions.StopsBeforeItStarts:
        form.add_error("repeat_until", _("This is before the first one."))
    except actions.TooManyWeeks:
        form.add_error("repeat_until", _("Slots are repeated for two years at most."))
    except actions.InThePast:
        form.add_error("starts_at", _("This time has passed."))
    except actions.HostHasLeft:
        form.add_error(None, _("Host or buddy does not work here any more then."))
    else:
        words = ngettext("%(n)s slot is offered.", "%(n)s slots are offered.", len(made))
        messages.success(request, words % {"n": len(made)})
        return True
    return False


@needs(Right.PLAN)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a slot back; what was planned in it is called off."""
    try:
        many = actions.take_back(slot=slot_for(request, pk), by=request.person, now=timezone.now())
    except actions.InThePast:
        messages.error(request, _("It has begun. Nothing was changed."))
    else:
        words = ngettext(
            "Taken back; %(n)s match went with it.", "Taken back; %(n)s matches went with it.", many
        )
        messages.success(request, words % {"n": many} if many else _("Taken back; nobody was in it."))
    return redirect("plan:slot", pk)


def slot_for(request: HttpRequest, pk: int) -> Slot:
    """A slot of a unit for which the reader plans."""
    there = Slot.objects.filter(request.rights.within(Right.PLAN))
    return get_object_or_404(there.select_related("format", "unit", "host", "buddy"), pk=pk)

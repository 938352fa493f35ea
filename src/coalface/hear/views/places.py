"""Places with a poster: the list, the poster to print, and what may be changed."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.hear import actions
from coalface.hear.forms import PlaceForm
from coalface.hear.queries import PLACES, organisation
from coalface.hear.queries import places as places_of
from coalface.people.queries import position_of
from coalface.permissions import Right, needs
from coalface.records.models import SayPlace
from coalface.shell.codes import code_in_page
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

PAPERS = ("a4", "a5")


@needs(Right.OPEN_PLACES)
def places(request: HttpRequest) -> HttpResponse:
    """Where customers find a poster, and how much was said there lately."""
    rows = places_of(within=request.rights.within(Right.OPEN_PLACES), now=timezone.now())
    if file := taken(request, Offer(PLACES, rows)):
        return file
    context = {"page": page_of(request, rows), "general": f"{settings.SITE}{reverse('say:say')}"}
    return render(request, "hear/places.html", context | {"small": request.small})


@needs(Right.OPEN_PLACES)
def open_place(request: HttpRequest) -> HttpResponse:
    """Name a place; its poster comes next."""
    now = timezone.now()
    position = position_of(person=request.person, on=timezone.localdate(now))
    form = PlaceForm(
        request.POST or None,
        units=request.rights.units(Right.OPEN_PLACES),
        initial={"language": request.LANGUAGE_CODE, "unit": position.unit.pk if position else None},
    )
    if form.is_valid():
        place = actions.open_place(by=request.person, now=now, **form.given())
        messages.success(request, _("The place is open. Print its poster and hang it up."))
        return redirect("hear:place", place.pk)
    return render(request, "hear/open_place.html", {"form": form, "small": request.small})


@needs(Right.OPEN_PLACES)
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: its posters, its screen, its name."""
    found = _mine(request, pk)
    given = {
        "name": found.name,
        "touchpoint": found.touchpoint_id,
        "language": found.languages[0] if found.languages else settings.LANGUAGE_CODE,
    }
    units = request.rights.units(Right.OPEN_PLACES)
    form = PlaceForm(request.POST or None, units=units, place=found, initial=given)
    if form.is_valid():
        actions.change_place(place=found, by=request.person, now=timezone.now(), **form.given())
        messages.success(request, _("Changed. The posters that hang there stay good."))
        return redirect("hear:place", found.pk)
    context = {"place": found, "form": form, "address": _address(found), "papers": PAPERS}
    return render(request, "hear/place.html", context | {"small": request.small})


@needs(Right.OPEN_PLACES)
@require_POST
def close_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it, or open it again."""
    change = actions.open_again if "again" in request.POST else actions.close_place
    change(place=_mine(request, pk), by=request.person, now=timezone.now())
    return redirect("hear:place", pk)


@needs(Right.OPEN_PLACES)
def poster(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """The poster, to print on A4 or A5: six languages, a code, and an address for those without a camera."""
    found = _mine(request, pk)
    if paper not in PAPERS:
        raise Http404
    address = _address(found)
    first = found.languages[0] if found.languages else settings.LANGUAGE_CODE
    context = {
        "place": found,
        "organisation": organisation(),
        "paper": paper,
        "sheet": f"hear/poster-{paper}.css",
        "code": code_in_page(address, scale=10),
        "address": address.partition("://")[2].rstrip("/").split("/"),
        "first": first,
        "others": [code for code in settings.PUBLIC_LANGUAGES if code != first],
    }
    return render(request, "hear/poster.html", context)


def _address(place: SayPlace) -> str:
    return f"{settings.SITE}{reverse('say:say', args=[place.code])}"


def _mine(request: HttpRequest, pk: int) -> SayPlace:
    rows = SayPlace.objects.select_related("unit", "touchpoint")
    return get_object_or_404(rows.filter(request.rights.within(Right.OPEN_PLACES)), pk=pk)

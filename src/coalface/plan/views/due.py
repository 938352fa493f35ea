"""Who is due, and the draw."""

from datetime import date, timedelta
from random import SystemRandom

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.permissions import Right, needs
from coalface.plan import actions, queries
from coalface.plan.forms import (
    DrawForm,
    ready_formats,
)
from coalface.records.models import Format
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

from .reach import reach

CHANCE = SystemRandom()
CANNOT_SHOWN = 20


@needs(Right.PLAN)
def index(request: HttpRequest) -> HttpResponse:
    """Who is due, and the draw."""
    now = timezone.now()
    rows = _here(request, timezone.localdate(now))
    if file := taken(request, *_offers(request, rows)):
        return file
    waiting = [row for row in rows if not row.next_encounter]
    first = {
        "person": request.GET.get("person") or (waiting[0].person.pk if waiting else None),
        "starts_at": timezone.localtime(now).replace(hour=14, minute=0) + timedelta(days=7),
        "seed": CHANCE.randrange(2**31),
    } | {name: request.GET[name] for name in ("format", "unit") if name in request.GET}
    return _page(request, DrawForm(**reach(request, now), now=now, initial=first), rows)


def _offers(request: HttpRequest, here: list[queries.Due]) -> list[Offer]:
    return [
        Offer(queries.TURNS, [row for row in here if not row.exempt_until]),
        Offer(queries.FORMATS, Format.objects.order_by("key")),
        Offer(queries.DRAWS, queries.drawn(request.rights.within(Right.PLAN, "encounter__unit"))),
    ]


@needs(Right.PLAN)
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Draw a customer, reach out to them, plan the encounter, and say why it was this one."""
    now = timezone.now()
    form = DrawForm(request.POST, **reach(request, now), now=now)
    if not form.is_valid():
        return _page(request, form, _here(request, timezone.localdate(now)))
    wanted = form.cleaned_data
    try:
        drawn = actions.draw_once(by=request.person, now=now, within=wanted["unit"], **wanted)
    except actions.NobodyToDraw:
        form.add_error(
            None, _("Nobody there agreed to be asked this way, or all of them were asked not long ago.")
        )
        return _page(request, form, _here(request, timezone.localdate(now)))
    return redirect("plan:assignment", drawn.pk)


@needs(Right.PLAN)
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the draw fell on this customer."""
    drawn = get_object_or_404(queries.drawn(request.rights.within(Right.PLAN, "encounter__unit")), pk=pk)
    return render(request, "plan/assignment.html", {"drawn": drawn, "small": request.small})


def _here(request: HttpRequest, today: date) -> list[queries.Due]:
    return [row for row in queries.due(today) if request.rights.reach(Right.PLAN, row.unit)]


def _page(request: HttpRequest, form: DrawForm, here: list[queries.Due]) -> HttpResponse:
    today = timezone.localdate()
    formats = list(Format.objects.order_by("key"))
    there = {format.key for format in formats}
    context = {
        "form": form,
        "page": page_of(request, [row for row in here if not row.exempt_until]),
        "exempt_ends": sorted(row.exempt_until for row in here if row.exempt_until),
        "today": today,
        "soon": today + timedelta(days=7),
        "formats": formats,
        "ready": [one for one in ready_formats() if one.key not in there],
        "drawn": queries.drawn(request.rights.within(Right.PLAN, "encounter__unit"))[:5],
        "cannot": queries.cannot_come(request.rights.within(Right.PLAN, "encounter__unit"), timezone.now())[
            :CANNOT_SHOWN
        ],
        "small": request.small,
    }
    return render(request, "plan/index.html", context, status=422 if form.errors else 200)

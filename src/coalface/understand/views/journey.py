"""The customer's way with us, looked at and changed on one page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.permissions import Right, needs
from coalface.records.models import Cohort, Handoff, Stage, Touchpoint, Unit
from coalface.shell.links import Forged
from coalface.understand import actions, queries
from coalface.understand.forms import ChangeForm, ConnectForm, MoveForm, OwnerForm, TouchpointForm

from .cohorts import panel_of_cohort, restore_cohort
from .drawing import Panel, back, drawn, removed_by


@needs(Right.SEE_ISSUES)
def journey(request: HttpRequest) -> HttpResponse:
    """Stages, touchpoints and links; who may confirm issues can open one form at a time on it."""
    panel = _opened(request) if request.rights.has(Right.CONFIRM_ISSUES) else None
    return drawn(request, panel)


def _opened(request: HttpRequest) -> Panel | None:
    """The form the address asks for."""
    asked = request.GET
    if stage := asked.get("add"):
        return _adding(TouchpointForm(initial={"stage": stage if stage in Stage.values else Stage.USING}))
    if key := asked.get("change"):
        stop = get_object_or_404(Touchpoint, key=key)
        first = {"name": stop.name, "stage": stop.stage, "owner": stop.owner_id}
        return _changing(stop, ChangeForm(initial=first))
    if key := asked.get("connect"):
        stop = get_object_or_404(Touchpoint, key=key)
        return _connecting(stop, ConnectForm(giver=stop, initial={"taker": _next_to(stop)}))
    if (pk := asked.get("link", "")).isdecimal():
        link = get_object_or_404(_standing(), pk=pk)
        return _assigning(link, OwnerForm(initial={"owner": link.owner_id}))
    if asked.get("count"):
        return panel_of_cohort(asked["count"])
    return None


def _next_to(stop: Touchpoint) -> Touchpoint | None:
    whole = queries.in_order()
    place = whole.index(stop) + 1
    return whole[place] if place < len(whole) else None


def _standing() -> Any:
    return Handoff.objects.filter(ended_at=None).select_related("giver", "taker")


def _adding(form: TouchpointForm) -> Panel:
    return Panel("add", form, reverse("understand:add_touchpoint"))


def _changing(stop: Touchpoint, form: ChangeForm) -> Panel:
    return Panel("change", form, reverse("understand:change_touchpoint", args=[stop.key]), stop)


def _connecting(stop: Touchpoint, form: ConnectForm) -> Panel:
    return Panel("connect", form, reverse("understand:connect", args=[stop.key]), stop)


def _assigning(link: Handoff, form: OwnerForm) -> Panel:
    return Panel("link", form, reverse("understand:assign_link", args=[link.pk]), link)


def _at(stop: Touchpoint) -> str:
    return f"#touchpoint-{stop.key}"


@needs(Right.CONFIRM_ISSUES)
@require_POST
def add_touchpoint(request: HttpRequest) -> HttpResponse:
    """Add a step, last in its stage."""
    form = TouchpointForm(request.POST)
    if not form.is_valid():
        return drawn(request, _adding(form))
    given, now = form.cleaned_data, timezone.now()
    place = sum(stop.stage == given["stage"] for stop in queries.in_order())
    try:
        added = actions.add_touchpoint(order=place + 1, by=request.person, now=now, **given)
    except actions.KeyTaken:
        form.key_is_taken()
        return drawn(request, _adding(form))
    actions.move_touchpoint(touchpoint=added, stage=added.stage, place=place, by=request.person, now=now)
    messages.success(request, _("Issues can be met at “%(name)s” now.") % {"name": added.name})
    return back(_at(added))


@needs(Right.CONFIRM_ISSUES)
@require_POST
def change_touchpoint(request: HttpRequest, key: str) -> HttpResponse:
    """Call a step something else, or say who answers for it."""
    stop = get_object_or_404(Touchpoint, key=key)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return drawn(request, _changing(stop, form))
    actions.change_touchpoint(touchpoint=stop, by=request.person, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Changed."))
    return back(_at(stop))


@needs(Right.CONFIRM_ISSUES)
@require_POST
def move_touchpoint(request: HttpRequest, key: str) -> HttpResponse:
    """One step earlier or later, or to where it was dropped."""
    stop = get_object_or_404(Touchpoint, key=key)
    form = MoveForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    to = (given.get("stage"), given.get("place"))
    if given.get("step"):
        to = queries.step_from(stop, earlier=given["step"] == "earlier") or (None, None)
    if to[0] and to[1] is not None:
        actions.move_touchpoint(
            touchpoint=stop, stage=to[0], place=to[1], by=request.person, now=timezone.now()
        )
    else:
        messages.warning(request, _("It stands at the end of the way already."))
    return back(_at(stop))


@needs(Right.CONFIRM_ISSUES)
@require_POST
def remove_touchpoint(request: HttpRequest, key: str) -> HttpResponse:
    """Take a step away at which nothing stands."""
    stop = get_object_or_404(Touchpoint, key=key)
    gone = {name: getattr(stop, name) for name in ("key", "name", "stage", "order", "owner_id")}
    try:
        actions.remove_touchpoint(touchpoint=stop, by=request.person, now=timezone.now())
    except actions.InUse:
        words = _("Something was said at “%(name)s”, or an issue, a link or a count stands there: it stays.")
        messages.error(request, words % {"name": stop.name})
        return back(_at(stop))
    return back(removed={"kind": "touchpoint", "name": stop.name, "row": gone})


@needs(Right.CONFIRM_ISSUES)
@require_POST
def connect(request: HttpRequest, key: str) -> HttpResponse:
    """Say where customers go on to from here."""
    stop = get_object_or_404(Touchpoint, key=key)
    form = ConnectForm(request.POST, giver=stop)
    if not form.is_valid():
        return drawn(request, _connecting(stop, form))
    try:
        link = actions.connect(giver=stop, by=request.person, now=timezone.now(), **form.cleaned_data)
    except actions.AlreadyLinked:
        form.add_error(None, _("One link leads on from a step already, or leads to the other one."))
    except actions.Circle:
        form.add_error("taker", _("The way would lead back to where it began."))
    else:
        messages.success(request, _("Connected."))
        return back(f"#link-{link.pk}")
    return drawn(request, _connecting(stop, form))


@needs(Right.CONFIRM_ISSUES)
@require_POST
def assign_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who answers for those who fall through."""
    link = get_object_or_404(_standing(), pk=pk)
    form = OwnerForm(request.POST)
    if not form.is_valid():
        return drawn(request, _assigning(link, form))
    actions.answer_for(link=link, by=request.person, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Changed."))
    return back(f"#link-{link.pk}")


@needs(Right.CONFIRM_ISSUES)
@require_POST
def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    """Customers go this way no longer."""
    link = get_object_or_404(_standing(), pk=pk)
    actions.disconnect(link=link, by=request.person, now=timezone.now())
    name = f"{link.giver.name} → {link.taker.name}"
    return back(removed={"kind": "link", "name": name, "row": {"pk": link.pk}})


@needs(Right.CONFIRM_ISSUES)
@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Take back what was removed a moment ago."""
    try:
        removed = removed_by(request.POST.get("token", ""))
        place = _restored(request, removed)
    except (
        Forged,
        actions.KeyTaken,
        actions.AlreadyLinked,
        actions.Circle,
        actions.DoesNotFit,
        Handoff.DoesNotExist,
        Cohort.DoesNotExist,
        Touchpoint.DoesNotExist,
    ):
        messages.warning(request, _("It cannot be taken back: something else stands there now."))
    else:
        messages.success(request, _("“%(name)s” is back.") % {"name": removed["name"]})
        return back(place)
    return back()


def _restored(request: HttpRequest, removed: dict[str, Any]) -> str:
    """Where on the page it stands again."""
    row, by, now = removed["row"], request.person, timezone.now()
    if removed["kind"] == "touchpoint":
        owner = Unit.objects.filter(pk=row.pop("owner_id")).first()
        return _at(actions.add_touchpoint(owner=owner, by=by, now=now, **row))
    if removed["kind"] == "link":
        actions.reconnect(link=Handoff.objects.get(pk=row["pk"]), by=by, now=now)
        return f"#link-{row['pk']}"
    restore_cohort(row=row, by=by, now=now)
    return "#links"

"""The list of fixes, one fix, and what its owner does with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act import actions
from coalface.act.forms import DeclineForm, FilterForm, FixForm
from coalface.act.queries import (
    FIXES,
    fix_with_all,
    fixes,
    history,
    may,
    readable_for,
    told,
    waiting_for,
    words_about,
)
from coalface.permissions import Right, needs
from coalface.records.models import Fix, Issue, Lane
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken


@needs(Right.SEE_FIXES)
def index(request: HttpRequest) -> HttpResponse:
    """Fixes in their lanes, or those shipped or declined."""
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    show = chosen.get("show") or "open"
    mine = request.person if chosen.get("whose") == "mine" else None
    found = fixes(show=show, owner=mine, unit=chosen.get("unit"))
    if file := taken(request, Offer(FIXES, found)):
        return file
    page = page_of(request, found)
    lanes = [(lane, [fix for fix in page if fix.lane == lane]) for lane in Lane.values]
    context = {
        "form": form,
        "show": show,
        "filtered": bool(mine or chosen.get("unit")),
        "page": page,
        "lanes": lanes,
        "today": timezone.localdate(),
        "may_tell": request.rights.has(Right.ANSWER_FEEDBACK),
        "small": request.small,
    }
    return render(request, "act/index.html", context)


@needs(Right.SEE_FIXES)
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """One fix: what customers said, who looks after it, and what it waits for."""
    found = get_object_or_404(fix_with_all(pk))
    context = {
        "fix": found,
        "waiting": waiting_for(found),
        "mine": found.owner == request.person,
        "may_register": may(request.rights, Right.REGISTER_EVALUATIONS, found),
        "words": words_about(found, readable_for(request.person, request.rights)),
        "told": told(found, timezone.now()),
        "may_tell": request.rights.has(Right.ANSWER_FEEDBACK),
        "events": history(found),
        "verdict": next(iter(found.verdicts.all()), None),
        "decline_form": DeclineForm(),
        "today": timezone.localdate(),
        "small": request.small,
    }
    return render(request, "act/fix.html", context)


@needs(Right.OPEN_FIXES)
def open_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a fix for an issue."""
    issue = get_object_or_404(Issue.objects.select_related("merged_into"), pk=pk)
    if issue.merged_into:
        return redirect("act:open_fix", pk=issue.merged_into_id)
    now = timezone.now()
    form = FixForm(request.POST or None, today=timezone.localdate(now), initial={"owner": request.person})
    if form.is_valid():
        unit = form.cleaned_data["unit"]
        if unit and not request.rights.reach(Right.OPEN_FIXES, unit):
            raise PermissionDenied(Right.OPEN_FIXES)
        opened = actions.open_fix(issue=issue, by=request.person, now=now, **form.cleaned_data)
        messages.success(request, _("Opened. Its owner sees it under what waits for them."))
        return redirect("act:fix", pk=opened.pk)
    return render(request, "act/open_fix.html", {"form": form, "issue": issue, "small": request.small})


@require_POST
@needs(Right.SHIP_FIXES)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a fix on."""
    return _as_owner(request, pk, actions.accept_fix, _("It is yours. Next: how will it be judged?"))


@require_POST
@needs(Right.SHIP_FIXES)
def ship(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is live; without a plan to judge it by, make one first."""
    try:
        return _as_owner(
            request, pk, actions.ship, _("Shipped. From now on it is counted whether it helped.")
        )
    except actions.NoEvaluationPlan:
        messages.warning(request, _("First write down how it will be judged; then ship it."))
        registers = may(request.rights, Right.REGISTER_EVALUATIONS, get_object_or_404(Fix, pk=pk))
        return redirect("verify:register" if registers else "act:fix", pk=pk)


@require_POST
@needs(Right.SHIP_FIXES)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with a reason."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("A no needs its reason."))
        return redirect("act:fix", pk=pk)
    return _as_owner(
        request, pk, actions.decline_fix, _("Declined. The reason stays readable."), **form.cleaned_data
    )


def _as_owner(request: HttpRequest, pk: int, action, done: str, **what: str) -> HttpResponse:
    try:
        action(fix=get_object_or_404(Fix, pk=pk), by=request.person, now=timezone.now(), **what)
    except actions.NotItsOwner as refusal:
        raise PermissionDenied from refusal
    except (actions.AlreadyShipped, actions.AlreadyDeclined, actions.NotAccepted):
        messages.warning(request, _("It stands differently by now; look again."))
    else:
        messages.success(request, done)
    return redirect("act:fix", pk=pk)

"""Giving a fix on, putting it before somebody, and how it stands among the others."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act import actions
from coalface.act.forms import AskForm, ChangeForm, MergeForm, NeedsForm, OfferForm
from coalface.act.queries import fix_with_all, may, may_change, to_decide
from coalface.permissions import Right, needs
from coalface.records.models import Fix, Lane

from .refusing import done


def changeable(request: HttpRequest, pk: int) -> Fix:
    """An open fix this person may change: their own, or where they may open some."""
    fix = get_object_or_404(fix_with_all(pk))
    if not may_change(fix, request.person, request.rights):
        raise PermissionDenied(Right.OPEN_FIXES)
    return fix


def _page(request: HttpRequest, template: str, fix: Fix, form: object) -> HttpResponse:
    return render(request, f"act/change/{template}.html", {"fix": fix, "form": form, "small": request.small})


@needs(Right.SHIP_FIXES)
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to take it on."""
    fix = get_object_or_404(fix_with_all(pk))
    if fix.owner != request.person:
        raise PermissionDenied(Right.SHIP_FIXES)
    form = OfferForm(request.POST or None, today=timezone.localdate(), owner=fix.owner_id)
    if not form.is_valid():
        return _page(request, "offer", fix, form)
    done(request, pk, actions.offer_fix, _("Asked. It stays yours until they say yes."), **form.cleaned_data)
    return redirect("act:fix", pk=pk)


@needs(Right.SHIP_FIXES)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it before somebody who decides."""
    fix = changeable(request, pk)
    waiting = to_decide(fix)
    first = {"decider": waiting.decider_id, "decide_by": waiting.decide_by} if waiting else {}
    form = AskForm(request.POST or None, today=timezone.localdate(), initial=first)
    if not form.is_valid():
        return _page(request, "ask", fix, form)
    done(request, pk, actions.ask_for_decision, _("It waits for a decision now."), **form.cleaned_data)
    return redirect("act:fix", pk=pk)


@needs(Right.SHIP_FIXES)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What kind of change it is, what it is worth, how much work, by when."""
    fix = changeable(request, pk)
    first = {
        "kind": fix.kind or fix.issue.kind,
        "worth": fix.worth,
        "effort": fix.effort,
        "due_on": fix.due_on,
    }
    form = ChangeForm(request.POST or None, initial=first)
    if not form.is_valid():
        return _page(request, "change", fix, form)
    size = actions.Size(form.cleaned_data["worth"], form.cleaned_data["effort"])
    kept = {name: form.cleaned_data[name] for name in ("kind", "due_on")}
    done(request, pk, actions.change_fix, _("Changed."), size=size, **kept)
    return redirect("act:fix", pk=pk)


@require_POST
@needs(Right.SHIP_FIXES)
def lane(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it run in another lane; into decisions by asking somebody."""
    changeable(request, pk)
    wanted = request.POST.get("lane")
    if wanted == Lane.NEEDS_A_DECISION:
        return redirect("act:ask", pk=pk)
    if wanted not in Lane.values:
        return redirect("act:fix", pk=pk)
    went, before = done(request, pk, actions.change_lane, "", lane=wanted)
    undo = f"?was={before}" if went and before != wanted and "undo" not in request.POST else ""
    return redirect(reverse("act:fix", args=[pk]) + undo)


@needs(Right.SHIP_FIXES)
def needs_first(request: HttpRequest, pk: int) -> HttpResponse:
    """What has to ship before it."""
    fix = changeable(request, pk)
    first = {"needs": [one.pk for one in fix.needs.all()]}
    posted = request.POST if request.method == "POST" else None
    form = NeedsForm(posted, fix=fix, initial=first)
    if not form.is_valid():
        return _page(request, "needs", fix, form)
    done(request, pk, actions.set_needs, _("Written down."), needs=list(form.cleaned_data["needs"]))
    return redirect("act:fix", pk=pk)


@needs(Right.SHIP_FIXES)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it part of another one."""
    fix = changeable(request, pk)
    form = MergeForm(request.POST or None, fix=fix)
    if not form.is_valid():
        return _page(request, "merge", fix, form)
    into = form.cleaned_data["into"]
    if not may(request.rights, Right.OPEN_FIXES, into) and into.owner != request.person:
        raise PermissionDenied(Right.OPEN_FIXES)
    went, _same = done(request, pk, actions.merge_fixes, _("They are one now."), into=into)
    return redirect("act:fix", pk=into.pk if went else pk)

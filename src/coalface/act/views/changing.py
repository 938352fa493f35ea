"""Giving a fix on, putting it before somebody, and how it stands among the others."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
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

Changing = Callable[[HttpRequest, Fix], HttpResponse]


def open_to_change(view: Changing) -> Callable[[HttpRequest, int], HttpResponse]:
    """Give the view an open fix this person may change: their own, or where they may open some.

    Who comes too late, as it ended or became part of another meanwhile, is told so.
    """

    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        fix = get_object_or_404(fix_with_all(pk))
        if fix.shipped_at or fix.declined_at or fix.merged_into_id:
            messages.warning(request, _("It stands differently by now; look again."))
            return redirect("act:fix", pk=pk)
        if not may_change(fix, request.person, request.rights):
            raise PermissionDenied(Right.OPEN_FIXES)
        return view(request, fix)

    return guarded


def _page(request: HttpRequest, template: str, fix: Fix, form: object, **more: object) -> HttpResponse:
    context = {"fix": fix, "form": form, "small": request.small} | more
    return render(request, f"act/change/{template}.html", context)


@needs(Right.SHIP_FIXES)
@open_to_change
def offer(request: HttpRequest, fix: Fix) -> HttpResponse:
    """Ask somebody to take it on."""
    if fix.owner != request.person:
        raise PermissionDenied(Right.SHIP_FIXES)
    form = OfferForm(request.POST or None, today=timezone.localdate(), owner=fix.owner_id)
    if not form.is_valid():
        return _page(request, "offer", fix, form)
    words = _("Asked. It stays yours until they say yes.")
    done(request, fix.pk, actions.offer_fix, words, **form.cleaned_data)
    return redirect("act:fix", pk=fix.pk)


@needs(Right.SHIP_FIXES)
@open_to_change
def ask(request: HttpRequest, fix: Fix) -> HttpResponse:
    """Put it before somebody who decides."""
    waiting = to_decide(fix)
    first = {"decider": waiting.decider_id, "decide_by": waiting.decide_by} if waiting else {}
    form = AskForm(request.POST or None, today=timezone.localdate(), initial=first)
    if not form.is_valid():
        return _page(request, "ask", fix, form)
    done(request, fix.pk, actions.ask_for_decision, _("It waits for a decision now."), **form.cleaned_data)
    return redirect("act:fix", pk=fix.pk)


@needs(Right.SHIP_FIXES)
@open_to_change
def change(request: HttpRequest, fix: Fix) -> HttpResponse:
    """What kind of change it is, what it is worth, how much work, by when."""
    first = {
        "kind": fix.kind or fix.issue.kind,
        "worth": fix.worth,
        "effort": fix.effort,
        "due_on": fix.due_on,
    }
    form = ChangeForm(request.POST or None, initial=first, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, "change", fix, form)
    size = actions.Size(form.cleaned_data["worth"], form.cleaned_data["effort"])
    kept = {name: form.cleaned_data[name] for name in ("kind", "due_on")}
    done(request, fix.pk, actions.change_fix, _("Changed."), size=size, **kept)
    return redirect("act:fix", pk=fix.pk)


@require_POST
@needs(Right.SHIP_FIXES)
@open_to_change
def lane(request: HttpRequest, fix: Fix) -> HttpResponse:
    """Let it run in another lane; into decisions by asking somebody."""
    wanted = request.POST.get("lane")
    if wanted == Lane.NEEDS_A_DECISION:
        return redirect("act:ask", pk=fix.pk)
    if wanted not in Lane.values:
        return redirect("act:fix", pk=fix.pk)
    went, before = done(request, fix.pk, actions.change_lane, "", lane=wanted)
    undo = f"?was={before}" if went and before != wanted and "undo" not in request.POST else ""
    return redirect(reverse("act:fix", args=[fix.pk]) + undo)


@needs(Right.SHIP_FIXES)
@open_to_change
def needs_first(request: HttpRequest, fix: Fix) -> HttpResponse:
    """What has to ship before it."""
    first = {"needs": [one.pk for one in fix.needs.all()]}
    posted = request.POST if request.method == "POST" else None
    words = request.GET.get("q", "").strip()
    form = NeedsForm(posted, fix=fix, words=words, initial=first)
    if not form.is_valid():
        return _page(request, "needs", fix, form, words=words)
    done(request, fix.pk, actions.set_needs, _("Written down."), needs=list(form.cleaned_data["needs"]))
    return redirect("act:fix", pk=fix.pk)


@needs(Right.SHIP_FIXES)
@open_to_change
def merge(request: HttpRequest, fix: Fix) -> HttpResponse:
    """Make it part of another one."""
    form = MergeForm(request.POST or None, fix=fix)
    if not form.is_valid():
        return _page(request, "merge", fix, form)
    into = form.cleaned_data["into"]
    if not may(request.rights, Right.OPEN_FIXES, into) and into.owner != request.person:
        raise PermissionDenied(Right.OPEN_FIXES)
    went, _same = done(request, fix.pk, actions.merge_fixes, _("They are one now."), into=into)
    return redirect("act:fix", pk=into.pk if went else fix.pk)

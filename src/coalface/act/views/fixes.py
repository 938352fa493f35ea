"""The list of fixes, one fix, and opening one."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.act import actions
from coalface.act.forms import DeclineForm, FilterForm, FixForm, NotYetForm, ReturnForm
from coalface.act.queries import (
    FIXES,
    Asked,
    fix_with_all,
    fixes,
    history,
    in_lanes,
    may,
    may_change,
    may_decide,
    may_undo,
    offered,
    readable_for,
    to_decide,
    told,
    waiting_for,
    words_about,
)
from coalface.permissions import Right, needs
from coalface.records.models import Fix, Issue, Lane
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

A_WEEK: Final = timedelta(weeks=1)


def chosen(request: HttpRequest) -> tuple[FilterForm, Asked, bool]:
    """Which fixes the address asks for, and whether it asks for less than all.

    What in it makes no sense is said beside its field; the rest holds.
    """
    form = FilterForm(request.GET)
    form.full_clean()
    found = form.cleaned_data
    asked = Asked(
        show=found.get("show") or "open",
        owner=request.person if found.get("whose") == "mine" else None,
        unit=found.get("unit"),
        lane=found.get("lane", ""),
        kind=found.get("kind", ""),
        waits_for=found.get("waits", ""),
        order=found.get("order", ""),
    )
    less = any(found.get(name) for name in ("whose", "unit", "lane", "kind", "waits"))
    return form, asked, less


@needs(Right.SEE_FIXES)
def index(request: HttpRequest) -> HttpResponse:
    """Fixes in their lanes, or those shipped or declined."""
    form, asked, less = chosen(request)
    today = timezone.localdate()
    found = fixes(today, asked)
    if file := taken(request, Offer(FIXES, found)):
        return file
    page = page_of(request, found)
    context = {
        "form": form,
        "show": asked.show,
        "filtered": less,
        "page": page,
        "lanes": _in_lanes(page, found, asked),
        "today": today,
        "may_tell": request.rights.has(Right.ANSWER_FEEDBACK),
        "small": request.small,
    }
    return render(request, "act/index.html", context)


def _in_lanes(page: Page, found: QuerySet[Fix], asked: Asked) -> list[tuple[str, list[Fix], int]]:
    """The fixes of a page lane by lane, and how many run in each on all pages; by day they are one list."""
    if asked.show != "open":
        return []
    if asked.order == "due":
        return [("", list(page), page.paginator.count)]
    many = in_lanes(found)
    parts = [(one, [fix for fix in page if fix.lane == one]) for one in Lane.values]
    return [(one, rows, many[one]) for one, rows in parts if rows]


@needs(Right.SEE_FIXES)
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """One fix: what customers said, who looks after it, and what it waits for."""
    found = get_object_or_404(fix_with_all(pk))
    context = {
        "fix": found,
        "waiting": waiting_for(found),
        "mine": found.owner == request.person,
        "may_undo": may_undo(found, request.person, timezone.now()),
        "may_register": may(request.rights, Right.REGISTER_EVALUATIONS, found),
        "may_change": may_change(found, request.person, request.rights),
        "words": words_about(found, readable_for(request.person, request.rights)),
        "told": told(found, timezone.now()),
        "may_tell": may(request.rights, Right.ANSWER_FEEDBACK, found),
        "events": history(found),
        "verdict": next(iter(found.verdicts.all()), None),
        "decline_form": DeclineForm(auto_id="decline_%s"),
        "lanes": [one for one in Lane.values if one != found.lane],
        "was": was if (was := request.GET.get("was")) in Lane.values and was != found.lane else "",
        "today": timezone.localdate(),
        "small": request.small,
    }
    return render(request, "act/fix.html", context | _asked_of(request, found))


def _asked_of(request: HttpRequest, found: Fix) -> dict[str, Any]:
    """What waits for a yes or a decision, and whether it is this person's."""
    offer, decision, now = offered(found), to_decide(found), timezone.now()
    return {
        "offer": offer,
        "asked": offer is not None and offer.receiver == request.person,
        "decision": decision,
        "decides": decision is not None and may_decide(decision, request.person, now),
        "return_form": ReturnForm(auto_id="return_%s"),
        "not_yet_form": NotYetForm(auto_id="not_yet_%s", today=timezone.localdate(now)),
        "no_form": DeclineForm(auto_id="no_%s"),
    }


@needs(Right.OPEN_FIXES)
def open_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a fix for an issue."""
    issue = get_object_or_404(Issue.objects.select_related("merged_into"), pk=pk)
    if issue.merged_into:
        return redirect("act:open_fix", pk=issue.merged_into_id)
    now, today = timezone.now(), timezone.localdate()
    first = {"owner": request.person, "due_on": today + A_WEEK}
    form = FixForm(request.POST or None, today=today, issue=issue, initial=first)
    if form.is_valid():
        unit = form.cleaned_data["unit"]
        if unit and not request.rights.reach(Right.OPEN_FIXES, unit):
            raise PermissionDenied(Right.OPEN_FIXES)
        opened = actions.open_once(issue=issue, by=request.person, now=now, **form.opened())
        own = opened.owner == form.cleaned_data["owner"]
        messages.success(request, _("Opened.") if own else _("Opened. It is yours until they say yes."))
        return redirect("act:fix", pk=opened.pk)
    return render(request, "act/open_fix.html", {"form": form, "issue": issue, "small": request.small})

"""Changing a match on the board: moved, locked, withdrawn; each time it is checked anew."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.permissions import Right, needs
from coalface.plan import actions
from coalface.records.models import Assignment, Slot

from .board import match_for

# Where on the board a change was made: these parts of its address are kept.
KEPT = ("by", "q", "unit", "page")


@needs(Right.PLAN)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a match take place in another slot."""
    match = match_for(request, pk)
    wanted = request.POST.get("slot", "")
    there = Slot.objects.filter(unit__path__startswith=match.plan.unit.path)
    slot = there.filter(pk=int(wanted[:18])).first() if wanted.isdecimal() else None
    if slot is None:
        messages.error(request, _("That slot is not there any more. Nothing was changed."))
    else:
        _change(request, match, _("It is moved, and locked."), actions.move_match, slot=slot)
    return _back(request, match)


@needs(Right.PLAN)
@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Planning again leaves a match alone."""
    match = match_for(request, pk)
    _change(request, match, _("Planning again leaves it alone now."), actions.lock_match)
    return _back(request, match)


@needs(Right.PLAN)
@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Planning again may change a match."""
    match = match_for(request, pk)
    _change(request, match, _("Planning again may change it now."), actions.unlock_match)
    return _back(request, match)


@needs(Right.PLAN)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a match out of the plan."""
    match = match_for(request, pk)
    _change(request, match, _("It is taken out of the plan."), actions.withdraw)
    return _back(request, match)


def _change(
    request: HttpRequest, match: Assignment, done: str, action: Callable[..., object], **more: object
) -> None:
    now = timezone.now()
    try:
        if match.slot.starts_at <= now:
            raise actions.NotToBeChanged(match)
        action(match=match, by=request.person, now=now, **more)
    except actions.CannotMove as wrong:
        why = " ".join(_why(code, match.person.name) for code in wrong.codes)
        messages.error(request, f"{why} {_('Nothing was changed.')}")
    except actions.NotToBeChanged:
        messages.error(request, _("It has begun, is over, or was taken out. Nothing was changed."))
    else:
        messages.success(request, done)


def _why(code: str, name: str) -> str:
    reasons = {
        "taken_back": _("That slot was taken back."),
        "begun": _("That slot has begun."),
        "outside": _("That slot lies outside the weeks of this plan."),
        "has_left": _("%(name)s does not work here any more then."),
        "double_booked": _("%(name)s meets customers somewhere else then."),
        "full": _("All seats of that slot are taken."),
        "not_free": _("%(name)s cannot come then, by their hours or their calendar."),
    }
    return reasons[code] % {"name": name}


def _back(request: HttpRequest, match: Assignment) -> HttpResponse:
    came = QueryDict(request.POST.get("back", ""))
    kept = QueryDict(mutable=True)
    kept.update({name: came[name] for name in KEPT if name in came})
    kept["at"] = str(match.pk)
    return redirect(f"{reverse('plan:board', args=[match.plan_id])}?{kept.urlencode()}")

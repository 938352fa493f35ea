"""The monthly insight meeting: its list, its page, and what its chair does with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act import actions, queries
from coalface.act.forms import CallForm, PointForm, PresentForm
from coalface.permissions import Right, needs
from coalface.records.models import InsightMeeting, Unit
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken


@needs(Right.SEE_FIXES)
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings the reader may read, the latest first."""
    found = queries.meetings(request.person, request.rights)
    if file := taken(request, Offer(queries.MEETINGS, found)):
        return file
    context = {"page": page_of(request, found), "may_call": request.rights.has(Right.OPEN_FIXES)}
    return render(request, "act/meetings/index.html", context | {"small": request.small})


@needs(Right.OPEN_FIXES)
def call_meeting(request: HttpRequest) -> HttpResponse:
    """Call one; a day next month is proposed."""
    now = timezone.now()
    units = request.rights.units(Right.OPEN_FIXES)
    first = Unit.objects.filter(units).order_by("path").first()
    if first is None:
        raise PermissionDenied(Right.OPEN_FIXES)
    proposed = {
        "unit": first,
        "chair": request.person,
        "starts_at": queries.next_meeting_at(first, now),
    }
    form = CallForm(request.POST or None, units=units, today=timezone.localdate(now), initial=proposed)
    if form.is_valid():
        try:
            called = actions.call_meeting(by=request.person, now=now, **form.cleaned_data)
        except actions.AlreadyCalled:
            form.add_error("unit", _("A meeting of this unit is still to be held. Close or cancel it first."))
        else:
            return redirect("act:meeting", called.pk)
    return render(request, "act/meetings/call.html", {"form": form, "small": request.small})


@needs(Right.SEE_FIXES)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its agenda, then its minutes."""
    found = get_object_or_404(queries.meetings(request.person, request.rights), pk=pk)
    runs = queries.may_run(found, request.person, request.rights) and not (
        found.closed_at or found.cancelled_at
    )
    context = {
        "meeting": found,
        "items": list(queries.agenda_of(found)),
        "present": list(found.present.order_by("name", "id")),
        "runs": runs,
        "present_form": PresentForm(meeting=found, today=timezone.localdate()) if runs else None,
        "point_form": PointForm() if runs else None,
        "today": timezone.localdate(),
        "small": request.small,
    }
    return render(request, "act/meetings/meeting.html", context)


def run_by(request: HttpRequest, pk: int) -> InsightMeeting:
    """The meeting, if this person runs it; else it is not there, or not theirs."""
    found = get_object_or_404(InsightMeeting.objects.select_related("unit"), pk=pk)
    if not queries.may_run(found, request.person, request.rights):
        if queries.meetings(request.person, request.rights).filter(pk=pk).exists():
            raise PermissionDenied(Right.OPEN_FIXES)
        raise Http404
    return found


def _do(request: HttpRequest, pk: int, action: object, words: str = "", **what: object) -> HttpResponse:
    try:
        action(meeting=run_by(request, pk), by=request.person, now=timezone.now(), **what)
    except (actions.MeetingOver, actions.NotOpened):
        messages.warning(request, _("It stands differently by now; look again."))
    else:
        if words:
            messages.success(request, words)
    return redirect("act:meeting", pk)


@require_POST
@needs(Right.SEE_FIXES)
def open_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """It begins."""
    return _do(request, pk, actions.open_meeting)


@require_POST
@needs(Right.SEE_FIXES)
def close_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """It is over."""
    return _do(request, pk, actions.close_meeting, _("Closed. From now on this is the record."))


@require_POST
@needs(Right.SEE_FIXES)
def cancel_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not held."""
    return _do(request, pk, actions.cancel_meeting, _("Called off."))


@require_POST
@needs(Right.SEE_FIXES)
def present(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is there."""
    form = PresentForm(request.POST, meeting=run_by(request, pk), today=timezone.localdate())
    if not form.is_valid():
        messages.warning(request, _("It stands differently by now; look again."))
        return redirect("act:meeting", pk)
    return _do(request, pk, actions.say_who_is_present, people=form.cleaned_data["present"])


@require_POST
@needs(Right.SEE_FIXES)
def add_point(request: HttpRequest, pk: int) -> HttpResponse:
    """One more point."""
    form = PointForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("A point says what it is about."))
        return redirect("act:meeting", pk)
    return _do(request, pk, actions.add_point, **form.cleaned_data)

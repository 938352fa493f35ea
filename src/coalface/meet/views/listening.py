"""A listening session: the draw, the agent who knows, and what was heard in each call."""

from collections.abc import Callable
from uuid import UUID

import uuid_utils.compat as uuid
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.meet import actions
from coalface.meet.forms import DrawCallsForm, HeardForm
from coalface.meet.queries import next_sequence
from coalface.permissions import Right, needs
from coalface.records.models import FormatKind, ListenedCall

from .access import encounter_for, sent_from
from .encounters import meeting_address
from .formats import format_page


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def draw_calls(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw the calls to listen to."""
    now, meeting = timezone.now(), encounter_for(request, pk, FormatKind.LISTENING)
    form = DrawCallsForm(request.POST)
    if form.is_valid():
        try:
            actions.draw_calls(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
        except actions.CannotDraw:
            form.add_error("calls", _("These queues and hours do not have so many: five an hour at most."))
        except actions.AlreadyListened:
            messages.warning(request, _("You have begun to listen: the draw stands."))
        except (actions.NotHeld, actions.Finished):
            messages.warning(request, _("It is over, and stays as it is."))
    if not form.is_valid():
        return format_page(request, meeting, now, draw_form=form)
    return redirect(f"{meeting_address(pk)}#calls")


@needs(Right.MEET_CUSTOMERS)
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was heard in one call."""
    now, heard = timezone.now(), _call_for(request, pk)
    meeting = heard.draw.encounter
    if request.method == "GET" and (heard.heard or heard.agent_informed_at is None):
        return redirect(f"{meeting_address(meeting.pk)}#calls")
    ids = {"id": uuid.uuid7(), "sequence": next_sequence(meeting, request.person)}
    form = HeardForm(request.POST or None, initial=ids)
    if request.method == "POST" and form.is_valid():
        return _kept(request, heard, form)
    return render(request, "meet/call.html", {"call": heard, "encounter": meeting, "form": form, "now": now})


def _kept(request: HttpRequest, heard: ListenedCall, form: HeardForm) -> HttpResponse:
    try:
        actions.hear_call(
            call=heard, by=request.person, now=timezone.now(), language=request.person.language,
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("Written down."))
    except actions.NotHeld:
        messages.warning(request, _("Say first that the session took place."))
    except actions.AgentNotInformed:
        messages.warning(request, _("Tell the agent first."))
    except (actions.CallSettled, actions.IdTaken):
        messages.warning(request, _("What was heard in this call is written down already."))
    return redirect(f"{meeting_address(heard.draw.encounter_id)}#calls")


@needs(Right.MEET_CUSTOMERS)
@require_POST
def inform_agent(request: HttpRequest, pk: int) -> HttpResponse:
    """The agent knows."""
    return _pressed(request, pk, actions.inform_agent)


@needs(Right.MEET_CUSTOMERS)
@require_POST
def no_such_call(request: HttpRequest, pk: int) -> HttpResponse:
    """This call did not come."""
    return _pressed(request, pk, actions.no_such_call)


def _pressed(request: HttpRequest, pk: int, deed: Callable[..., object]) -> HttpResponse:
    drawn = _call_for(request, pk)
    try:
        deed(call=drawn, by=request.person, now=timezone.now())
    except actions.NotHeld:
        messages.warning(request, _("Say first that the session took place."))
    except actions.CallSettled:
        messages.warning(request, _("What was heard in this call is written down already."))
    except actions.Finished:
        messages.warning(request, _("It is finished, and stays as it is."))
    return redirect(f"{meeting_address(drawn.draw.encounter_id)}#calls")


def _call_for(request: HttpRequest, pk: int) -> ListenedCall:
    rows = ListenedCall.objects.select_related("draw__encounter__format", "draw__encounter__unit")
    found = get_object_or_404(rows, pk=pk)
    encounter_for(request, found.draw.encounter_id)
    return found

"""Several of us at one encounter."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.meet import actions
from coalface.meet.forms import JoinForm
from coalface.permissions import Right, needs
from coalface.records.models import Attendance

from .access import encounter_for, sent_from
from .encounters import _page, meeting_address


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def join_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more of us comes."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = JoinForm(request.POST, today=timezone.localdate(now), auto_id="join_%s")
    if not form.is_valid():
        return _page(request, meeting, now, join_form=form)
    try:
        actions.join_in(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
    except actions.AlreadyDecided:
        messages.warning(request, _("It did not take place."))
    return _to_colleagues(pk)


@needs(Right.MEET_CUSTOMERS)
@require_POST
def stay_away(request: HttpRequest, pk: int) -> HttpResponse:
    """One of us does not come after all."""
    attendance = get_object_or_404(Attendance.objects.select_related("person"), pk=pk)
    meeting = encounter_for(request, attendance.encounter_id)
    try:
        actions.stay_away(attendance=attendance, by=request.person, now=timezone.now())
    except actions.TheLastOne:
        messages.warning(
            request, _("One of us has to be there. If nobody can, say that it does not take place.")
        )
    except actions.HasNoted:
        messages.warning(
            request, _("%(name)s wrote something down there.") % {"name": attendance.person.name}
        )
    except actions.AlreadyDecided:
        messages.warning(request, _("It did not take place."))
    return _to_colleagues(meeting.pk)


def _to_colleagues(pk: UUID) -> HttpResponse:
    return redirect(f"{meeting_address(pk)}#us")

"""What I will do differently: written, shared or kept, and listed for nobody but me."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.meet import actions
from coalface.meet.forms import ReflectionForm
from coalface.meet.queries import REFLECTIONS, reflections_of
from coalface.permissions import Right, needs
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

from .access import encounter_for, sent_from
from .encounters import REFLECTION, encounter_page, meeting_address


@needs(Right.MEET_CUSTOMERS)
def reflections(request: HttpRequest) -> HttpResponse:
    """The reader's own, the latest first."""
    mine = reflections_of(request.person)
    if file := taken(request, Offer(REFLECTIONS, mine)):
        return file
    return render(request, "meet/reflections.html", {"page": page_of(request, mine)})


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def reflect(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write it down, or write it anew."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = ReflectionForm(request.POST, auto_id=REFLECTION)
    if not form.is_valid():
        return encounter_page(request, meeting, now, reflection_form=form)
    try:
        actions.reflect(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
        messages.success(request, _("Written down."))
    except actions.NotThere:
        messages.warning(request, _("This question is for who was there."))
    except actions.NotHeld:
        messages.warning(request, _("Say first that you met."))
    return redirect(f"{meeting_address(pk)}#reflection")


@needs(Right.MEET_CUSTOMERS)
@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Let others read it, or keep it to oneself again; somebody else's is as good as not there."""
    mine = get_object_or_404(reflections_of(request.person), pk=pk)
    verb = actions.share_reflection if request.POST.get("share") == "yes" else actions.keep_to_oneself
    verb(reflection=mine, by=request.person, now=timezone.now())
    if request.POST.get("from") == "list":
        return redirect("meet:reflections")
    return redirect(f"{meeting_address(mine.encounter_id)}#reflection")

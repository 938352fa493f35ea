"""An own walk: one step after the other, corrected, taken back, or raised as a remark."""

from datetime import datetime
from uuid import UUID

import uuid_utils.compat as uuid
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.meet import actions
from coalface.meet.forms import BrokenForm, NextStepForm, StepForm
from coalface.meet.queries import is_finished
from coalface.permissions import Right, needs
from coalface.records.models import FormatKind, WalkStep

from .access import encounter_for, sent_from
from .encounters import meeting_address
from .formats import format_page


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def add_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next step, and straight on to the one after."""
    now, meeting = timezone.now(), encounter_for(request, pk, FormatKind.OWN_WALK)
    form = NextStepForm(request.POST, auto_id="step_%s")
    if not form.is_valid():
        return format_page(request, meeting, now, step_form=form)
    try:
        actions.add_step(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
    except (actions.NotHeld, actions.Finished):
        messages.warning(request, _("Steps are noted while the walk is under way."))
    return redirect(f"{meeting_address(pk)}?walking#next-step")


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def undo_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the last step back."""
    meeting, given = encounter_for(request, pk, FormatKind.OWN_WALK), request.POST.get("step", "")
    try:
        step = int(given) if given.isdecimal() else 0
        actions.undo_step(encounter=meeting, step=step, by=request.person, now=timezone.now())
    except actions.NotTheLast:
        messages.warning(request, _("Another step came after it: only the last one is taken back."))
    except (actions.NotHeld, actions.Finished):
        messages.warning(request, _("Steps are noted while the walk is under way."))
    return redirect(f"{meeting_address(pk)}?walking#next-step")


@needs(Right.MEET_CUSTOMERS)
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a step, or say what stood in the way there."""
    now, walked = timezone.now(), _step_for(request, pk)
    if request.method != "POST" and is_finished(walked.encounter):
        return redirect(f"{meeting_address(walked.encounter_id)}#steps")
    if request.method != "POST":
        return _page(request, walked, now)
    raising = "reading" in request.POST
    form = BrokenForm(request.POST, auto_id="broken_%s") if raising else StepForm(request.POST)
    if not form.is_valid():
        return _page(request, walked, now, **{"broken_form" if raising else "form": form})
    deed = actions.raise_step if raising else actions.change_step
    try:
        deed(step=walked, by=request.person, now=now, **form.cleaned_data)
    except (actions.NotHeld, actions.Finished):
        messages.warning(request, _("Steps are noted while the walk is under way."))
    except actions.NotBroken:
        messages.warning(request, _("Say first that it broke there."))
    except (actions.StepRaised, actions.IdTaken):
        messages.warning(request, _("This step has its remark already."))
    return redirect(f"{meeting_address(walked.encounter_id)}#steps")


def _step_for(request: HttpRequest, pk: int) -> WalkStep:
    rows = WalkStep.objects.select_related("encounter__format", "encounter__unit")
    found = get_object_or_404(rows, pk=pk)
    encounter_for(request, found.encounter_id)
    return found


def _page(request: HttpRequest, walked: WalkStep, now: datetime, **forms: object) -> HttpResponse:
    fields = ("name", "seconds", "effort", "feeling", "human", "broke")
    context: dict[str, object] = {
        "step": walked,
        "encounter": walked.encounter,
        "form": StepForm(initial={field: getattr(walked, field) for field in fields}),
    }
    if walked.broke and walked.remark_id is None:
        context["broken_form"] = BrokenForm(auto_id="broken_%s", initial={"id": uuid.uuid7()})
    return render(request, "meet/step.html", context | forms)

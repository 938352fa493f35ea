"""What we do with what was said: answer it, pass a compliment on; and say something to each other."""

from uuid import UUID

import uuid_utils.compat as uuid
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.hear import actions
from coalface.hear.forms import AnswerForm, DepartmentForm, PraiseForm
from coalface.meet.queries import colleagues
from coalface.permissions import Right, needs
from coalface.records.models import Feedback

from .feedback import feedback_page


@needs(Right.REPORT_FEEDBACK)
def tell(request: HttpRequest) -> HttpResponse:
    """Thank a department, or complain to it, as a customer would."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = DepartmentForm(request.POST or None, today=today, initial={"id": uuid.uuid7()})
    if form.is_valid():
        given = form.cleaned_data | {"by": request.person, "now": now}
        try:
            actions.tell_a_department(**given)
        except actions.IdTaken:  # gone back, and written anew
            actions.tell_a_department(**given | {"id": uuid.uuid7()})
        messages.success(request, _("It has arrived. You will see here what becomes of it."))
        return redirect("hear:mine")
    names = colleagues(today, request.person)
    return render(request, "hear/tell.html", {"form": form, "colleagues": names, "small": request.small})


@needs(Right.ANSWER_FEEDBACK)
@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer whoever holds the receipt."""
    found = get_object_or_404(_mine(request).filter(receipt__isnull=False), pk=pk)
    form = AnswerForm(request.POST, auto_id="answer_%s")
    if not form.is_valid():
        return feedback_page(request, found.pk, answer_form=form)
    try:
        actions.answer(feedback=found, by=request.person, now=timezone.now(), **form.cleaned_data)
    except actions.Withdrawn:
        messages.warning(request, _("It has just been taken back; nobody waits for an answer any more."))
    except actions.IdTaken:
        messages.warning(request, _("This answer had been sent already."))
    else:
        messages.success(request, _("Answered."))
    return redirect("hear:feedback", pk)


@needs(Right.ANSWER_FEEDBACK)
@require_POST
def praise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the person hear it whom it is about, and their boss."""
    found, now = get_object_or_404(_mine(request), pk=pk), timezone.now()
    form = PraiseForm(request.POST, today=timezone.localdate(now), auto_id="praise_%s")
    if not form.is_valid():
        return feedback_page(request, found.pk, praise_form=form)
    to = form.cleaned_data["to"]
    try:
        actions.pass_praise(feedback=found, to=to, by=request.person, now=now)
    except actions.NotPraise:
        messages.warning(request, _("Only a compliment is passed on to a person."))
    else:
        messages.success(request, _("%(name)s hears it, and so does their boss.") % {"name": to.name})
    return redirect("hear:feedback", pk)


def _mine(request: HttpRequest) -> QuerySet[Feedback]:
    return Feedback.objects.filter(request.rights.within(Right.ANSWER_FEEDBACK))

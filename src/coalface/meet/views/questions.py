"""Live questions: the public page, the poster that leads to it, and the list for whoever moderates."""

from datetime import datetime
from uuid import UUID

import uuid_utils.compat as uuid
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.meet import actions
from coalface.meet.forms import QuestionForm
from coalface.meet.queries import REMARKS, encounter_of, question_state, questions, told
from coalface.permissions import ANYONE, Right, needs
from coalface.records.models import Answer, Encounter, FormatKind, Remark
from coalface.shell.codes import code_in_page
from coalface.shell.languages import CHOSEN_IN, is_spoken
from coalface.shell.links import Gone
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.shell.throttle import too_many

from .access import encounter_for, sent_from
from .encounters import meeting_address
from .gatherings import town_hall

# A whole hall sits behind one address: many questions at once are welcome, a flood of them is not.
MOST, WITHIN_SECONDS = 120, 600
ON_STAGE = {Answer.FIXED_NOW: actions.fix_now, Answer.OWNED: actions.own, Answer.KEPT: actions.keep}


@needs(ANYONE)
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody in the audience asks; the link on the wall is all they need."""
    now = timezone.now()
    try:
        meeting = encounter_of(token, now)
    except Gone:
        return render(request, "meet/ask_gone.html", status=404)
    if request.method == "POST":
        return _asked(request, meeting, token, now)
    form = QuestionForm(initial={"id": uuid.uuid7()})
    return _ask_page(request, meeting, token, now, form, thanks="thanks" in request.GET)


def _asked(request: HttpRequest, meeting: Encounter, token: str, now: datetime) -> HttpResponse:
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, meeting, token, now, form)
    given = form.cleaned_data
    if given.pop("website"):  # nobody sees this field; a machine filled it in
        return _thanks(request, token)
    if too_many(request, what="ask", most=MOST, seconds=WITHIN_SECONDS, now=now):
        form.add_error(None, _("Very many questions come in right now. Please send yours again in a minute."))
        return _ask_page(request, meeting, token, now, form, status=429)
    try:
        actions.take_question(encounter=meeting, language=translation.get_language(), now=now, **given)
    except actions.NotTaken:
        return _ask_page(request, meeting, token, now, form)
    except actions.IdTaken:
        form = QuestionForm(given | {"id": uuid.uuid7()})
        form.add_error(None, _("You had sent this before, in other words. Send it again to ask both."))
        return _ask_page(request, meeting, token, now, form)
    return _thanks(request, token)


def _ask_page(
    request: HttpRequest,
    meeting: Encounter,
    token: str,
    now: datetime,
    form: QuestionForm,
    *,
    thanks: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "encounter": meeting,
        "token": token,
        "state": question_state(meeting, now),
        "form": form,
        "thanks": thanks,
        "language": translation.get_language(),
    }
    return render(request, "meet/ask.html", context, status=status)


def _thanks(request: HttpRequest, token: str) -> HttpResponse:
    chosen = request.GET.get(CHOSEN_IN, "")
    more = f"&{CHOSEN_IN}={chosen}" if is_spoken(chosen) else ""
    return redirect(f"{redirect('meet_public:ask', token).url}?thanks{more}")


@needs(Right.MEET_CUSTOMERS)
def poster(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The link and its code, large, to print or to throw on the wall."""
    meeting = _town_hall(request, pk)
    context = {"encounter": meeting, "small": request.small} | town_hall(request, meeting, timezone.now())
    context["code"] = code_in_page(str(context["question_address"]), scale=8)
    return render(request, "meet/poster.html", context)


@needs(Right.MEET_CUSTOMERS)
def question_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was asked, the newest first, for whoever reads them out."""
    now, meeting = timezone.now(), _town_hall(request, pk)
    asked = questions(meeting).select_related("encounter__unit")
    if file := taken(request, Offer(REMARKS, asked, lambda chunk: told(chunk, now))):
        return file
    page = page_of(request, asked)
    context = {
        "encounter": meeting,
        "page": page,
        "lines": told(list(page), now),
        "small": request.small,
    } | town_hall(request, meeting, now)
    return render(request, "meet/questions.html", context)


@needs(Right.MEET_CUSTOMERS)
@require_POST
def answer_question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It was answered on the stage, somebody takes it along, or it is kept."""
    said = get_object_or_404(Remark, pk=pk)
    meeting = _town_hall(request, said.encounter_id)
    answer = ON_STAGE.get(request.POST.get("answer", ""))
    if answer:
        try:
            answer(remark=said, by=request.person, now=timezone.now())
        except actions.Finished:
            messages.warning(request, _("The encounter is finished, and this is settled."))
    return redirect("meet:question_list", meeting.pk)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def stop_questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the page for questions, or open it again."""
    meeting, when = _town_hall(request, pk), {"by": request.person, "now": timezone.now()}
    if request.POST.get("take") == "again":
        actions.take_questions_again(encounter=meeting, **when)
    else:
        actions.stop_questions(encounter=meeting, **when)
    return redirect(f"{meeting_address(pk)}#questions")


def _town_hall(request: HttpRequest, pk: UUID) -> Encounter:
    meeting = encounter_for(request, pk)
    return get_object_or_404(
        Encounter.objects.select_related("format", "unit"), pk=meeting.pk, format__kind=FormatKind.TOWN_HALL
    )

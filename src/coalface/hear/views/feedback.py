"""Pages of what reached us, and the form to pass on what a customer said."""

from uuid import UUID

import uuid_utils.compat as uuid
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.hear import actions
from coalface.hear.forms import AnswerForm, FilterForm, PraiseForm, ReportForm
from coalface.hear.queries import (
    FEEDBACK,
    PASSED_ON,
    feedback_with_all,
    heard,
    may_read_praise,
    my_reports,
    passed_on,
    thanks_due,
    thread,
    told_of,
    way_of,
    who_knows,
)
from coalface.meet.queries import colleagues, with_photos
from coalface.people.queries import everywhere, position_of
from coalface.permissions import Right, needs
from coalface.records.models import Feedback, Kind, Receipt
from coalface.records.tables import Table
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken


@needs(Right.REPORT_FEEDBACK)
def index(request: HttpRequest) -> HttpResponse:
    """What customers told us, in the units the reader may see; who leads none passes things on here."""
    if not request.rights.has(Right.SEE_FEEDBACK):
        return redirect("hear:report")
    form = FilterForm(request.GET, within=request.rights.units(Right.SEE_FEEDBACK))
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = heard(
        within=request.rights.within(Right.SEE_FEEDBACK),
        kind=chosen.get("kind", ""),
        unit=chosen.get("unit"),
        touchpoint=chosen.get("touchpoint"),
        words_only=chosen.get("words", False),
    )
    if file := taken(request, Offer(_columns(request), rows.select_related("touchpoint", "reported_by"))):
        return file
    context = {"form": form, "page": page_of(request, rows), "filtered": any(chosen.values())}
    context["may_import"] = everywhere(request.rights, Right.SORT)
    context["may_open_places"] = request.rights.has(Right.OPEN_PLACES)
    return render(request, "hear/index.html", context | {"small": request.small})


def _columns(request: HttpRequest) -> Table:
    """Customers' numbers only for those who may look customers up."""
    return FEEDBACK if request.rights.has(Right.SEE_CUSTOMERS) else FEEDBACK.without("customer_reference")


@needs(Right.REPORT_FEEDBACK)
def feedback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One piece of feedback: for those who may read its unit, and for who passed it on or is praised."""
    return feedback_page(request, pk)


def readable_feedback(request: HttpRequest, pk: UUID) -> Feedback:
    """The feedback, if it is the reader's to read; else it is not there."""
    found = get_object_or_404(with_photos(feedback_with_all()), pk=pk)
    leads = request.rights.reach(Right.SEE_FEEDBACK, found.unit)
    if not leads and found.reported_by != request.person and not may_read_praise(found, request.person):
        raise Http404
    return found


def feedback_page(
    request: HttpRequest,
    pk: UUID,
    *,
    answer_form: AnswerForm | None = None,
    praise_form: PraiseForm | None = None,
) -> HttpResponse:
    """The page, with what was written into its forms."""
    found = readable_feedback(request, pk)
    leads = request.rights.reach(Right.SEE_FEEDBACK, found.unit)
    knowing = list(who_knows(feedback=found, me=request.person))
    today = timezone.localdate()
    answers = leads and request.rights.reach(Right.ANSWER_FEEDBACK, found.unit) and not found.withdrawn_at
    context = {
        "receipt": Receipt.objects.filter(feedback=found).first(),
        "thread": thread(found),
        "answers": answers,
        "answer_form": answer_form or AnswerForm(initial={"id": uuid.uuid7()}, auto_id="answer_%s"),
        "praised": told_of(found) if found.kind == Kind.COMPLIMENT else (),
        "praise_form": praise_form or PraiseForm(today=today, auto_id="praise_%s"),
        "colleagues": colleagues(today, request.person) if answers and found.kind == Kind.COMPLIMENT else (),
        "feedback": found,
        "knowing": knowing,
        "i_know": any(sighting.person_id == request.person.pk for sighting in knowing),
        "may_see_customer": request.rights.reach(Right.SEE_CUSTOMERS, found.unit),
        "small": request.small,
    }
    return render(request, "hear/feedback.html", context)


@needs(Right.REPORT_FEEDBACK)
def report(request: HttpRequest) -> HttpResponse:
    """Pass on what a customer said: the field, the usual kind and one's own place are there already."""
    now = timezone.now()
    position = position_of(person=request.person, on=timezone.localdate(now))
    where = position.unit.pk if position else None
    form = ReportForm(
        request.POST or None,
        units=request.rights.units(Right.REPORT_FEEDBACK),
        customers=request.rights.within(Right.REPORT_FEEDBACK) | Q(unit=None),
        initial={"id": uuid.uuid7(), "unit": where},
    )
    if form.is_valid():
        given = {"by": request.person, "now": now} | form.cleaned_data
        try:
            actions.report(**given)
        except actions.IdTaken:  # gone back, and written anew
            actions.report_beside(**given)
        messages.success(request, _("Heard. You will see here what becomes of it."))
        return redirect(f"{reverse('hear:mine')}?fresh")
    context = {"form": form, "passed_on": passed_on(request.person), "small": request.small}
    return render(request, "hear/report.html", context)


@needs(Right.REPORT_FEEDBACK)
def mine(request: HttpRequest) -> HttpResponse:
    """What I passed on: where each thing went, and what my words changed."""
    reports = my_reports(request.person)
    if file := taken(request, Offer(PASSED_ON, reports, lambda chunk: map(way_of, chunk))):
        return file
    page = page_of(request, reports, size=20)
    context = {
        "page": page,
        "ways": [way_of(feedback) for feedback in page],
        "passed_on": passed_on(request.person),
        "thanks": thanks_due(request.person, timezone.now()),
        "fresh": "fresh" in request.GET,
        "small": request.small,
    }
    return render(request, "hear/mine.html", context)

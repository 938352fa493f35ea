"""Pages of what customers experience, how often they say so, and who of us knows."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.hear.actions import AlreadyMarked
from coalface.hear.forms import MarkForm
from coalface.hear.queries import pages_of, reports
from coalface.hear.views import page_of_study
from coalface.permissions import Right, Rights, needs
from coalface.records.models import Depth, Feedback, Issue, Mention, Unit
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.understand import actions, queries
from coalface.understand.forms import (
    FilterForm,
    MentionsForm,
    MergeForm,
    ProposeForm,
    RouteForm,
)


@needs(Right.SEE_ISSUES)
def index(request: HttpRequest) -> HttpResponse:
    """What customers experience, what they say most of all lately first."""
    today = timezone.localdate()
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    proposed = chosen.get("show") == "proposed"
    found = queries.issues(today=today, proposed=proposed, kind=chosen.get("kind", ""))
    if file := taken(request, Offer(queries.ISSUES, found)):
        return file
    page = page_of(request, found)
    known = queries.awareness_of(list(page))
    waiting = queries.unsure(request.rights.within(Right.SORT)) if request.rights.has(Right.SORT) else None
    context = {
        "form": form,
        "proposed": proposed,
        "filtered": any(chosen.values()),
        "page": page,
        "rows": [(issue, known[issue.pk]) for issue in page],
        "year_ago": today - queries.YEAR,
        "quarter_ago": today - queries.QUARTER,
        "waiting": waiting.count() if waiting is not None else 0,
        "proposals": queries.waiting_themes(queries.last_search()).count() if waiting is not None else None,
        "small": request.small,
    }
    return render(request, "understand/index.html", context)


def readable(request: HttpRequest) -> Q:
    """A filter which leaves the mentions whose words this reader may read."""
    return request.rights.within(Right.SEE_FEEDBACK) | _mine(request)


def sees_all_customers(request: HttpRequest) -> bool:
    """Only who may look at every customer is led from a segment to what its customers said."""
    everywhere = [grant for grant in request.rights.grants if grant.unit.parent_id is None]
    return Rights(tuple(everywhere)).has(Right.SEE_CUSTOMERS)


def _mine(request: HttpRequest) -> Q:
    return Q(feedback__reported_by=request.person) | Q(remark__noted_by=request.person)


def lines_of(request: HttpRequest, mentions: Iterable[Mention]) -> list[queries.Line]:
    """The mentions as this reader may see them."""
    everywhere = request.rights.has(Right.SEE_ENCOUNTERS_OF_OTHERS)
    return [
        queries.line_of(
            mention,
            me=request.person,
            leads=request.rights.reach(Right.SEE_FEEDBACK, mention.unit),
            sees_encounters=everywhere,
            sees_customers=request.rights.reach(Right.SEE_CUSTOMERS, mention.unit),
        )
        for mention in mentions
    ]


def said(request: HttpRequest, rows: QuerySet[Mention]) -> Offer:
    """Mentions to take along, with the words that this reader may read."""
    return Offer(queries.MENTIONS, rows.select_related("issue"), lambda chunk: lines_of(request, chunk))


@needs(Right.SEE_ISSUES)
def mentions(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows behind a number; whoever may not read the words still sees that they are there."""
    found = get_object_or_404(Issue, pk=pk)
    form = MentionsForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    unit = chosen.get("unit") or Unit.objects.get(parent=None)
    narrowed = _narrowed(request, chosen, ZoneInfo(unit.time_zone))
    rows = queries.mentions_of(found, narrowed)
    if file := taken(request, said(request, rows)):
        return file
    page = page_of(request, rows)
    context = {
        "issue": found,
        "form": form,
        "page": page,
        "rows": [
            (line, request.rights.reach(Right.SORT, line.mention.unit)) for line in lines_of(request, page)
        ],
        "issues": Issue.objects.standing() if request.rights.has(Right.SORT) else (),
        "narrowed": narrowed,
        "small": request.small,
    }
    return render(request, "understand/mentions.html", context)


def _narrowed(request: HttpRequest, chosen: dict[str, Any], zone: ZoneInfo) -> queries.Narrowed:
    """What the address asks for; what tells of single customers only for those who may look at them all."""
    begin, end, spike_from, spike_until = (
        queries.midnight(chosen[name], zone) if chosen.get(name) else None
        for name in ("from_on", "until_on", "spike_from", "spike_until")
    )
    sees_all = sees_all_customers(request)
    return queries.Narrowed(
        unit=chosen.get("unit"),
        from_at=begin,
        until_at=end,
        spike=(spike_from, spike_until) if spike_from and spike_until else None,
        source=chosen.get("source", ""),
        sorted_by=chosen.get("sorted_by", ""),
        worded=chosen.get("worded", False),
        segment=chosen.get("segment", "") if sees_all else "",
        customers=chosen.get("customers", "") if sees_all else "",
    )


@needs(Right.PROPOSE_ISSUES)
def propose(request: HttpRequest) -> HttpResponse:
    """Say what customers experience; who may confirm issues can do both at once."""
    form = ProposeForm(request.POST or None, initial={"title": request.GET.get("title", "")})
    may_confirm = request.rights.has(Right.CONFIRM_ISSUES)
    if form.is_valid():
        now = timezone.now()
        new = actions.propose_issue(by=request.person, now=now, **form.cleaned_data)
        if may_confirm and "confirm" in request.POST:
            actions.confirm_issue(issue=new, by=request.person, now=now)
        messages.success(request, _("The issue is written down."))
        return redirect("understand:issue", new.pk)
    context = {"form": form, "may_confirm": may_confirm, "small": request.small}
    return render(request, "understand/propose.html", context)


@needs(Right.CONFIRM_ISSUES)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an issue stand."""
    found = get_object_or_404(Issue, pk=pk)
    try:
        actions.confirm_issue(issue=found, by=request.person, now=timezone.now())
    except actions.AlreadyConfirmed:
        messages.warning(request, _("Somebody confirmed it before you."))
    else:
        messages.success(request, _("Confirmed. What is said can be sorted to it now."))
    return redirect("understand:issue", pk)


@needs(Right.CONFIRM_ISSUES)
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an issue part of another."""
    found = get_object_or_404(Issue, pk=pk)
    form = MergeForm(request.POST, issue=found)
    if not form.is_valid():
        messages.error(request, _("Choose the issue it is the same as."))
        return redirect("understand:issue", pk)
    into = form.cleaned_data["into"]
    try:
        actions.merge(issue=found, into=into, by=request.person, now=timezone.now())
    except actions.UnderEvaluation:
        messages.error(request, _("A fix for one of the two is being judged. Merge them after its verdict."))
        return redirect("understand:issue", pk)
    except actions.CannotMerge:
        messages.error(request, _("One of the two was merged by somebody else meanwhile."))
        return redirect("understand:issue", pk)
    messages.success(request, _("They are one issue now."))
    return redirect("understand:issue", into.pk)


@needs(Right.SORT)
def route(request: HttpRequest, pk: int) -> HttpResponse:
    """The words by which what is said finds this issue."""
    found = get_object_or_404(Issue, pk=pk, merged_into=None)
    now = timezone.now()
    form = RouteForm(request.POST or None, initial=RouteForm.of(found))
    if form.is_valid():
        try:
            actions.set_route(issue=found, by=request.person, now=now, **form.phrases_given())
        except actions.BadPhrase as phrase:
            form.add_error(None, _("“%(phrase)s” is too short or too long.") % {"phrase": str(phrase)[:60]})
        except actions.TooManyPhrases:
            form.add_error(None, _("That is more than anybody can keep in mind: use at most 300 phrases."))
        else:
            messages.success(request, _("Kept. What was said is being sorted again."))
            return redirect("understand:issue", pk)
    labels = queries.labels_leading_nowhere(since=now - timedelta(days=365))
    context = {"issue": found, "form": form, "labels": labels, "small": request.small}
    return render(request, "understand/route.html", context)


@needs(Right.REPORT_FEEDBACK)
@require_POST
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that one has read something: an explicit press, which nobody else sees."""
    found = get_object_or_404(Feedback.objects.select_related("unit"), pk=pk)
    if not request.rights.reach(Right.SEE_FEEDBACK, found.unit) and found.reported_by != request.person:
        raise PermissionDenied
    actions.see(person=request.person, depth=Depth.READING, feedback=found, now=timezone.now())
    return redirect("hear:feedback", pk)


@needs(Right.SORT)
@require_POST
def mark(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Mark a passage on the page of a study, and say what it speaks of."""
    report = get_object_or_404(reports(request.rights.within(Right.SORT)), pk=pk)
    page = get_object_or_404(pages_of(report), number=number)
    form = MarkForm(request.POST, page=page)
    if not form.is_valid():
        return page_of_study(request, report, page, form)
    given = form.cleaned_data
    start, end = given.pop("quote")
    try:
        actions.mark_finding(page=page, start=start, end=end, by=request.person, now=timezone.now(), **given)
        messages.success(request, _("Marked. It counts like anything else customers say."))
    except AlreadyMarked:
        messages.warning(request, _("This passage is marked already."))
    return redirect("hear:study_page", pk, number)

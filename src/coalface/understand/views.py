"""Pages of what customers experience, how often they say so, and who of us knows."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.hear.actions import AlreadyMarked
from coalface.hear.forms import MarkForm
from coalface.hear.queries import pages_of, reports
from coalface.hear.views import page_of_study
from coalface.permissions import Right, needs
from coalface.records.models import Depth, Feedback, Issue, Mention, Unit
from coalface.shell.charts.rows import WEEKS
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.understand import actions, queries
from coalface.understand.forms import (
    FilterForm,
    MentionsForm,
    MergeForm,
    ProposeForm,
    RouteForm,
    SettleForm,
    TouchpointForm,
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
        "small": request.small,
    }
    return render(request, "understand/index.html", context)


@needs(Right.SEE_ISSUES)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue: in customers' words, how often, since when, where, who knows, what is done."""
    today = timezone.localdate()
    found = get_object_or_404(queries.issue_with_all(today=today), pk=pk)
    if found.merged_into_id:
        return redirect("understand:issue", found.merged_into_id)
    readable = request.rights.within(Right.SEE_FEEDBACK) | _mine(request)
    rights = request.rights
    weeks = queries.weeks_of(issue=found, today=today)
    places = queries.where_said(issue=found, today=today)
    if file := taken(request, Offer(WEEKS, weeks.weeks if weeks else ()), Offer(queries.PLACES, places)):
        return file
    context = {
        "issue": found,
        "quotes": _lines(request, queries.quotes(issue=found, readable=readable)),
        "weeks": weeks,
        "places": places,
        "known": queries.awareness_of([found])[found.pk],
        "year_ago": today - queries.YEAR,
        "quarter_ago": today - queries.QUARTER,
        "may_open_fix": found.confirmed_at and rights.has(Right.OPEN_FIXES),
        "may_sort": rights.has(Right.SORT),
        "may_confirm": not found.confirmed_at and rights.has(Right.CONFIRM_ISSUES),
        "may_merge": rights.has(Right.CONFIRM_ISSUES),
        "merge_form": MergeForm(issue=found),
        "routes": {name: words.splitlines() for name, words in RouteForm.of(found).items()},
        "small": request.small,
    }
    return render(request, "understand/issue.html", context)


def _mine(request: HttpRequest) -> Q:
    return Q(feedback__reported_by=request.person) | Q(remark__noted_by=request.person)


def _lines(request: HttpRequest, mentions: Iterable[Mention]) -> list[queries.Line]:
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


def _said(request: HttpRequest, rows: QuerySet[Mention]) -> Offer:
    """Mentions to take along, with the words that this reader may read."""
    return Offer(queries.MENTIONS, rows.select_related("issue"), lambda chunk: _lines(request, chunk))


@needs(Right.SEE_ISSUES)
def mentions(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows behind a number; whoever may not read the words still sees that they are there."""
    found = get_object_or_404(Issue, pk=pk)
    form = MentionsForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    unit = chosen.get("unit") or Unit.objects.get(parent=None)
    begin, end, spike_from, spike_until = (
        queries.midnight(chosen[name], ZoneInfo(unit.time_zone)) if chosen.get(name) else None
        for name in ("from_on", "until_on", "spike_from", "spike_until")
    )
    spike = (spike_from, spike_until) if spike_from and spike_until else None
    rows = queries.mentions_of(found, unit=chosen.get("unit"), from_at=begin, until_at=end, spike=spike)
    if file := taken(request, _said(request, rows)):
        return file
    page = page_of(request, rows)
    context = {"issue": found, "form": form, "page": page, "rows": _lines(request, page)}
    return render(request, "understand/mentions.html", context | {"spike": spike, "small": request.small})


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


@needs(Right.SEE_ISSUES)
def touchpoints(request: HttpRequest) -> HttpResponse:
    """The steps of the customer's way with us; who may confirm issues can add one."""
    may_add = request.rights.has(Right.CONFIRM_ISSUES)
    if request.method == "POST" and not may_add:
        raise PermissionDenied(Right.CONFIRM_ISSUES)
    if file := taken(request, Offer(queries.TOUCHPOINTS, queries.touchpoints())):
        return file
    page = page_of(request, queries.touchpoints())
    form = TouchpointForm(request.POST or None, initial={"order": page.paginator.count + 1})
    if form.is_valid():
        try:
            added = actions.add_touchpoint(by=request.person, now=timezone.now(), **form.cleaned_data)
        except actions.KeyTaken:
            form.key_is_taken()
        else:
            messages.success(request, _("Issues can be met at “%(name)s” now.") % {"name": added.name})
            return redirect("understand:touchpoints")
    context = {"page": page, "form": form, "may_add": may_add, "small": request.small}
    return render(request, "understand/touchpoints.html", context, status=422 if form.errors else 200)


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


@needs(Right.SORT)
def unsure(request: HttpRequest) -> HttpResponse:
    """What could not be sorted by itself, grouped by the issue it may speak of."""
    pile = queries.unsure(request.rights.within(Right.SORT))
    if file := taken(request, _said(request, pile)):
        return file
    page = page_of(request, pile)
    rows = _lines(request, page)
    following = [*(line.mention.pk for line in rows[1:]), ""]
    context = {
        "page": page,
        "rows": list(zip(rows, following, strict=False)),
        "issues": Issue.objects.standing(),
        "small": request.small,
    }
    return render(request, "understand/unsure.html", context)


@needs(Right.SORT)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about one mention, and go on with the next one on the pile."""
    mention = Mention.objects.select_related("issue", "unit").filter(pk=pk).first()
    form = SettleForm(request.POST)
    if mention and not request.rights.reach(Right.SORT, mention.unit):
        raise PermissionDenied
    try:
        if mention is None:
            raise actions.AlreadySettled
        if not form.is_valid():
            raise Issue.DoesNotExist
        actions.settle(
            mention=mention, issue=form.issue(mention.issue), by=request.person, now=timezone.now()
        )
    except actions.AlreadySettled:
        messages.warning(request, _("Somebody was quicker: that one is settled."))
    except (Issue.DoesNotExist, Issue.MultipleObjectsReturned, actions.NotStanding):
        messages.error(request, _("Choose one of the issues in the list."))
        return redirect(_pile(form, pk))
    return redirect(_pile(form, form.cleaned_data.get("next") if form.is_valid() else None))


def _pile(form: SettleForm, mention: int | None) -> str:
    """The pile as it was, at this mention."""
    page = form.cleaned_data.get("page") or 1
    place = f"#mention-{mention}" if mention else ""
    return f"{reverse('understand:unsure')}?page={page}{place}"


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

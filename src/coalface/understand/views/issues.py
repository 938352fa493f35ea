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
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.hear.actions import AlreadyMarked
from coalface.hear.forms import MarkForm
from coalface.hear.queries import pages_of, reports
from coalface.hear.views import page_of_study
from coalface.permissions import Right, Rights, needs
from coalface.records.models import Depth, Feedback, Issue, IssueKind, Mention, Unit
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.understand import actions, queries
from coalface.understand.forms import (
    KINDS,
    FilterForm,
    MentionsForm,
    MergeForm,
    ProposeForm,
    RouteForm,
    SettleForm,
)

# In the session: what somebody would rather decide later. The oldest of many come back by themselves.
SKIPPED, MOST_SKIPPED = "skipped_mentions", 200


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
        )
        for mention in mentions
    ]


def _said(request: HttpRequest, rows: QuerySet[Mention]) -> Offer:
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
    if file := taken(request, _said(request, rows)):
        return file
    page = page_of(request, rows)
    context = {"issue": found, "form": form, "page": page, "rows": lines_of(request, page)}
    context |= {"narrowed": narrowed, "small": request.small}
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
        segment=chosen.get("segment", "") if sees_all else "",
        customers=chosen.get("customers", "") if sees_all else "",
    )
    lines = _lines(request, page)
    context = {
        "issue": found,
        "form": form,
        "page": page,
        "rows": [(line, request.rights.reach(Right.SORT, line.mention.unit)) for line in lines],
        "issues": Issue.objects.standing() if request.rights.has(Right.SORT) else (),
    }
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
    """What could not be sorted by itself: one at a time, the most useful first."""
    within, now = request.rights.within(Right.SORT), timezone.now()
    if file := taken(request, _said(request, queries.unsure(within))):
        return file
    page = page_of(request, pile)
    rows = lines_of(request, page)
    following = [*(line.mention.pk for line in rows[1:]), ""]
    pile = queries.pile(within, now=now, skipped=request.session.get(SKIPPED, ()))
    if came_round := bool(pile.waiting and pile.next is None):
        request.session[SKIPPED] = []
        pile = queries.pile(within, now=now)
    at = request.GET.get("at", "")
    mention = (at.isdecimal() and queries.waiting_one(within, int(at[:18]))) or pile.next
    [line] = _lines(request, [mention]) if mention else [None]
    today = queries.midnight(timezone.localdate(now))
    done = queries.done_since(request.person, today)
    context = {
        "pile": pile,
        "line": line,
        "words": queries.words_around(line) if line else None,
        "suggestions": queries.suggestions(mention) if mention else [],
        "done": done,
        "of_all": (done + pile.waiting) or 1,
        "last": queries.last_decision(request.person, today),
        "came_round": came_round,
        "issues": Issue.objects.standing(),
        "kinds": KINDS,
        "may_name": request.rights.has(Right.CONFIRM_ISSUES),
        "checks": queries.latest_checks(),
        "enough": queries.how_much_is_decided(),
        "small": request.small,
    }
    return render(request, "understand/unsure.html", context)


@needs(Right.SORT)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about one mention, and go on with what is asked next."""
    mention = Mention.objects.select_related("issue", "unit").filter(pk=pk).first()
    form = SettleForm(request.POST)
    if mention and not request.rights.reach(Right.SORT, mention.unit):
        raise PermissionDenied
    try:
        if not form.is_valid():
            raise Issue.DoesNotExist
        if mention is None:
            raise actions.AlreadySettled
        _decide(request, mention, form.cleaned_data["decision"], form)
    except actions.AlreadySettled:
        messages.warning(request, _("Somebody was quicker: that one is settled."))
    except actions.NoTitle:
        messages.error(request, _("A new issue needs a title."))
        return redirect(_asked_again(form, pk))
    except (Issue.DoesNotExist, Issue.MultipleObjectsReturned, actions.NotStanding):
        messages.error(request, _("Choose one of the issues in the list."))
        return redirect(_asked_again(form, pk))
    return redirect(_asked_again(form, None))


def _decide(request: HttpRequest, mention: Mention, decision: str, form: SettleForm) -> None:
    if decision == "skip":
        request.session[SKIPPED] = [*request.session.get(SKIPPED, ()), mention.pk][-MOST_SKIPPED:]
        return
    by_whom = {"mention": mention, "by": request.person, "now": timezone.now()}
    if decision == "new" and request.rights.has(Right.CONFIRM_ISSUES):
        given = {"title": form.cleaned_data["title"], "kind": form.cleaned_data["kind"] or IssueKind.SERVICE}
        actions.settle_as_new(**given, **by_whom)
    else:
        actions.settle(issue=form.chosen(), **by_whom)


def _asked_again(form: SettleForm, mention: int | None) -> str:
    """The pile, at this mention if one is named; or the mentions of the issue from whose list it came."""
    if back := form.cleaned_data.get("back"):
        return reverse("understand:mentions", args=[back])
    return reverse("understand:unsure") + (f"?at={mention}" if mention else "")


@needs(Right.SORT)
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take one's latest decision of today back, and ask again."""
    now = timezone.now()
    last = queries.last_decision(request.person, queries.midnight(timezone.localdate(now)))
    try:
        if last is None:
            raise actions.NothingToUndo
        mention = actions.unsettle(mention=last, by=request.person, now=now)
    except actions.NothingToUndo:
        messages.warning(request, _("There is nothing to take back."))
        return redirect("understand:unsure")
    messages.success(request, _("Taken back. What do you say now?"))
    return redirect(reverse("understand:unsure") + f"?at={mention.pk}")


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

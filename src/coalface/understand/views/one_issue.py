"""The page of one issue: what an analyst needs to trust it, each number a link to its rows."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from coalface.permissions import Right, needs
from coalface.policies import number
from coalface.records.models import Issue, Mention
from coalface.shell.charts.rows import JUDGED_WEEKS
from coalface.shell.rows import Offer, taken
from coalface.understand import actions, queries
from coalface.understand.forms import MergeForm, QuotesForm, RouteForm

from .issues import lines_of, readable, sees_all_customers
from .summaries import machine_of


@needs(Right.SEE_ISSUES)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue: in customers' words, how often, since when, who says it, who knows, what is done."""
    today = timezone.localdate()
    found = get_object_or_404(queries.issue_with_all(today=today), pk=pk)
    if found.merged_into_id:
        return redirect("understand:issue", found.merged_into_id)
    said = _portrait(request, found, today)
    if file := taken(request, *_offers(said)):
        return file
    rights = request.rights
    context = said | {
        "issue": found,
        "known": queries.awareness_of([found])[found.pk],
        "year_ago": today - queries.YEAR,
        "quarter_ago": today - queries.QUARTER,
        "may_open_fix": found.confirmed_at and rights.has(Right.OPEN_FIXES),
        "may_sort": rights.has(Right.SORT),
        "may_confirm": not found.confirmed_at and rights.has(Right.CONFIRM_ISSUES),
        "may_merge": rights.has(Right.CONFIRM_ISSUES),
        "may_see_value": rights.has(Right.SEE_VALUE),
        "may_see_customers": sees_all_customers(request),
        "machine": machine_of(request, found, may_name=True),
        "merge_form": MergeForm(issue=found),
        "routes": {name: words.splitlines() for name, words in RouteForm.of(found).items()},
        "k": int(number("smallest_group")),
        "small": request.small,
    }
    return render(request, "understand/issue.html", context)


def _portrait(request: HttpRequest, found: Issue, today: date) -> dict[str, Any]:
    """What is said about an issue, by whom and through what, with the words this reader may read."""
    words = readable(request)
    quoted = queries.quotes(issue=found, readable=words)
    heard = queries.heard_by(issue=found, today=today, words=queries.has_words() & words)
    newest = {one.source: lines_of(request, [one.newest])[0] for one in heard if one.newest}
    within = request.rights.within(Right.SORT)
    return {
        "quotes": lines_of(request, quoted),
        "reading": queries.having_read(person=request.person, mentions=quoted),
        "weeks": queries.weeks_of(issue=found, today=today),
        "named_by": queries.named_by(issue=found, today=today),
        "heard_by": [(one, newest.get(one.source)) for one in heard],
        "sorted_how": queries.sorted_how(issue=found),
        "unsure": queries.unsure_of(issue=found, within=within) if request.rights.has(Right.SORT) else 0,
    }


def _offers(said: dict[str, Any]) -> list[Offer]:
    weeks, named = said["weeks"], said["named_by"]
    return [
        Offer(JUDGED_WEEKS, weeks.judged() if weeks else ()),
        Offer(queries.PLACE_RATES, named.places),
        Offer(queries.SEGMENT_RATES, named.segments),
        Offer(queries.HEARD_BY, [one for one, _newest in said["heard_by"]]),
        Offer(queries.SORTED, said["sorted_how"]),
    ]


@needs(Right.SEE_ISSUES)
@require_POST
def read_quotes(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has read the quotes of an issue, or take that back; nobody else sees either."""
    form = QuotesForm(request.POST)
    if form.is_valid():
        shown = Mention.objects.filter(readable(request), issue=pk, pk__in=form.cleaned_data["quotes"])
        shown = shown.select_related("remark", "feedback")
        if form.cleaned_data["undo"]:
            actions.take_back_reading(person=request.person, mentions=shown)
        else:
            actions.say_read(person=request.person, mentions=shown, now=timezone.now())
    return redirect(f"{reverse('understand:issue', args=[pk])}#words")

"""Pages of whom customers compare us with, each with an owner, and of remarks that name nobody we know."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.permissions import Right, needs
from coalface.records.models import Competitor, CompetitorMention
from coalface.shell.charts.rows import JUDGED_WEEKS
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.understand import actions, queries
from coalface.understand.forms import CompetitorForm, WhomForm, WordsForm

from .issues import lines_of


@needs(Right.SEE_ISSUES)
def competitors(request: HttpRequest) -> HttpResponse:
    """Whom customers compare us with, most named lately first; who may confirm issues can add one."""
    may_add, today = request.rights.has(Right.CONFIRM_ISSUES), timezone.localdate()
    if request.method == "POST" and not may_add:
        raise PermissionDenied(Right.CONFIRM_ISSUES)
    ended = request.GET.get("show") == "ended"
    rows = queries.competitors(today=today, ended=ended)
    if file := taken(request, Offer(queries.COMPETITORS, rows)):
        return file
    form = CompetitorForm(request.POST or None, today=today)
    if form.is_valid() and (added := _added(request, form)):
        messages.success(request, _("What customers say is being looked through for “%s”.") % added.name)
        return redirect("understand:competitors")
    waiting = request.rights.has(Right.SORT) and _pile(request).count()
    context = {"page": page_of(request, rows), "form": form, "may_add": may_add, "waiting": waiting}
    context["any_ended"] = Competitor.objects.exclude(ended_at=None).exists()
    context |= {"ended": ended, "year_ago": today - queries.YEAR, "quarter_ago": today - queries.QUARTER}
    status = 422 if form.errors else 200
    return render(
        request, "understand/competitors/index.html", context | {"small": request.small}, status=status
    )


def _added(request: HttpRequest, form: CompetitorForm) -> Competitor | None:
    try:
        return actions.add_competitor(by=request.person, now=timezone.now(), **form.given())
    except actions.NameTaken:
        form.name_is_taken()
    except actions.NoName:
        form.names_are_none()
    return None


@needs(Right.SEE_ISSUES)
def competitor(request: HttpRequest, pk: int) -> HttpResponse:
    """One competitor: what customers say of it, how often, of which kind, and how that sounds."""
    today = timezone.localdate()
    found = get_object_or_404(queries.competitor(today=today), pk=pk)
    form = WordsForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    begin, end = (
        queries.midnight(chosen[name]) if chosen.get(name) else None for name in ("from_on", "until_on")
    )
    rows = queries.words_about(
        found, kind=chosen.get("kind", ""), sound=chosen.get("sound", ""), from_at=begin, until_at=end
    )
    weeks = queries.weekly(CompetitorMention.objects.filter(competitor=found), today=today)
    if file := taken(request, _words(request, rows), Offer(JUDGED_WEEKS, weeks.judged() if weeks else ())):
        return file
    page = page_of(request, rows, size=20)
    context = {
        "competitor": found,
        "form": form,
        "filtered": any(chosen.values()),
        "page": page,
        "rows": _in_whole(request, page),
        "weeks": weeks,
        "parts": queries.in_parts(competitor=found, today=today),
        "year_ago": today - queries.YEAR,
        "quarter_ago": today - queries.QUARTER,
        "may_change": _may_change(request, found),
        "small": request.small,
    }
    return render(request, "understand/competitors/one.html", context)


def _words(request: HttpRequest, rows: QuerySet[CompetitorMention]) -> Offer:
    return Offer(queries.COMPETITOR_WORDS, rows, lambda chunk: _in_whole(request, chunk))


def _in_whole(request: HttpRequest, rows: Iterable[CompetitorMention]) -> list[queries.Line]:
    """All the words, not the clause alone: who is named stands seldom in the sentence that compares."""
    whole = list(rows)
    for row in whole:
        row.clause = None
    return lines_of(request, whole)


def _may_change(request: HttpRequest, found: Competitor) -> bool:
    """Whoever may confirm issues, and who of us knows this one best."""
    return request.rights.has(Right.CONFIRM_ISSUES) or found.owner_id == request.person.pk


@needs(Right.SEE_ISSUES)
def change_competitor(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct how a competitor is called, or who of us knows it best."""
    found = get_object_or_404(Competitor.objects.select_related("owner"), pk=pk)
    if not _may_change(request, found):
        raise PermissionDenied(Right.CONFIRM_ISSUES)
    now = timezone.now()
    initial = {"name": found.name, "called": "\n".join(found.called), "owner": found.owner_id}
    form = CompetitorForm(request.POST or None, initial=initial, today=timezone.localdate(now))
    if form.is_valid():
        try:
            actions.change_competitor(competitor=found, by=request.person, now=now, **form.given())
        except actions.NameTaken:
            form.name_is_taken()
        except actions.NoName:
            form.names_are_none()
        else:
            messages.success(request, _("Kept. Where names changed, what was said is looked through again."))
            return redirect("understand:competitor", pk)
    context: dict[str, Any] = {"competitor": found, "form": form, "small": request.small}
    status = 422 if form.errors else 200
    return render(request, "understand/competitors/change.html", context, status=status)


@needs(Right.SEE_ISSUES)
@require_POST
def end_competitor(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for a competitor no more; what was said of it stays."""
    found = get_object_or_404(Competitor, pk=pk)
    if not _may_change(request, found):
        raise PermissionDenied(Right.CONFIRM_ISSUES)
    actions.end_competitor(competitor=found, by=request.person, now=timezone.now())
    messages.success(request, _("It is looked for no more. What was said stays."))
    return redirect("understand:competitor", pk)


def _pile(request: HttpRequest) -> QuerySet[CompetitorMention]:
    return queries.whom_they_mean(request.rights.within(Right.SORT))


@needs(Right.SORT)
def whom(request: HttpRequest) -> HttpResponse:
    """Remarks about a competitor that name none we know."""
    rows = _pile(request)
    if file := taken(request, _words(request, rows)):
        return file
    page = page_of(request, rows)
    lines = lines_of(request, page)
    following = [*(line.mention.pk for line in lines[1:]), ""]
    context = {
        "page": page,
        "rows": list(zip(lines, following, strict=False)),
        "competitors": list(Competitor.objects.filter(ended_at=None)),
        "may_add": request.rights.has(Right.CONFIRM_ISSUES),
        "small": request.small,
    }
    return render(request, "understand/competitors/whom.html", context)


@needs(Right.SORT)
@require_POST
def say_whom(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle whom one remark means, and go on with the one below it."""
    mention = CompetitorMention.objects.select_related("unit").filter(pk=pk).first()
    form = WhomForm(request.POST)
    if mention and not request.rights.reach(Right.SORT, mention.unit):
        raise PermissionDenied
    place = f"#mention-{pk}"
    if not form.is_valid():
        messages.error(request, _("Choose one of them, or say that it is nobody we know."))
    else:
        place = f"#mention-{form.cleaned_data['following'] or ''}"
        try:
            if mention is None:
                raise actions.AlreadyNamed
            whom = form.whom()
            actions.say_whom(mention=mention, competitor=whom, by=request.person, now=timezone.now())
        except (actions.AlreadyNamed, actions.NotLookedFor):
            messages.warning(request, _("Somebody was quicker: look again, please."))
        else:
            messages.success(request, _("It counts for “%s” now.") % whom.name if whom else _("Set aside."))
    return redirect(f"{reverse('understand:whom')}?page={form.cleaned_data.get('page') or 1}{place}")

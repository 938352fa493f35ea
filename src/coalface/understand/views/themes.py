"""Proposals: what customers speak of and nobody has named; a person decides about each with one press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.methods.halves import halves
from coalface.permissions import Right, needs
from coalface.policies import numbers
from coalface.records.models import Issue, Theme
from coalface.records.tables import Table
from coalface.shell.charts.rows import WEEKS
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.understand import actions, queries
from coalface.understand.forms import NameForm, PartForm, SplitForm

from .summaries import machine_of

ON_A_PAGE = 10
TICKED_AT_MOST = 300


@needs(Right.SORT)
def themes(request: HttpRequest) -> HttpResponse:
    """What the last search proposes: the largest value behind it first."""
    last = queries.last_search()
    waiting = queries.waiting_themes(last)
    if request.GET.get("as") and (file := taken(request, Offer(_table(request), queries.proposals(waiting)))):
        return file
    page = page_of(request, queries.ranked(waiting), ON_A_PAGE)
    context = {
        "page": page,
        "rows": _rows(request, queries.proposals(Theme.objects.filter(pk__in=list(page)))),
        "last": last,
        "may_decide": request.rights.has(Right.CONFIRM_ISSUES),
        "under_way": queries.is_wanted(last),
        "undo": queries.last_decision(by=request.person, now=timezone.now()),
        "issues": Issue.objects.standing(),
        "others": waiting,
        "kinds": NameForm().fields["kind"].choices,
        **numbers("themes_"),
    }
    return render(request, "understand/themes/index.html", context | {"small": request.small})


def _table(request: HttpRequest) -> Table:
    if request.rights.has(Right.SEE_VALUE):
        return queries.THEMES
    return queries.THEMES.without("yearly_value", "currency", "value_unknown")


def _rows(request: HttpRequest, found: list[queries.Proposal]) -> list[dict[str, object]]:
    """Each proposal of a page with its quotes, weeks and places, and the one that follows."""
    today = timezone.localdate()
    rows = queries.telling_quotes([one.theme for one in found])
    quotes: dict[int, list[queries.Quote]] = {one.theme.pk: [] for one in found}
    for row in rows:
        quotes[row.theme_id] += queries.quotes_for([row], me=request.person, rights=request.rights)
    places = queries.places_of_themes(found)
    following = [*(one.theme.pk for one in found[1:]), ""]
    sees_value = request.rights.has(Right.SEE_VALUE)
    return [
        {
            "proposal": one,
            "quotes": quotes[one.theme.pk],
            "weeks": queries.weeks_of_theme(one, today),
            "places": places[one.theme.pk],
            "next": after,
            "sees_value": sees_value,
        }
        for one, after in zip(found, following, strict=False)
    ]


@needs(Right.SORT)
def theme(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal with all its clauses, and what became of it."""
    found = get_object_or_404(Theme.objects.select_related("issue", "merged_into", "settled_by"), pk=pk)
    clauses = queries.clauses_of(found)
    behind = next(iter(queries.proposals(Theme.objects.filter(pk=pk))), None)
    weeks = queries.weeks_of_theme(behind, timezone.localdate()) if behind else None
    offers = (
        Offer(queries.THEME_CLAUSES, clauses, lambda chunk: _quotes(request, chunk)),
        Offer(WEEKS, weeks.weeks if weeks else ()),
    )
    if file := taken(request, *offers):
        return file
    page = page_of(request, clauses)
    context = {
        "theme": found,
        "row": _rows(request, [behind])[0] if behind else None,
        "page": page,
        "quotes": _quotes(request, page),
        "may_decide": request.rights.has(Right.CONFIRM_ISSUES) and not found.settled_at and behind,
        "issues": Issue.objects.standing(),
        "others": queries.waiting_themes(queries.last_search()).exclude(pk=pk),
        "machine": machine_of(request, found, may_name=bool(behind and not found.settled_at)),
        "kinds": NameForm().fields["kind"].choices,
        "small": request.small,
    }
    return render(request, "understand/themes/theme.html", context)


def _quotes(request: HttpRequest, rows: object) -> list[queries.Quote]:
    return queries.quotes_for(rows, me=request.person, rights=request.rights)


@needs(Right.CONFIRM_ISSUES)
@require_POST
def search_themes(request: HttpRequest) -> HttpResponse:
    """Ask the worker to look for themes now."""
    try:
        actions.want_themes(by=request.person, now=timezone.now())
    except actions.AlreadyWanted:
        messages.info(request, _("A search is under way."))
    return redirect("understand:themes")


@needs(Right.CONFIRM_ISSUES)
@require_POST
def confirm_theme(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a proposal its name: an issue."""
    found = get_object_or_404(Theme, pk=pk)
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give it a name of at most 160 characters."))
        return _list(request, pk)
    try:
        issue = actions.confirm_theme(theme=found, by=request.person, now=timezone.now(), **form.cleaned_data)
    except actions.AlreadyDecided:
        return _too_late(request)
    messages.success(request, _("“%(title)s” is an issue now.") % {"title": issue.title})
    return _list(request, request.POST.get("next"))


@needs(Right.CONFIRM_ISSUES)
@require_POST
def merge_theme(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a proposal part of an issue, or of another proposal."""
    found = get_object_or_404(Theme, pk=pk)
    form = PartForm(request.POST)
    now = timezone.now()
    try:
        whole = form.whole() if form.is_valid() else None
        if isinstance(whole, Issue):
            actions.join_issue(theme=found, issue=whole, by=request.person, now=now)
        elif whole:
            actions.merge_themes(theme=found, into=whole, by=request.person, now=now)
        else:
            raise Issue.DoesNotExist
    except actions.AlreadyDecided:
        return _too_late(request)
    except (
        Issue.DoesNotExist,
        Issue.MultipleObjectsReturned,
        Theme.DoesNotExist,
        actions.NotStanding,
        actions.SameTheme,
    ):
        messages.error(request, _("Choose one of the issues or proposals in the list."))
        return _list(request, pk)
    messages.success(request, _("They are one now."))
    return _list(request, whole.pk if isinstance(whole, Theme) else request.POST.get("next"))


@needs(Right.CONFIRM_ISSUES)
def split_theme(request: HttpRequest, pk: int) -> HttpResponse:
    """Take some clauses out of a proposal; two halves are offered, and every clause can be ticked."""
    found = get_object_or_404(Theme, pk=pk)
    if found.settled_at:
        return _too_late(request)
    quotes = _quotes(request, queries.clauses_of(found)[:TICKED_AT_MOST])
    form = SplitForm(request.POST or None, clauses=[quote.clause.pk for quote in quotes])
    if form.is_valid():
        try:
            part = actions.split_theme(
                theme=found, clauses=form.cleaned_data["clauses"], by=request.person, now=timezone.now()
            )
        except actions.NothingToSplit:
            messages.error(request, _("Tick some of the quotes, and leave some."))
        except actions.AlreadyDecided:
            return _too_late(request)
        else:
            messages.success(request, _("Two proposals now. Name each, or neither."))
            return _list(request, part.pk)
    elif request.method == "POST":
        messages.warning(request, _("A new search has moved some of these quotes. Look again."))
    cut = halves([quote.words for quote in quotes])
    parts = [
        {
            "terms": terms,
            "goes": half == 1,
            "quotes": [q for q, of in zip(quotes, cut.labels, strict=True) if of == half],
        }
        for half, terms in enumerate(cut.terms)
    ]
    context = {"theme": found, "parts": parts, "can_be_split": len(quotes) > 1, "small": request.small}
    return render(request, "understand/themes/split.html", context)


@needs(Right.CONFIRM_ISSUES)
@require_POST
def decline_theme(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a proposal is nothing."""
    found = get_object_or_404(Theme, pk=pk)
    try:
        actions.decline_theme(theme=found, by=request.person, now=timezone.now())
    except actions.AlreadyDecided:
        return _too_late(request)
    messages.success(request, _("Set aside as nothing: “%(terms)s”.") % {"terms": ", ".join(found.terms)})
    return _list(request, request.POST.get("next"))


@needs(Right.CONFIRM_ISSUES)
@require_POST
def undo_theme(request: HttpRequest) -> HttpResponse:
    """Take back what one decided last."""
    try:
        back = actions.undo_last(by=request.person, now=timezone.now())
    except actions.NothingToUndo:
        messages.info(request, _("There is nothing to take back."))
        return _list(request, None)
    except actions.BuiltUpon:
        messages.warning(request, _("Others have gone on from there: it cannot be taken back any more."))
        return _list(request, None)
    messages.success(request, _("Taken back."))
    return _list(request, back.pk)


def _too_late(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("Somebody was quicker: that one is decided."))
    return _list(request, request.POST.get("next"))


def _list(request: HttpRequest, place: object) -> HttpResponse:
    """The list at this proposal, on whichever page that stands; without one, as it was."""
    page, place = (str(one) if str(one).isdecimal() else "" for one in (request.POST.get("page"), place))
    waiting = queries.ranked(queries.waiting_themes(queries.last_search())) if place else []
    if place and int(place) in waiting:
        page = str(waiting.index(int(place)) // ON_A_PAGE + 1)
    return redirect(
        reverse("understand:themes")
        + (f"?page={page}" if page else "")
        + (f"#theme-{place}" if place else "")
    )

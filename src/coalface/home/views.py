"""The hall: my week, and the programme for whoever runs it."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from coalface.home import actions, queries
from coalface.measure.queries import LATELY
from coalface.meet.actions import thanks
from coalface.people.queries import everywhere
from coalface.permissions import ANYONE, Right, needs
from coalface.plan.queries import TURNS
from coalface.records.models import Guest, Outcome, Unit, Verbatim
from coalface.records.search import LONGEST_QUERY, Term, terms
from coalface.shell import charts
from coalface.shell.languages import spoken
from coalface.shell.links import Gone
from coalface.shell.paging import page_of
from coalface.shell.personal import in_brackets, may_see
from coalface.shell.rows import Offer, taken


@needs(Right.SEE_MY_WEEK)
def week(request: HttpRequest) -> HttpResponse:
    """What a person sees first, each day."""
    now = timezone.now()
    found, today = queries.week(request.person, now, request.rights), timezone.localdate(now)
    may_draw = request.rights.has(Right.PLAN)
    context = {
        "week": found,
        "now": now,
        "today": today,
        "since": timezone.localdate(now - LATELY),
        "small": request.small,
        "may_draw": may_draw,
        "may_bring": everywhere(request.rights, Right.MANAGE_CUSTOMERS),
        "may_thank": request.rights.has(Right.SEE_CUSTOMERS),
        "ask": None if may_draw else queries.whom_to_ask(request.person, today),
        "weekly_mail": queries.weekly_mail(request.person, now),
        "mix": _mix(found.mine.mix) if found.mine and found.mine.mix else None,
    }
    return render(request, "home/week.html", context)


def _mix(minutes: dict[str, int]) -> charts.SplitBar:
    words = {
        "doing": _("Doing"),
        "listening": _("Talking or listening"),
        "seeing": _("Seeing"),
        "reading": _("Reading"),
    }
    return charts.SplitBar(
        [charts.Part(words[way], minutes[way], tone=way) for way in minutes if minutes[way]]
    )


@needs(Right.MEET_CUSTOMERS)
@require_POST
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    """A guest of mine was thanked."""
    met = Guest.objects.filter(encounter__outcome=Outcome.HELD)
    guest = get_object_or_404(met.filter(encounter__attendances__person=request.person), pk=pk)
    thanks.thank(guest=guest, by=request.person, now=timezone.now())
    messages.success(request, _("Good. Tomorrow there will be somebody else."))
    return redirect("home:week")


@needs(Right.SEE_MY_WEEK)
@require_POST
def weekly_mail(request: HttpRequest) -> HttpResponse:
    """Send me the weekly mail, or do not."""
    given = {"person": request.person, "by": request.person, "now": timezone.now()}
    if "on" in request.POST:
        actions.resume_digest(**given)
        messages.success(request, _("You get the weekly mail again."))
    else:
        actions.stop_digest(**given)
        messages.success(request, _("No weekly mail any more."))
    return redirect("home:week")


@csrf_exempt  # mail programs press this for people (RFC 8058); the signed link is all they have
@needs(ANYONE)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the weekly mail by the link in it; opening the page alone changes nothing."""
    now = timezone.now()
    try:
        person = queries.digest_behind(token, now).person
    except Gone as gone:
        return render(request, "home/stop_gone.html", {"expired": gone.expired}, status=gone.status)
    if request.method == "POST":
        change = actions.resume_digest if "again" in request.POST else actions.stop_digest
        change(person=person, by=person, now=now)
    with spoken(person.language):
        context = {"token": token, "stopped": queries.is_stopped(person), "sent": request.method == "POST"}
        return render(request, "home/stop.html", context)


@needs(Right.SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """One box for everything the reader may see; `in` leaves one kind of thing, page by page."""
    words, noun = request.GET.get("q", "")[:LONGEST_QUERY].strip(), request.GET.get("in", "")
    wanted, asks = terms(words), (request.rights, request.person, timezone.localdate())
    context = {"q": words, "noun": noun, "nouns": queries.NOUNS, "small": request.small, "groups": []}
    if wanted and noun in queries.NOUNS:
        rows = queries.found(noun, wanted, *asks)
        offer = Offer(queries.FOUND, rows, lambda chunk: _lines(request, noun, chunk, wanted))
        if file := taken(request, offer):
            return file
        page = page_of(request, rows, size=20)
        lines = _lines(request, noun, page, wanted)
        context |= {"page": page, "groups": [queries.Group(noun, lines, more=False)] if lines else []}
    elif wanted:
        context["groups"] = queries.search(wanted, *asks, shown=partial(_shown, request))
    return render(request, "home/search.html", context | {"searched": bool(wanted)})


def _lines(request: HttpRequest, noun: str, rows: Iterable[Any], wanted: list[Term]) -> list[queries.Line]:
    return [queries.line_of(noun, row, wanted, partial(_shown, request)) for row in rows]


def _shown(request: HttpRequest, words: Verbatim, unit: Unit, by: int | None) -> str:
    return in_brackets(words, openly=may_see(request, unit, (by,)))


@needs(Right.SEE_PROGRAMME)
def programme(request: HttpRequest) -> HttpResponse:
    """Commitments, exemptions, fairness of the choice, what is stuck."""
    now = timezone.now()
    found = queries.programme(now, request.rights)
    if file := taken(request, Offer(TURNS, found.turns.people if found.turns else ())):
        return file
    context = {
        "programme": found,
        "today": timezone.localdate(now),
        "small": request.small,
        "may_retry": request.rights.has(Right.RETRY_FAILED),
    }
    return render(request, "home/programme.html", context)

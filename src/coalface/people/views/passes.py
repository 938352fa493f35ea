"""Handing out PINs and badges, one by one or for a whole team; and taking them back."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coalface.people import actions, queries
from coalface.people.forms import TeamForm
from coalface.permissions import Right, needs
from coalface.records.models import Person
from coalface.shell.codes import code_in_page
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

CODE_SCALE = 4
AT_ONCE = 100


@needs(Right.ISSUE_PASSES)
@require_POST
@never_cache
def issue(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One click: a PIN for one use, or a badge, on a page that is shown this once."""
    now = timezone.now()
    return _sheet(request, [_issued(request, _theirs(request, pk, now), what, now)], what)


@needs(Right.ISSUE_PASSES)
@require_POST
def take_back(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One click: lost or no longer wanted; what it opened ends at once."""
    now = timezone.now()
    one = _theirs(request, pk, now)
    revoke = {"pin": actions.revoke_pin, "badge": actions.revoke_badge}[what]
    try:
        revoke(person=one, by=request.person, now=now)
    except actions.NoPass:
        messages.warning(request, _("There was nothing to take back."))
    else:
        messages.success(request, _("Taken back. Whatever it had opened is closed."))
    return redirect("people:person", one.pk)


@needs(Right.ISSUE_PASSES)
def team(request: HttpRequest) -> HttpResponse:
    """Whom I may hand passes to, how each of them gets in, and one sheet for many."""
    now = timezone.now()
    found = queries.team_of(request.person, request.rights, timezone.localdate(now))
    if file := taken(request, Offer(queries.PASSES, found, lambda chunk: queries.with_passes(chunk, now))):
        return file
    page = page_of(request, found, AT_ONCE)
    context = {"page": page, "team": list(queries.with_passes(page, now))}
    return render(request, "people/passes/team.html", context)


@needs(Right.ISSUE_PASSES)
@require_POST
@never_cache
def issue_many(request: HttpRequest) -> HttpResponse:
    """A printable sheet of new PINs or badges for those who were ticked."""
    now = timezone.now()
    found = queries.team_of(request.person, request.rights, timezone.localdate(now))
    people = Person.objects.filter(pk__in=found.order_by().values("person"))
    form = TeamForm(request.POST, people=people)
    if not form.is_valid():
        messages.warning(request, _("Tick those who are to get one."))
        return redirect("people:team")
    what = form.cleaned_data["what"]
    chosen = list(form.cleaned_data["people"].order_by("name", "id")[:AT_ONCE])
    mine = [one for one in chosen if _may(request, one, now)]
    if len(mine) < len(chosen):
        messages.warning(request, _("Some may do more than you: those who manage people issue theirs."))
    return _sheet(request, [_issued(request, one, what, now) for one in mine], what)


def _issued(request: HttpRequest, one: Person, what: str, now: datetime) -> dict[str, object]:
    if what == "pin":
        pin = actions.issue_pin(person=one, by=request.person, now=now)
        return {"who": one, "pin": f"{pin[:3]} {pin[3:]}"}
    code = actions.issue_badge(person=one, by=request.person, now=now)
    link = f"{settings.SITE}{reverse('people_public:badge')}#{code}"
    return {"who": one, "drawing": code_in_page(link, CODE_SCALE)}


def _sheet(request: HttpRequest, cards: list[dict[str, object]], what: str) -> HttpResponse:
    door = f"{settings.SITE}{reverse('people_public:door')}".partition("://")[2]
    context = {"cards": cards, "what": what, "door": door, "small": request.small}
    return render(request, "people/passes/sheet.html", context)


def _theirs(request: HttpRequest, pk: int, now: datetime) -> Person:
    one = get_object_or_404(Person, pk=pk)
    if not _may(request, one, now):
        raise PermissionDenied(Right.ISSUE_PASSES)
    return one


def _may(request: HttpRequest, one: Person, now: datetime) -> bool:
    return queries.may_issue(one, by=request.person, rights=request.rights, now=now)

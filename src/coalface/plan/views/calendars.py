"""Everybody's own calendar: its secret address, invitations by mail, and what became of answers."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.permissions import ANYONE, Right, needs
from coalface.plan import actions, queries
from coalface.records.models import Invitation
from coalface.shell.languages import spoken


@needs(Right.MEET_CUSTOMERS)
def calendar(request: HttpRequest) -> HttpResponse:
    """My calendar: make the address, which is shown on this very answer and never again."""
    secret = ""
    if request.method == "POST":
        secret = actions.make_feed(by=request.person, now=timezone.now())
    address = f"{settings.SITE}{reverse('calendar_public:feed', args=[secret])}" if secret else ""
    context = {
        "address": address,
        "feed": queries.own_feed(request.person),
        "invited": not queries.no_invitations().filter(person=request.person).exists(),
        "small": request.small,
    }
    answer = render(request, "plan/calendar.html", context)
    if secret:
        answer["Cache-Control"] = "no-store"
    return answer


@needs(Right.MEET_CUSTOMERS)
@require_POST
def revoke_calendar(request: HttpRequest) -> HttpResponse:
    """Take my address back; twice is once."""
    if actions.revoke_feed(person=request.person, now=timezone.now()):
        messages.success(
            request, _("Taken back. A calendar that reads this address shows nothing new any more.")
        )
    return redirect("plan:calendar")


@needs(Right.MEET_CUSTOMERS)
@require_POST
def invitations(request: HttpRequest) -> HttpResponse:
    """Invite me by mail, or do not."""
    given = {"person": request.person, "by": request.person, "now": timezone.now()}
    if "on" in request.POST:
        actions.resume_invitations(**given)
        messages.success(request, _("You are invited by mail again, from the next encounter on."))
    else:
        actions.stop_invitations(**given)
        messages.success(request, _("No invitations by mail any more."))
    return redirect("plan:calendar")


@needs(ANYONE)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar at a secret address, for the program of whoever it belongs to."""
    now = timezone.now()
    found = queries.feed_at(secret)
    if found is None or queries.shows_nothing(found, now):
        return _gone(request, found.person.language if found else None)
    actions.mark_read(feed=found, on=timezone.localdate(now))
    attendances = queries.in_calendar(found.person, now)
    told = queries.told_of(found.person, attendances)
    tag = queries.tag_of(found, attendances, told)
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        text = queries.text_of(found, attendances, told)
        answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = tag
    answer["Last-Modified"] = http_date(queries.changed_at(found, attendances, told).timestamp())
    answer["Cache-Control"] = "private, max-age=300"
    return answer


def _gone(request: HttpRequest, language: str | None) -> HttpResponse:
    """Calm words for a person who opens it; calendar programs look at the number only."""
    with spoken(language or request.LANGUAGE_CODE):
        status, kind = (410 if language else 404), "text/plain; charset=utf-8"
        return render(
            request, "plan/calendar_gone.txt", {"site": settings.SITE}, content_type=kind, status=status
        )


@needs(Right.PLAN)
@require_POST
def answer_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the time that somebody's calendar proposes, or keep the old one."""
    rows = queries.cannot_come(request.rights.within(Right.PLAN, "encounter__unit"), timezone.now())
    found = get_object_or_404(rows, pk=pk)
    if "keep" in request.POST:
        actions.keep_time(invitation=found, by=request.person, now=timezone.now())
        messages.success(request, _("The time stays, and they are asked once more."))
    else:
        _take(request, found)
    return redirect("plan:index")


def _take(request: HttpRequest, found: Invitation) -> None:
    try:
        actions.take_new_time(invitation=found, by=request.person, now=timezone.now())
    except actions.Busy:
        messages.warning(request, _("Nothing was moved: somebody who takes part has something else then."))
    except (actions.NothingProposed, actions.NotPlanned):
        messages.warning(
            request, _("Nothing was moved: that time has passed, or nobody proposes it any more.")
        )
    else:
        messages.success(request, _("Moved. Everybody’s calendar is told; please tell the guests."))

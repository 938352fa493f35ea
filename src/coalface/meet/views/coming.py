"""A customer is asked to come: the page behind the link of their own, and the entry for their calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from coalface.meet import actions
from coalface.meet.forms import OtherTimeForm
from coalface.meet.queries import answer_state, calendar_entry, invitation_of, organisation
from coalface.permissions import ANYONE, needs
from coalface.records.models import GuestAnswer, GuestInvitation
from coalface.shell.languages import CHOSEN_IN, in_their_words, spoken
from coalface.shell.links import Forged
from coalface.shell.throttle import too_many

# One address may be a whole company's: many answers are welcome, trying out links is not.
MOST, WITHIN_SECONDS = 100, 600
SAID = {GuestAnswer.COMES, GuestAnswer.DECLINES, GuestAnswer.OTHER_TIME}


@csrf_exempt  # the secret is in the address and no cookie is set: a foreign page has nothing to borrow
@needs(ANYONE)
def come(request: HttpRequest, secret: str) -> HttpResponse:
    """Who asks, when, where and what for; opening it changes nothing."""
    now = timezone.now()
    try:
        invitation = invitation_of(secret)
    except Forged as forged:
        return _nowhere(request, forged, now)
    zone = ZoneInfo(invitation.guest.encounter.unit.time_zone)
    with spoken(request.GET.get(CHOSEN_IN) or invitation.language), timezone.override(zone):
        response = _answered(request, invitation, secret, now)
        response.headers["Content-Language"] = translation.get_language()
        response.headers["Cache-Control"] = "no-store"
        return response


def _nowhere(request: HttpRequest, forged: Forged, now: datetime) -> HttpResponse:
    tried = too_many(request, what="come-forged", most=MOST, seconds=WITHIN_SECONDS, now=now)
    context = {"expired": False, "organisation": organisation()}
    return render(request, "meet/come/gone.html", context, status=429 if tried else forged.status)


def _answered(request: HttpRequest, invitation: GuestInvitation, secret: str, now: datetime) -> HttpResponse:
    zone = invitation.guest.encounter.unit.time_zone
    answer = request.POST.get("answer", "") if request.method == "POST" else ""
    form = OtherTimeForm(request.POST if answer == GuestAnswer.OTHER_TIME else None, zone=zone)
    if answer not in {*SAID, GuestAnswer.NEVER} or (form.is_bound and not form.is_valid()):
        return _page(request, invitation, secret, now, form)
    if too_many(request, what="come", most=MOST, seconds=WITHIN_SECONDS, now=now):
        form.is_bound = True
        form.add_error(None, _("This was tried very often just now. Please try again in ten minutes."))
        return _page(request, invitation, secret, now, form, status=429)
    try:
        if answer == GuestAnswer.NEVER:
            actions.never_again(invitation=invitation, now=now)
        else:
            start = form.start() if form.is_bound else None
            actions.answer_invitation(invitation=invitation, answer=answer, other_start=start, now=now)
    except actions.NoSuchTime:
        form.refuse_time()
        return _page(request, invitation, secret, now, form)
    except actions.NotOpen:
        pass  # the page says why
    return redirect(in_their_words(request, redirect("meet_public:come", secret).url))


def _page(
    request: HttpRequest,
    invitation: GuestInvitation,
    secret: str,
    now: datetime,
    form: OtherTimeForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "invitation": invitation,
        "guest": invitation.guest,
        "met": invitation.guest.encounter.attendances.select_related("person"),
        "state": answer_state(invitation, now),
        "answer": invitation.answer,
        "form": form,
        "secret": secret,
        "organisation": organisation(),
    }
    return render(request, "meet/come/come.html", context, status=status)


@needs(ANYONE)
def come_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The meeting as a file for any calendar, for who comes."""
    now = timezone.now()
    try:
        invitation = invitation_of(secret)
    except Forged as forged:
        return _nowhere(request, forged, now)
    if invitation.answer != GuestAnswer.COMES or answer_state(invitation, now) not in {"open", "too_late"}:
        return redirect("meet_public:come", secret)
    with spoken(invitation.language):
        entry = calendar_entry(invitation, _("We look forward to meeting you"), now)
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    response.headers["Cache-Control"] = "no-store"
    return response

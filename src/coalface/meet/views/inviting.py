"""Asking customers to come, on our side: who was asked, what they said, and what we answer."""

from datetime import datetime
from random import SystemRandom
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coalface.meet import actions
from coalface.meet.forms import HeardAnswerForm
from coalface.meet.queries import at_once, coming, letter_to, nobody_comes
from coalface.permissions import Right, needs
from coalface.plan.actions import NobodyToDraw
from coalface.records.models import Channel, Encounter, Guest, GuestAnswer, GuestInvitation, Outcome

from .access import encounter_for, sent_from
from .refusals import REFUSALS, why_not

CHANCE = SystemRandom()
TOO_LATE = (actions.AlreadyDecided, actions.Past)


def invitations(request: HttpRequest, meeting: Encounter) -> dict[str, object]:
    """What the page of an encounter to come shows of them."""
    if meeting.outcome != Outcome.PLANNED:
        return {}
    rows = coming(meeting)
    free = nobody_comes(meeting, [one.guest for one in rows])
    free = free and request.rights.reach(Right.PLAN, meeting.unit)
    waiting = sum(one.state == "not_asked" for one in rows)
    several = waiting if waiting > 1 and meeting.starts_at > timezone.now() else 0
    again = {"draw_another": free, "another_seed": CHANCE.randrange(2**31)}
    return {"coming": rows, "several_to_ask": several} | again


@needs(Right.MEET_CUSTOMERS)
@require_POST
def ask_guest(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one guest to come; a refusal is said in words."""
    guest = _guest(request, pk)
    name = {"name": guest.customer.name}
    try:
        asked = actions.ask_guest(guest=guest, by=request.person, now=timezone.now())
    except REFUSALS as refused:
        messages.warning(request, why_not(refused, guest.customer.name))
        return _to_coming(guest.encounter_id)
    if asked.sent_at is None:
        return redirect("meet:guest_words", guest.pk)
    messages.success(request, _("%(name)s gets a mail with a link of their own.") % name)
    return _to_coming(guest.encounter_id)


@needs(Right.MEET_CUSTOMERS)
def ask_all(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask everybody who was not asked yet; before that, say whom it reaches and who is left out and why."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    if request.method != "POST":
        context = {"encounter": meeting, "found": at_once(meeting, now), "small": request.small}
        return render(request, "meet/ask_all.html", context)
    try:
        asked = actions.ask_all(encounter=meeting, by=request.person, now=now)
    except TOO_LATE:
        messages.warning(request, _("Nobody is invited to it any more."))
    else:
        _say_who_was_asked(request, asked)
    return _to_coming(pk)


def _say_who_was_asked(request: HttpRequest, asked: actions.AskedAtOnce) -> None:
    if asked.mails:
        words = ngettext("%(n)d guest gets a mail.", "%(n)d guests get a mail.", asked.mails)
        messages.success(request, words % {"n": asked.mails})
    if asked.to_say:
        words = ngettext(
            "%(n)d guest is to be asked by one of us: the words are here.",
            "%(n)d guests are to be asked by one of us: the words are here.",
            asked.to_say,
        )
        messages.info(request, words % {"n": asked.to_say})
    if asked.left_out:
        words = ngettext(
            "%(n)d guest may not be asked now.", "%(n)d guests may not be asked now.", asked.left_out
        )
        messages.warning(request, words % {"n": asked.left_out})


def _guest(request: HttpRequest, pk: int) -> Guest:
    rows = Guest.objects.select_related("customer", "encounter__format", "encounter__unit")
    guest = get_object_or_404(rows, pk=pk)
    encounter_for(request, guest.encounter_id)
    return guest


@needs(Right.MEET_CUSTOMERS)
def guest_words(request: HttpRequest, pk: int) -> HttpResponse:
    """The words to say or to print in their language, and what they answered."""
    now, guest = timezone.now(), _guest(request, pk)
    invitation = get_object_or_404(GuestInvitation, guest=guest)
    invitation.guest = guest
    form = HeardAnswerForm(request.POST or None, zone=guest.encounter.unit.time_zone, now=now)
    if request.method == "POST" and form.is_valid():
        return _heard(request, invitation, form.cleaned_data, now)
    subject, words = letter_to(invitation)
    context = {
        "guest": guest,
        "encounter": guest.encounter,
        "invitation": invitation,
        "subject": subject,
        "words": words,
        "form": form,
        "small": request.small,
    }
    return render(request, "meet/guest_words.html", context, status=422 if form.errors else 200)


def _heard(
    request: HttpRequest, invitation: GuestInvitation, given: dict[str, object], now: datetime
) -> HttpResponse:
    said = {"invitation": invitation, "by": request.person, "now": now}
    try:
        if given["answer"] == GuestAnswer.NEVER:
            actions.never_again(**said)
        elif given["answer"] == GuestAnswer.NONE:
            actions.say_asked(**said)
        else:
            actions.answer_invitation(answer=given["answer"], other_start=given["start"], **said)
        messages.success(request, _("Written down."))
    except (actions.NotOpen, actions.NoSuchTime):
        messages.warning(request, _("Nothing can be answered for it any more."))
    return _to_coming(invitation.guest.encounter_id)


@needs(Right.MEET_CUSTOMERS)
@require_POST
def settle_other_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the time a guest proposes, or say that it does not work."""
    guest = _guest(request, pk)
    invitation = get_object_or_404(GuestInvitation, guest=guest)
    settle = actions.take_other_time if request.POST.get("take") == "yes" else actions.decline_other_time
    try:
        settle(invitation=invitation, by=request.person, now=timezone.now())
        messages.success(request, _("Done. If they agreed to mails, they are told."))
    except actions.Busy:
        messages.warning(request, _("One of us meets somebody else then."))
    except actions.NotAlone:
        messages.warning(request, _("Others come to it, too: it cannot be moved for one guest."))
    except (actions.NothingProposed, actions.NoSuchTime, *TOO_LATE):
        messages.warning(request, _("They propose this time no more, or it has passed."))
    return _to_coming(guest.encounter_id)


@needs(Right.PLAN)
@sent_from("meet:encounter")
def draw_another(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw somebody else for the seat that is free again."""
    meeting = encounter_for(request, pk)
    seed = request.POST.get("seed", "")
    try:
        actions.draw_another(
            encounter=meeting,
            channel=Channel.PHONE,
            seed=int(seed) if seed.isdecimal() and len(seed) < 11 else CHANCE.randrange(2**31),
            by=request.person,
            now=timezone.now(),
        )
        messages.success(request, _("Somebody else was drawn. Now ask them."))
    except NobodyToDraw:
        messages.warning(request, _("Nobody may be asked this way at the moment."))
    except (actions.SeatTaken, *TOO_LATE):
        messages.warning(request, _("The seat is taken, or the time has passed."))
    return _to_coming(pk)


def _to_coming(pk: UUID) -> HttpResponse:
    return redirect(f"{redirect('meet:encounter', pk).url}#coming")

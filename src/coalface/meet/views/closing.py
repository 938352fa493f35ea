"""Bringing an encounter to its end: who took part, who looked on, and what a remark really was."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.meet import actions
from coalface.meet.forms import KINDS, OnlookersForm, TakePartForm
from coalface.meet.queries import fates
from coalface.permissions import Right, needs
from coalface.records.models import Person

from .access import encounter_for, may_answer, remark_for, sent_from
from .encounters import ONLOOKERS, PART, encounter_page, meeting_address


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def onlookers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who came along; one tap says that nobody did."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    given = {"entourage": 0} if request.POST.get("nobody") else request.POST
    form = OnlookersForm(given, auto_id=ONLOOKERS)
    if not form.is_valid():
        return encounter_page(request, meeting, now, onlookers_form=form)
    try:
        actions.say_onlookers(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
    except actions.AlreadySaid:
        messages.warning(request, _("Somebody has said before who came along."))
    except actions.NotHeld:
        messages.warning(request, _("Say first that you met."))
    return redirect(f"{meeting_address(pk)}#finish")


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def take_part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another one of us takes part, or somebody took part in another way than was said."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = TakePartForm(request.POST, auto_id=PART, today=timezone.localdate(now))
    if not form.is_valid():
        return encounter_page(request, meeting, now, part_form=form)
    try:
        actions.take_part(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
    except (actions.Finished, actions.CalledOff):
        messages.warning(request, _("This encounter is over; who took part stays as it is."))
    return redirect(f"{meeting_address(pk)}#takes-part")


@needs(Right.MEET_CUSTOMERS)
@require_POST
def take_no_part(request: HttpRequest, pk: UUID, person: int) -> HttpResponse:
    """Somebody does not take part after all."""
    meeting, somebody = encounter_for(request, pk), get_object_or_404(Person, pk=person)
    try:
        actions.take_no_part(encounter=meeting, person=somebody, by=request.person, now=timezone.now())
    except (actions.Finished, actions.CalledOff):
        messages.warning(request, _("This encounter is over; who took part stays as it is."))
    except actions.NobodyLeft:
        messages.warning(request, _("One of us takes part. Add somebody else first."))
    except actions.HasWritten:
        messages.warning(request, _("Who wrote something down was there."))
    if somebody == request.person and not meeting.attendances.filter(person=somebody).exists():
        return redirect("meet:index")
    return redirect(f"{meeting_address(pk)}#takes-part")


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:remark")
def say_kind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It was an idea rather than a complaint."""
    now, said = timezone.now(), remark_for(request, pk)
    if not may_answer(request, said, fates([said], now)[said.pk]):
        raise PermissionDenied(pk)
    if (kind := request.POST.get("kind")) in dict(KINDS):
        try:
            actions.say_kind(remark=said, kind=kind, by=request.person, now=now)
        except actions.Finished:
            messages.warning(request, _("The encounter is finished, and this is settled."))
    return redirect("meet:remark", pk)

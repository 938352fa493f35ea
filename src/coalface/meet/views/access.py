"""Whose encounters and remarks are whose: what the table of rights leaves to each record."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from coalface.meet.queries import Fate, attended, was_told_of, with_photos
from coalface.permissions import Right
from coalface.records.models import Attachment, Encounter, Feedback, HandOver, Position, Remark


def may_see(request: HttpRequest, encounter: Encounter) -> bool:
    """Who takes part, and who looks after the programme there; they may write as well."""
    reach = request.rights.reach(Right.SEE_ENCOUNTERS_OF_OTHERS, encounter.unit)
    return reach or attended(encounter, request.person)


def encounter_for(request: HttpRequest, pk: UUID, *kinds: str) -> Encounter:
    """The encounter, if it is the reader's to see and to write in; of these kinds, if any are named."""
    rows = Encounter.objects.select_related("format", "unit", "assignment")
    encounter = get_object_or_404(rows.filter(format__kind__in=kinds) if kinds else rows, pk=pk)
    if not may_see(request, encounter):
        raise PermissionDenied(pk)
    return encounter


def remark_for(request: HttpRequest, pk: UUID) -> Remark:
    """The remark, if the reader was there, wrote it down, was offered or told of it, or is praised in it."""
    rows = Remark.objects.select_related(
        "verbatim", "reading", "customer", "touchpoint", "noted_by", "encounter__unit", "encounter__format"
    )
    remark = get_object_or_404(with_photos(rows), pk=pk)
    offered = HandOver.objects.filter(
        Q(answer=None) | Q(answer__accepted=True),
        disposition__remark=remark,
        disposition__ended_at=None,
        receiver=request.person,
    )
    praised = remark.dispositions.filter(praised=request.person, ended_at=None)
    mine = remark.noted_by_id == request.person.pk
    if mine or may_see(request, remark.encounter) or offered.exists() or praised.exists():
        return remark
    if not was_told_of(remark, request.person):
        raise PermissionDenied(pk)
    return remark


def photo_for(request: HttpRequest, pk: UUID) -> Attachment:
    """The kept photo, if the reader may see what it came with, or added it."""
    rows = Attachment.objects.select_related("encounter__unit", "feedback__unit")
    photo = get_object_or_404(rows, pk=pk, kept_at__isnull=False)
    if photo.remark_id and photo.added_by_id != request.person.pk:
        remark_for(request, photo.remark_id)
    elif not _came_with_something_theirs(request, photo):
        raise PermissionDenied(pk)
    return photo


def _came_with_something_theirs(request: HttpRequest, photo: Attachment) -> bool:
    if photo.added_by_id == request.person.pk:
        return True
    if photo.encounter:
        return may_see(request, photo.encounter)
    return _may_read(request, photo.feedback)


def _may_read(request: HttpRequest, feedback: Feedback) -> bool:
    """Who reads what reaches that unit, and who passed it on."""
    mine = feedback.reported_by_id == request.person.pk
    return mine or request.rights.reach(Right.SEE_FEEDBACK, feedback.unit)


def within_reach(request: HttpRequest, position: Position | None) -> Q:
    """Customers whose name may be guessed at: those where the reader works, and those they may look up."""
    where = request.rights.within(Right.SEE_CUSTOMERS)
    if request.rights.has(Right.SEE_CUSTOMERS):
        where |= Q(unit=None)
    return where | Q(unit__path__startswith=position.unit.path) if position else where


def may_answer(request: HttpRequest, remark: Remark, fate: Fate) -> bool:
    """Whoever holds it now, took part, or looks after the programme there."""
    return fate.in_charge == request.person.pk or may_see(request, remark.encounter)


def may_add_to(request: HttpRequest, remark: Remark) -> bool:
    """Whoever wrote it down, and whoever may write at its encounter."""
    return remark.noted_by_id == request.person.pk or may_see(request, remark.encounter)


def sent_from(page: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """For what a form sends; who comes there otherwise, as after signing in, is taken to the page."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
            return view(request, pk) if request.method == "POST" else redirect(page, pk)

        return answer

    return decorate

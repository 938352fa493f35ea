"""Whose encounters and remarks are whose: what the table of rights leaves to each record."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from coalface.meet.queries import Fate, attended
from coalface.permissions import Right
from coalface.records.models import Encounter, HandOver, Position, Remark


def may_see(request: HttpRequest, encounter: Encounter) -> bool:
    """Who takes part, and who looks after the programme there; they may write as well."""
    reach = request.rights.reach(Right.SEE_ENCOUNTERS_OF_OTHERS, encounter.unit)
    return reach or attended(encounter, request.person)


def encounter_for(request: HttpRequest, pk: UUID) -> Encounter:
    """The encounter, if it is the reader's to see and to write in."""
    encounter = get_object_or_404(Encounter.objects.select_related("format", "unit"), pk=pk)
    if not may_see(request, encounter):
        raise PermissionDenied(pk)
    return encounter


def remark_for(request: HttpRequest, pk: UUID) -> Remark:
    """The remark, if the reader was there, wrote it down, was offered it, or is praised in it."""
    rows = Remark.objects.select_related(
        "verbatim", "reading", "customer", "touchpoint", "noted_by", "encounter__unit", "encounter__format"
    )
    remark = get_object_or_404(rows, pk=pk)
    offered = HandOver.objects.filter(
        Q(answer=None) | Q(answer__accepted=True),
        disposition__remark=remark,
        disposition__ended_at=None,
        receiver=request.person,
    )
    praised = remark.dispositions.filter(praised=request.person, ended_at=None)
    mine = remark.noted_by_id == request.person.pk
    if not (mine or may_see(request, remark.encounter) or offered.exists() or praised.exists()):
        raise PermissionDenied(pk)
    return remark


def within_reach(request: HttpRequest, position: Position | None) -> Q:
    """Customers whose name may be guessed at: those where the reader works, and those they may look up."""
    where = request.rights.within(Right.SEE_CUSTOMERS)
    if request.rights.has(Right.SEE_CUSTOMERS):
        where |= Q(unit=None)
    return where | Q(unit__path__startswith=position.unit.path) if position else where


def may_answer(request: HttpRequest, remark: Remark, fate: Fate) -> bool:
    """Whoever holds it now, took part, or looks after the programme there."""
    return fate.in_charge == request.person.pk or may_see(request, remark.encounter)


def sent_from(page: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """For what a form sends; who comes there otherwise, as after signing in, is taken to the page."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
            return view(request, pk) if request.method == "POST" else redirect(page, pk)

        return answer

    return decorate

"""Tables and rounds of an event: seating everybody, once or again, asking ours, sheets to print."""

from random import SystemRandom
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalface.meet import actions
from coalface.meet.forms import AgainForm, OursForm, TablesForm
from coalface.meet.queries import rounds_of, seats_left, strangers, ways_of
from coalface.permissions import Right, needs
from coalface.records.models import Encounter, FormatKind

from .access import encounter_for, sent_from

CHANCE = SystemRandom()
PROPOSED = 24


@needs(Right.MEET_CUSTOMERS)
def tables(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who sits where in each round, and what can be done about it."""
    return _page(request, encounter_for(request, pk, FormatKind.EVENT))


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:tables")
def seat_tables(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Seat everybody, so that nobody meets the same person twice."""
    event = encounter_for(request, pk, FormatKind.EVENT)
    form = TablesForm(request.POST)
    if not form.is_valid():
        return _page(request, event, tables_form=form)
    try:
        found = actions.seat_event(
            encounter=event, by=request.person, now=timezone.now(), **form.cleaned_data
        )
    except actions.NobodyToSeat:
        form.add_error(None, _("Invite a guest and one of ours first."))
        return _page(request, event, tables_form=form)
    except actions.CalledOff:
        messages.warning(request, _("It did not take place."))
        return redirect("meet:tables", pk)
    if found.complete:
        messages.success(request, _("Everybody has a seat, and nobody meets the same person twice."))
    else:
        messages.warning(request, _fewer(len(found.rounds)))
    return redirect("meet:tables", pk)


def _fewer(rounds: int) -> str:
    words = ngettext(
        "Only %(n)d round is possible in which nobody meets the same person twice. More tables with fewer "
        "seats allow more.",
        "Only %(n)d rounds were found in which nobody meets the same person twice. More tables with fewer "
        "seats allow more.",
        rounds,
    )
    return words % {"n": rounds}


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:tables")
def seat_tables_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody did not come, or came after all: the others stay where they are."""
    event = encounter_for(request, pk, FormatKind.EVENT)
    form = AgainForm(request.POST, rounds=len(rounds_of(event)))
    if not form.is_valid():
        return _page(request, event, again_form=form)
    first = form.cleaned_data["first"] - 1
    try:
        found = actions.seat_event_again(encounter=event, first=first, by=request.person, now=timezone.now())
    except actions.CalledOff:
        messages.warning(request, _("It did not take place."))
        return redirect("meet:tables", pk)
    words = ngettext(
        "Seated again. %(n)d person has to move.",
        "Seated again. %(n)d people have to move.",
        len(found.moved),
    )
    messages.success(request, words % {"n": len(found.moved)})
    if found.unmixed:
        messages.warning(request, _("A table is left without a guest or without one of ours."))
    return redirect("meet:tables", pk)


@needs(Right.PLAN)
@sent_from("meet:tables")
def ask_ours(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask those of us who never meet a customer."""
    event = encounter_for(request, pk, FormatKind.EVENT)
    now = timezone.now()
    form = OursForm(request.POST, proposed=strangers(event, request.rights, now, PROPOSED).people)
    if not form.is_valid():
        messages.warning(request, _("Tick whom to ask."))
        return redirect("meet:tables", pk)
    people = list(form.cleaned_data["people"])
    try:
        actions.ask_ours(encounter=event, people=people, by=request.person, now=now)
    except (actions.CalledOff, actions.Finished):
        messages.warning(request, _("Nobody is invited to it any more."))
        return redirect("meet:tables", pk)
    words = ngettext("%(n)d of us takes part now.", "%(n)d of us take part now.", len(people))
    messages.success(request, words % {"n": len(people)})
    return redirect("meet:tables", pk)


@needs(Right.MEET_CUSTOMERS)
def tables_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To print in large letters: a sheet for each table, and a line for each person."""
    event = encounter_for(request, pk, FormatKind.EVENT)
    context = {
        "encounter": event,
        "rounds": rounds_of(event),
        "ways": ways_of(event),
        "small": request.small,
    }
    return render(request, "meet/seating/sheet.html", context)


def _page(request: HttpRequest, event: Encounter, **forms: Form) -> HttpResponse:
    now, rounds = timezone.now(), rounds_of(event)
    first = {"seed": CHANCE.randrange(2**31)}
    if rounds:
        first |= {"tables": len(rounds[0].tables), "rounds": len(rounds)}
    may_ask = request.rights.reach(Right.PLAN, event.unit)
    found = strangers(event, request.rights, now, PROPOSED) if may_ask else None
    context = {
        "encounter": event,
        "rounds": rounds,
        "seats_left": seats_left(event),
        "tables_form": TablesForm(initial=first),
        "again_form": AgainForm(rounds=len(rounds)),
        "strangers": found,
        "ours_form": OursForm(proposed=found.people) if found else None,
        "small": request.small,
    } | forms
    return render(request, "meet/seating/tables.html", context, status=422 if forms else 200)

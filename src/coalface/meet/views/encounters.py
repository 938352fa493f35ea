"""One encounter: before it the brief, after it what was said, promised and left open."""

from datetime import datetime
from uuid import UUID

import uuid_utils.compat as uuid
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.meet import actions
from coalface.meet.forms import CallOffForm, HoldForm, NoteForm, PromiseForm
from coalface.meet.queries import (
    briefs,
    colleagues,
    fates,
    history,
    next_sequence,
    quotable,
    still_open,
    wanted_before_holding,
)
from coalface.permissions import Right, needs
from coalface.records.models import GROUPS, Customer, Encounter, Outcome

from .access import encounter_for, sent_from
from .formats import of_its_format

PROMISE = "promise_%s"  # beside the note form, whose fields have some of the same names


@needs(Right.MEET_CUSTOMERS)
def encounter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The brief before, the remarks after."""
    return _page(request, encounter_for(request, pk), timezone.now())


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It took place."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, now, hold_form=form)
    try:
        actions.hold(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
        messages.success(request, _("Good that you met. What was said?"))
    except actions.AlreadyDecided:
        messages.warning(request, _("Somebody has said before what became of it."))
    except actions.NotReady:
        messages.warning(request, _("Something has to be done first; it stands on this page."))
    return redirect("meet:encounter", pk)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It did not take place."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = CallOffForm(request.POST, today=timezone.localdate(now), by=request.person)
    if not form.is_valid():
        return _page(request, meeting, now, call_off_form=form)
    given, by = form.cleaned_data, {"by": request.person, "now": now}
    try:
        if given["to"]:
            actions.delegate(encounter=meeting, to=given["to"], **by)
            messages.success(
                request, _("%(name)s gets a mail and goes instead.") % {"name": given["to"].name}
            )
        else:
            actions.call_off(encounter=meeting, outcome=given["outcome"], **by)
    except actions.AlreadyDecided:
        messages.warning(request, _("Somebody has said before what became of it."))
    except actions.GoesAnyway:
        form.add_error("to", _("They take part already."))
        return _page(request, meeting, now, call_off_form=form)
    return redirect("meet:encounter", pk)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down one thing that was said; the same form sent twice is kept once."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = NoteForm(request.POST, **_speakers(meeting, _guests(meeting)))
    if not form.is_valid():
        return _page(request, meeting, now, note_form=form)
    given = form.cleaned_data
    customer = given.get("customer")
    try:
        actions.note_remark(
            encounter=meeting,
            by=request.person,
            now=now,
            language=customer.language if customer else request.person.language,
            **given,
        )
    except actions.IdTaken:
        messages.warning(request, _("You had sent this before, in other words. Send it again to keep both."))
        return _page(request, meeting, now, note_form=_afresh(form, meeting, request))
    except actions.NotAgreed:
        form.add_error("customer", _("They did not agree to be written down. Choose “Somebody”."))
        return _page(request, meeting, now, note_form=form)
    except actions.NotHeld:
        messages.warning(request, _("Say first that you met."))
        return redirect("meet:encounter", pk)
    messages.success(request, _("Written down."))
    return redirect(f"{meeting_address(pk)}#note")


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def promise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what was promised."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = PromiseForm(request.POST, auto_id=PROMISE, guests=_guests(meeting), today=timezone.localdate(now))
    if not form.is_valid():
        return _page(request, meeting, now, promise_form=form)
    try:
        actions.promise(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
    except actions.NotHeld:
        messages.warning(request, _("Say first that you met."))
    return redirect(f"{meeting_address(pk)}#promises")


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close it, if nothing is open any more."""
    meeting = encounter_for(request, pk)
    try:
        actions.finish(encounter=meeting, by=request.person, now=timezone.now())
        messages.success(request, _("Finished. Thank you."))
    except actions.AlreadyFinished:
        messages.success(request, _("It was finished already."))
    except actions.StillOpen:
        messages.warning(request, _("Something came in meanwhile and wants an answer first."))
    except actions.NotHeld:
        messages.warning(request, _("Say first that you met."))
    return redirect("meet:encounter", pk)


def meeting_address(pk: UUID) -> str:
    """Where an encounter is shown."""
    return redirect("meet:encounter", pk).url


def _guests(meeting: Encounter) -> list[Customer]:
    there = meeting.guests.there()
    return list(Customer.objects.filter(visits__in=there).order_by("name", "id"))


def _speakers(meeting: Encounter, guests: list[Customer]) -> dict[str, object]:
    """To whom words may be attributed, and in which kind of encounter."""
    kind = meeting.format.kind
    return {"guests": quotable(meeting) if kind in GROUPS else guests, "kind": kind}


def _afresh(form: NoteForm, meeting: Encounter, request: HttpRequest) -> NoteForm:
    """The same words in a form with an id of its own."""
    again = form.data.copy()
    again["id"], again["sequence"] = str(uuid.uuid7()), next_sequence(meeting, request.person)
    return NoteForm(again, **_speakers(meeting, _guests(meeting)))


def _page(request: HttpRequest, meeting: Encounter, now: datetime, **forms: object) -> HttpResponse:
    """The page with the forms it has; one that was sent and refused comes back as it was sent."""
    today = timezone.localdate(now)
    attendances = list(meeting.attendances.select_related("person"))
    context: dict[str, object] = {
        "encounter": meeting,
        "attendances": attendances,
        "guests": _guests(meeting),
        "now": now,
        "today": today,
        "wanted": wanted_before_holding(meeting, now) if meeting.outcome == Outcome.PLANNED else (),
    } | of_its_format(request, meeting, now)
    if meeting.outcome == Outcome.HELD:
        context |= _held(request, meeting, context["guests"], now)
    else:
        context |= {
            "briefs": briefs(meeting, now, today),
            "hold_form": HoldForm(initial={"minutes": meeting.minutes}),
            "call_off_form": CallOffForm(today=today, by=request.person),
            "colleagues": colleagues(today, request.person),
        }
    return render(request, "meet/encounter.html", context | forms)


def _held(
    request: HttpRequest, meeting: Encounter, guests: list[Customer], now: datetime
) -> dict[str, object]:
    today = timezone.localdate(now)
    remarks = list(
        meeting.remarks.select_related("verbatim", "reading", "customer", "touchpoint", "noted_by").order_by(
            "noted_at", "sequence", "id"
        )
    )
    fate = fates(remarks, now)
    promises = list(meeting.promises.select_related("words", "customer", "by"))
    ids = {"id": uuid.uuid7(), "sequence": next_sequence(meeting, request.person)}
    return {
        "lines": [(remark, fate[remark.pk]) for remark in remarks],
        "left": still_open(meeting, now),
        "finishing": meeting.finishings.select_related("by").filter(reopened_at=None).first(),
        "promises": promises,
        "events": history(meeting, remarks, promises),
        "colleagues": colleagues(today, request.person),
        "note_form": NoteForm(initial=ids, **_speakers(meeting, guests)),
        "promise_form": PromiseForm(auto_id=PROMISE, guests=guests, today=today),
    }

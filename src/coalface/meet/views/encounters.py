"""One encounter: before it the brief, after it what was said, promised and left open."""

from datetime import datetime, timedelta
from uuid import UUID

import uuid_utils.compat as uuid
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.meet import actions
from coalface.meet.forms import (
    THEY_CANCELLED,
    WE_DID_NOT_COME,
    CallOffForm,
    HoldForm,
    NoteForm,
    OnlookersForm,
    PromiseForm,
    ReflectionForm,
    TakePartForm,
)
from coalface.meet.queries import (
    briefs,
    code_of,
    colleagues,
    customers_at,
    fates,
    history,
    may_show_code,
    next_sequence,
    own_reflection,
    photos_of,
    quotable,
    shared_reflections,
    still_open,
    transcripts_of,
    wanted_before_holding,
    with_photos,
)
from coalface.people.queries import position_of
from coalface.permissions import Right, needs
from coalface.records.models import GROUPS, Attendance, Customer, Encounter, FormatKind, Guest, Outcome

from .access import encounter_for, sent_from, within_reach
from .formats import ALONE, STEP_AFTER_STEP, of_its_format
from .inviting import invitations

LEFT_FIRST = {"open": 0, "waiting": 1}
# From a day before on, to say that it took place is the next thing to do.
SOON = timedelta(days=1)
# Several forms stand on one page, and their fields have some of the same names.
PROMISE, PART, ONLOOKERS, REFLECTION = "promise_%s", "part_%s", "onlookers_%s", "reflection_%s"


@needs(Right.MEET_CUSTOMERS)
def encounter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The brief before, the remarks after."""
    return encounter_page(request, encounter_for(request, pk), timezone.now())


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It took place."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return encounter_page(request, meeting, now, hold_form=form)
    try:
        actions.hold(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
        messages.success(request, _good(meeting))
    except actions.AlreadyDecided:
        messages.warning(request, _("Somebody has said before what became of it."))
    except actions.NotReady:
        messages.warning(request, _("Something has to be done first: see this page."))
    return redirect("meet:encounter", pk)


def _good(meeting: Encounter) -> str:
    if meeting.format.kind in ALONE:
        return _("Good. What did you see or hear?")
    return _("Good that you met. What was said?")


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It did not take place."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = CallOffForm(request.POST, today=timezone.localdate(now), by=request.person)
    if not form.is_valid():
        return encounter_page(request, meeting, now, call_off_form=form)
    given, by = form.cleaned_data, {"by": request.person, "now": now}
    try:
        if given["to"]:
            actions.delegate(encounter=meeting, to=given["to"], **by)
            messages.success(
                request, _("%(name)s gets a mail and goes instead.") % {"name": given["to"].name}
            )
        else:
            _say_off(meeting, given["outcome"], **by)
    except actions.AlreadyDecided:
        messages.warning(request, _("Somebody has said before what became of it."))
    except actions.GoesAnyway:
        form.add_error("to", _("They take part already."))
        return encounter_page(request, meeting, now, call_off_form=form)
    return redirect("meet:encounter", pk)


def _say_off(meeting: Encounter, what: str, **by: object) -> None:
    if what == THEY_CANCELLED:
        actions.customer_cancelled(encounter=meeting, **by)
    elif what == WE_DID_NOT_COME:
        actions.we_did_not_come(encounter=meeting, **by)
    else:
        actions.call_off(encounter=meeting, outcome=what, **by)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down one thing that was said; the same form sent twice is kept once."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = NoteForm(request.POST, **_speakers(request, meeting, customers_at(meeting)))
    if not form.is_valid():
        return encounter_page(request, meeting, now, note_form=form)
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
        return encounter_page(request, meeting, now, note_form=_afresh(form, meeting, request))
    except actions.NotAgreed:
        form.add_error("customer", _("They did not agree to be written down. Choose “Somebody”."))
        return encounter_page(request, meeting, now, note_form=form)
    except actions.NotTold:
        form.refuse_untold()
        return encounter_page(request, meeting, now, note_form=form)
    except actions.NotHeld:
        messages.warning(request, _("Say first that you met."))
        return redirect("meet:encounter", pk)
    except actions.NotReady:
        messages.warning(request, _("Something has to be done first: see this page."))
        return redirect("meet:encounter", pk)
    messages.success(request, _("Written down."))
    return redirect(f"{meeting_address(pk)}#note")


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def promise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what was promised."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = PromiseForm(
        request.POST, auto_id=PROMISE, guests=customers_at(meeting), today=timezone.localdate(now)
    )
    if not form.is_valid():
        return encounter_page(request, meeting, now, promise_form=form)
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


def _speakers(request: HttpRequest, meeting: Encounter, guests: list[Customer]) -> dict[str, object]:
    """To whom words may be attributed, and in which kind of encounter."""
    kind = meeting.format.kind
    asked = {"guests": quotable(meeting) if kind in GROUPS else guests, "kind": kind}
    if kind == FormatKind.INCOGNITO:  # nobody is named beforehand
        position = position_of(request.person, timezone.localdate())
        asked["within"] = within_reach(request, position)
    return asked


def _afresh(form: NoteForm, meeting: Encounter, request: HttpRequest) -> NoteForm:
    """The same words in a form with an id of its own."""
    again = form.data.copy()
    again["id"], again["sequence"] = str(uuid.uuid7()), next_sequence(meeting, request.person)
    return NoteForm(again, **_speakers(request, meeting, customers_at(meeting)))


def encounter_page(request: HttpRequest, meeting: Encounter, now: datetime, **forms: object) -> HttpResponse:
    """The page with the forms it has; one that was sent and refused comes back as it was sent."""
    today = timezone.localdate(now)
    attendances = list(meeting.attendances.select_related("person"))
    context: dict[str, object] = {
        "encounter": meeting,
        "attendances": attendances,
        "guests": customers_at(meeting),
        "i_attended": any(one.person_id == request.person.pk for one in attendances),
        "now": now,
        "today": today,
        "wanted": wanted_before_holding(meeting, now) if meeting.outcome == Outcome.PLANNED else (),
        "colleagues": colleagues(today, request.person),
        "part_form": TakePartForm(auto_id=PART, today=today, initial=_as_the_first(attendances)),
    } | of_its_format(request, meeting, now)
    if meeting.outcome == Outcome.HELD:
        context |= _held(request, meeting, context["guests"], now)
    else:
        context |= {
            "due": meeting.starts_at <= now + SOON,
            "briefs": briefs(meeting, now, today, request.person),
            "may_see_value": context["i_attended"] or request.rights.reach(Right.SEE_CUSTOMERS, meeting.unit),
            "hold_form": HoldForm(initial={"minutes": meeting.minutes}),
            "call_off_form": CallOffForm(today=today, by=request.person),
        } | invitations(request, meeting)
    return render(request, "meet/encounter.html", context | forms)


def _held(
    request: HttpRequest, meeting: Encounter, guests: list[Customer], now: datetime
) -> dict[str, object]:
    today = timezone.localdate(now)
    said = with_photos(meeting.remarks).order_by("noted_at", "sequence", "id")
    remarks = list(said.select_related("verbatim", "reading", "customer", "touchpoint", "noted_by"))
    fate = fates(remarks, now)
    promises = list(meeting.promises.select_related("words", "customer", "by"))
    ids = {"id": uuid.uuid7(), "sequence": next_sequence(meeting, request.person)}
    left, kind = still_open(meeting, now), meeting.format.kind
    finishing = meeting.finishings.select_related("by").standing().first()
    answered = finishing is not None or (bool(remarks) and not left.remarks)
    said_who_came_along = meeting.onlookers_said_at or kind in ALONE
    return {
        "fold_note": answered or kind in STEP_AFTER_STEP,
        "fold_seats": answered and not left.wanted,
        "lines": sorted(
            ((remark, fate[remark.pk]) for remark in remarks),
            key=lambda line: LEFT_FIRST.get(line[1].code, 2),
        ),
        "left": left,
        "finishing": finishing,
        "promises": promises,
        "photos": photos_of(meeting),
        "events": history(meeting, remarks, promises),
        "transcripts": transcripts_of(meeting),
        "onlookers_form": None if said_who_came_along else OnlookersForm(auto_id=ONLOOKERS),
        "code_for": _codes(meeting, now),
        "note_form": NoteForm(initial=ids, **_speakers(request, meeting, guests)),
        "promise_form": PromiseForm(auto_id=PROMISE, guests=guests, today=today),
    } | _reflections(request, meeting)


def _reflections(request: HttpRequest, meeting: Encounter) -> dict[str, object]:
    mine = own_reflection(meeting, request.person)
    return {
        "my_reflection": mine,
        "reflection_form": ReflectionForm(
            auto_id=REFLECTION, initial={"words": mine.words.text if mine else ""}
        ),
        "shared_reflections": shared_reflections(meeting, request.person),
    }


def _codes(meeting: Encounter, now: datetime) -> list[tuple[Guest, str]]:
    """Who may be asked about us on the spot, with the code of their link."""
    if not may_show_code(meeting, now):
        return []
    there = meeting.guests.filter(customer__erased_at=None).exclude(came=False).select_related("customer")
    return [(guest, code_of(guest)) for guest in there]


def _as_the_first(attendances: list[Attendance]) -> dict[str, object]:
    """A colleague most often takes part as deep and as long as whoever was planned."""
    return {"depth": attendances[0].depth, "minutes": attendances[0].minutes} if attendances else {}

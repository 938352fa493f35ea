"""Inviting several customers, and saying afterwards who came, where they sat and what they were given."""

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coalface.customers.queries import segments
from coalface.meet import actions
from coalface.meet.forms import DrawGuestsForm, InviteForm, QuotaForm, SeatsForm, TokenForm
from coalface.meet.queries import TOKENS, guests_of, seats_left, sums_of, tables, tokens_given
from coalface.people.queries import position_of
from coalface.permissions import Right, needs
from coalface.plan.actions import NobodyToDraw
from coalface.records.models import Customer, Guest, Outcome
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

from .access import encounter_for, sent_from, within_reach
from .encounters import encounter_page, meeting_address
from .refusals import OVER, REFUSALS, why_not


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def set_quota(request: HttpRequest, pk: UUID) -> HttpResponse:
    """So many guests of a segment are wanted."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = QuotaForm(request.POST, segments=segments())
    if not form.is_valid():
        return encounter_page(request, meeting, now, quota_form=form)
    try:
        actions.set_quota(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
    except actions.TooManyWanted:
        form.add_error("wanted", _("Together that is more than there are seats."))
        return encounter_page(request, meeting, now, quota_form=form)
    except OVER:
        messages.warning(request, _("Nobody is invited to it any more."))
    return _to_guests(pk)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask one customer to come; a refusal is said in words."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = InviteForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose whom to ask, and how."))
        return _to_guests(pk)
    position = position_of(request.person, timezone.localdate(now))
    there = Customer.objects.present().filter(within_reach(request, position))
    customer = get_object_or_404(there, pk=form.cleaned_data["customer"])
    channel, by = form.cleaned_data["channel"], request.person
    try:
        actions.invite(encounter=meeting, customer=customer, channel=channel, by=by, now=now)
        words = _("%(name)s is invited. Now ask them.") % {"name": customer.name}
        messages.success(request, words)
    except REFUSALS as refused:
        messages.warning(request, why_not(refused, customer.name))
    return _to_guests(pk)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def draw_guests(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let chance choose, fairly."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = DrawGuestsForm(request.POST, left=seats_left(meeting), auto_id="draw_%s")
    if not form.is_valid():
        return encounter_page(request, meeting, now, draw_form=form)
    try:
        drawn = actions.draw_guests(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
    except NobodyToDraw:
        form.add_error(None, _("Nobody who is still missing may be asked this way at the moment."))
        return encounter_page(request, meeting, now, draw_form=form)
    except (actions.Full, *OVER):
        messages.warning(request, _("Nobody is invited to it any more."))
        return _to_guests(pk)
    words = ngettext(
        "%(n)d guest was drawn. Now ask them.", "%(n)d guests were drawn. Now ask them.", len(drawn)
    )
    messages.success(request, words % {"n": len(drawn)})
    return _to_guests(pk)


@needs(Right.MEET_CUSTOMERS)
@require_POST
def take_back_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """A guest cannot come; the seat is free again."""
    guest = get_object_or_404(Guest.objects.select_related("customer"), pk=pk)
    meeting = encounter_for(request, guest.encounter_id)
    try:
        actions.take_back_invitation(guest=guest, by=request.person, now=timezone.now())
        messages.success(request, _("%(name)s’s seat is free again.") % {"name": guest.customer.name})
    except OVER:
        messages.warning(request, _("Nobody is invited to it any more."))
    return _to_guests(meeting.pk)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def seat(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who came, who agreed, who sits where."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    ours = list(meeting.attendances.select_related("person"))
    held = meeting.outcome == Outcome.HELD
    form = SeatsForm(request.POST, guests=guests_of(meeting), ours=ours, held=held)
    if not form.is_valid():
        return encounter_page(request, meeting, now, seats_form=form)
    rows = {"guests": form.seats(), "ours": form.our_seats()}
    try:
        actions.seat_guests(encounter=meeting, by=request.person, now=now, **rows)
    except actions.HasSpoken as refused:
        name = {"name": refused.args[0].customer.name}
        form.add_error(None, _("Words of %(name)s are written down: they came, and they agreed.") % name)
        return encounter_page(request, meeting, now, seats_form=form)
    messages.success(request, _("Written down."))
    return _to_guests(pk)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def give_tokens(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What guests were given as thanks."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = TokenForm(request.POST, guests=guests_of(meeting))
    if not form.is_valid():
        return encounter_page(request, meeting, now, token_form=form)
    given = form.cleaned_data
    try:
        actions.give_tokens(encounter=meeting, guests=given.pop("to"), by=request.person, now=now, **given)
        messages.success(request, _("Written down."))
    except actions.TooGenerous as refused:
        form.add_error("value", _too_generous(refused))
        return encounter_page(request, meeting, now, token_form=form)
    except actions.NotHeld:
        messages.warning(request, _("Say first that you met."))
    return _to_guests(pk)


def _too_generous(refused: actions.TooGenerous) -> str:
    """How much a guest may be given at most, in words."""
    name = refused.guest.customer.name
    if not refused.most:
        return _("%(name)s may be given nothing: warm words are thanks enough.") % {"name": name}
    most = number_format(Decimal(refused.most) / 100, 2)
    return _("Kind of you, but %(name)s may be given %(most)s at most.") % {"name": name, "most": most}


@needs(Right.SEE_PROGRAMME)
def token_list(request: HttpRequest) -> HttpResponse:
    """Every token of thanks, with sums."""
    given = tokens_given(request.rights.within(Right.SEE_PROGRAMME, "encounter__unit"))
    if file := taken(request, Offer(TOKENS, given)):
        return file
    page = page_of(request, given)
    for guest in page:
        guest.worth = Decimal(guest.token_value) / 100
    context = {"page": page, "sums": sums_of(given), "small": request.small}
    return render(request, "meet/token_list.html", context)


@needs(Right.MEET_CUSTOMERS)
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who sits where, to print."""
    meeting = encounter_for(request, pk)
    context = {"encounter": meeting, "tables": tables(meeting), "small": request.small}
    return render(request, "meet/sheet.html", context)


def _to_guests(pk: UUID) -> HttpResponse:
    return redirect(f"{meeting_address(pk)}#guests")

"""A hands-on shift: its preparation, the page of buddy and host, and what stood in the way."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.meet import actions
from coalface.meet.forms import DidForm, ShiftForm
from coalface.meet.queries import in_the_way as found_in_the_way
from coalface.permissions import Right, needs
from coalface.records.models import Encounter, FormatKind, Shift

from .access import encounter_for, may_see, sent_from
from .formats import format_page
from .hands_on import shift_part


def shift_for(request: HttpRequest, pk: UUID) -> Encounter:
    """The encounter of a shift, for its buddy and its host too; nothing that was said hangs on this."""
    rows = Encounter.objects.select_related("format", "unit").filter(format__kind=FormatKind.SHIFT)
    encounter = get_object_or_404(rows, pk=pk)
    named = Shift.objects.filter(Q(buddy=request.person) | Q(host=request.person), encounter=encounter)
    if not (may_see(request, encounter) or named.exists()):
        raise PermissionDenied(pk)
    return encounter


@needs(Right.MEET_CUSTOMERS)
def shift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What buddy and host have to know and to say."""
    now, meeting = timezone.now(), shift_for(request, pk)
    context = shift_part(request, meeting, now) | {
        "encounter": meeting,
        "attendances": meeting.attendances.select_related("person"),
        "may_see_encounter": may_see(request, meeting),
    }
    return render(request, "meet/shift.html", context)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def prepare_shift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name the buddy, the tasks and the host."""
    now, meeting = timezone.now(), encounter_for(request, pk, FormatKind.SHIFT)
    form = ShiftForm(request.POST, today=timezone.localdate(now))
    if form.is_valid():
        try:
            actions.prepare_shift(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
        except actions.NoHost:
            form.add_error("host", _("At a peak hour somebody has to agree: name the host."))
        except actions.TakesPart:
            form.add_error(None, _("Who does the shift can be neither its buddy nor its host."))
        except actions.AlreadyDecided:
            messages.warning(request, _("Somebody has said before what became of it."))
            return redirect("meet:encounter", pk)
    if not form.is_valid():
        return format_page(request, meeting, now, shift_form=form)
    messages.success(request, _("Kept. Buddy and host get a mail."))
    return redirect("meet:encounter", pk)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:shift")
def agree_to_shift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The host agrees to a peak hour."""
    return _pressed(request, pk, actions.agree_to_peak, _("Thank you. It may be at a peak hour."))


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:shift")
def induct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The induction is done."""
    return _pressed(request, pk, actions.confirm_induction, _("Good. The shift can begin."))


def _pressed(request: HttpRequest, pk: UUID, deed, thanks: str) -> HttpResponse:
    meeting = shift_for(request, pk)
    try:
        deed(encounter=meeting, by=request.person, now=timezone.now())
        messages.success(request, thanks)
    except actions.NotForYou as refused:
        raise PermissionDenied(pk) from refused
    except actions.NotPrepared:
        messages.warning(request, _("Name a buddy first."))
    except actions.AlreadyDecided:
        messages.warning(request, _("Somebody has said before what became of it."))
    return redirect("meet:encounter" if may_see(request, meeting) else "meet:shift", pk)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def describe_shift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the guest worker did."""
    now, meeting = timezone.now(), encounter_for(request, pk, FormatKind.SHIFT)
    form = DidForm(request.POST, auto_id="did_%s")
    if not form.is_valid():
        return format_page(request, meeting, now, did_form=form)
    try:
        actions.describe_shift(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
        messages.success(request, _("Written down."))
    except (actions.NotHeld, actions.NotReady, actions.NotPrepared):
        messages.warning(request, _("Say first that you met."))
    except actions.Finished:
        messages.warning(request, _("It is finished, and stays as it is."))
    return redirect("meet:encounter", pk)


@needs(Right.MEET_CUSTOMERS)
def in_the_way(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What stood in the way, for whoever looks after the process and was told."""
    meeting = get_object_or_404(Encounter.objects.select_related("format", "unit"), pk=pk)
    remarks = list(found_in_the_way(meeting, request.person))
    if not remarks:
        raise PermissionDenied(pk)
    return render(request, "meet/in_the_way.html", {"encounter": meeting, "remarks": remarks})

"""My times: when I cannot, my hours, and a calendar of my own; and the hours of places and people."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.people.queries import people_within, units_within
from coalface.permissions import Right, needs
from coalface.plan import actions, queries
from coalface.plan.forms import AwayForm, CalendarForm, HoursForm, UnitHoursForm
from coalface.policies import number
from coalface.records.models import Person, Unavailability, Unit
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken


@needs(Right.MEET_CUSTOMERS)
def my_times(request: HttpRequest) -> HttpResponse:
    """When I can meet customers and when I cannot."""
    found = queries.absences(request.person, timezone.now())
    if file := taken(request, Offer(queries.ABSENCES, found)):
        return file
    return _page(request)


@needs(Right.MEET_CUSTOMERS)
@require_POST
def be_away(request: HttpRequest) -> HttpResponse:
    """Say when I cannot."""
    now = timezone.now()
    form = AwayForm(request.POST, now=now)
    if not form.is_valid():
        return _page(request, away=form)
    actions.be_away(by=request.person, now=now, **form.cleaned_data)
    messages.success(request, _("Nothing will be planned for you then."))
    return redirect("plan:my_times")


@needs(Right.MEET_CUSTOMERS)
@require_POST
def be_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take that back; twice is once."""
    absence = Unavailability.objects.filter(pk=pk).first()
    try:
        if absence:
            actions.be_back(absence=absence, by=request.person, now=timezone.now())
    except actions.NotTheirs:
        raise PermissionDenied(pk) from None
    messages.success(request, _("You can be planned for then."))
    return redirect("plan:my_times")


@needs(Right.MEET_CUSTOMERS)
@require_POST
def connect_calendar(request: HttpRequest) -> HttpResponse:
    """Connect my calendar; it is tried at once, and what is wrong is said."""
    form = CalendarForm(request.POST)
    if not form.is_valid():
        return _page(request, calendar=form)
    try:
        actions.join_calendar(by=request.person, now=timezone.now(), **form.cleaned_data)
    except actions.CalendarRefused as refused:
        return _page(request, calendar=form, refused=refused.kind)
    except actions.SeveralCalendars as several:
        found = [(one.address, one.name or one.address) for one in several.found]
        known = {"user_name": form.cleaned_data["user_name"]}
        return _page(request, calendar=CalendarForm(found=found, initial=known), refused="several")
    messages.success(request, _("Connected. It will be read within a minute."))
    return redirect("plan:my_times")


@needs(Right.MEET_CUSTOMERS)
@require_POST
def leave_calendar(request: HttpRequest) -> HttpResponse:
    """Let my calendar go; twice is once."""
    try:
        actions.leave_calendar(by=request.person, now=timezone.now())
    except actions.NotConnected:
        messages.warning(request, _("No calendar was connected."))
    else:
        messages.success(request, _("Disconnected. Your password and what was read are forgotten."))
    return redirect("plan:my_times")


def _page(
    request: HttpRequest,
    away: AwayForm | None = None,
    calendar: CalendarForm | None = None,
    refused: str = "",
) -> HttpResponse:
    now, me = timezone.now(), request.person
    connected = queries.calendar_of(me)
    context = {
        "page": page_of(request, queries.absences(me, now)),
        "own_week": queries.week_of(me.working_hours.all()),
        "away_form": away or AwayForm(now=now),
        "calendar_form": calendar or CalendarForm(),
        "calendar_wrong": calendar is not None,
        "refused": refused,
        "connected": connected,
        "busy": connected.busy.filter(ends_at__gt=now).count() if connected else 0,
        "unread": queries.unread_in(connected) if connected else 0,
        "removed": queries.removed_by(me, now)[:5] if connected else (),
        "days": int(number("calendar_days")),
        "small": request.small,
    }
    return render(request, "plan/my_times.html", context, status=422 if away or calendar else 200)


@needs(Right.MANAGE_PEOPLE)
def hours(request: HttpRequest) -> HttpResponse:
    """The hours of every place I look after."""
    found = queries.hours_of_units(units_within(request.rights, Right.MANAGE_PEOPLE))
    if file := taken(request, Offer(queries.HOURS, found)):
        return file
    return render(request, "plan/hours.html", {"page": page_of(request, found), "small": request.small})


@needs(Right.MANAGE_PEOPLE)
def hours_of_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """When a place is open, and whose holidays it has."""
    unit = get_object_or_404(Unit, pk=pk)
    if not request.rights.reach(Right.MANAGE_PEOPLE, unit):
        raise PermissionDenied(Right.MANAGE_PEOPLE)
    known = _days(unit) | {"country": unit.country, "subdivision": unit.subdivision}
    form = UnitHoursForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.set_hours_of_unit(unit=unit, by=request.person, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("On record. Plans made from now on keep to it."))
        return redirect("plan:hours")
    context = {"form": form, "unit": unit, "small": request.small}
    return render(request, "plan/hours_of.html", context, status=422 if form.errors else 200)


@needs(Right.MEET_CUSTOMERS)
def hours_of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """When somebody works: my own hours, or those of somebody I look after."""
    who = get_object_or_404(Person, pk=pk)
    mine, today = who == request.person, timezone.localdate()
    theirs = people_within(request.rights, Right.MANAGE_PEOPLE, today)
    if not mine and not theirs.filter(pk=pk).exists():
        raise PermissionDenied(Right.MANAGE_PEOPLE)
    form = HoursForm(request.POST or None, initial=_days(who))
    if request.method == "POST" and form.is_valid():
        actions.set_hours_of_person(person=who, by=request.person, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("On record. Plans made from now on keep to it."))
        return redirect("plan:my_times") if mine else redirect("people:person", pk)
    context = {"form": form, "who": who, "mine": mine, "small": request.small}
    return render(request, "plan/hours_of.html", context, status=422 if form.errors else 200)


def _days(of: Unit | Person) -> dict[str, str]:
    return {f"day_{day}": text for day, text in queries.week_of(of.working_hours.all()).items()}

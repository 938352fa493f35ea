"""Pages for planning: who is due, the draw and why it fell on this customer, promises and ways of meeting."""

from datetime import date, datetime, timedelta
from random import SystemRandom

import uuid_utils.compat as uuid
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coalface.people.queries import everywhere, people_within, units_within
from coalface.permissions import Right, needs
from coalface.plan import actions, queries
from coalface.plan.forms import (
    CommitmentForm,
    DrawForm,
    ExemptionForm,
    FormatForm,
    NoticeForm,
    PlanForm,
    ready_formats,
)
from coalface.policies import number
from coalface.records.models import GROUPS, ChosenBy, Format
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

CHANCE = SystemRandom()


@needs(Right.PLAN)
def index(request: HttpRequest) -> HttpResponse:
    """Who is due, and the draw."""
    now = timezone.now()
    rows = _here(request, timezone.localdate(now))
    if file := taken(request, *_offers(request, rows)):
        return file
    waiting = [row for row in rows if not row.next_encounter]
    first = {
        "person": request.GET.get("person") or (waiting[0].person.pk if waiting else None),
        "starts_at": timezone.localtime(now).replace(hour=14, minute=0) + timedelta(days=7),
        "seed": CHANCE.randrange(2**31),
    } | {name: request.GET[name] for name in ("format", "unit") if name in request.GET}
    return _page(request, DrawForm(**_reach(request, now), now=now, initial=first), rows)


def _offers(request: HttpRequest, here: list[queries.Due]) -> list[Offer]:
    return [
        Offer(queries.TURNS, [row for row in here if not row.exempt_until]),
        Offer(queries.FORMATS, Format.objects.order_by("key")),
        Offer(queries.DRAWS, queries.drawn(request.rights.within(Right.PLAN, "encounter__unit"))),
    ]


@needs(Right.PLAN)
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Draw a customer, reach out to them, plan the encounter, and say why it was this one."""
    now = timezone.now()
    form = DrawForm(request.POST, **_reach(request, now), now=now)
    if not form.is_valid():
        return _page(request, form, _here(request, timezone.localdate(now)))
    wanted = form.cleaned_data
    try:
        drawn = actions.draw_once(by=request.person, now=now, within=wanted["unit"], **wanted)
    except actions.NobodyToDraw:
        form.add_error(
            None, _("Nobody there agreed to be asked this way, or all of them were asked not long ago.")
        )
        return _page(request, form, _here(request, timezone.localdate(now)))
    return redirect("plan:assignment", drawn.pk)


@needs(Right.PLAN)
def encounter(request: HttpRequest) -> HttpResponse:
    """Plan an encounter without drawing a customer: a group, a walk, a town hall."""
    now = timezone.now()
    first = {
        "id": uuid.uuid7(),
        "person": request.GET.get("person") or request.person.pk,
        "starts_at": timezone.localtime(now).replace(hour=14, minute=0) + timedelta(days=7),
    }
    form = PlanForm(request.POST or None, **_reach(request, now), now=now, initial=first)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        announced = not wanted.pop("unannounced")
        # Guests of a group are drawn or invited; otherwise customers come of their own accord.
        chosen_by = ChosenBy.PLANNER if wanted["format"].kind in GROUPS else ChosenBy.CUSTOMER
        planned = actions.plan_once(
            customers=[],
            chosen_by=chosen_by,
            announced=announced,
            by=request.person,
            now=now,
            **wanted,
        )
        messages.success(request, _("It is in the calendar."))
        return redirect("meet:encounter", planned.pk)
    context = {"form": form, "formats": Format.objects.exists(), "small": request.small}
    return render(request, "plan/encounter.html", context, status=422 if form.errors else 200)


@needs(Right.PLAN)
def notices(request: HttpRequest) -> HttpResponse:
    """What was announced about incognito visits, and from when on they may happen."""
    now = timezone.now()
    today = timezone.localdate(now)
    units = units_within(request.rights, Right.PLAN)
    form = NoticeForm(request.POST or None, units=units, today=today, initial={"published_on": today})
    if request.method == "POST" and form.is_valid():
        actions.file_notice(by=request.person, now=now, **form.cleaned_data)
        messages.success(request, _("The notice is on file."))
        return redirect("plan:notices")
    days = int(number("incognito_notice_days"))
    filed = queries.notices(request.rights.within(Right.PLAN))
    if file := taken(request, Offer(queries.NOTICES, filed)):
        return file
    page = page_of(request, filed)
    context = {
        "form": form,
        "page": page,
        "lines": [(one, one.published_on + timedelta(days=days)) for one in page],
        "days": days,
        "today": today,
        "small": request.small,
    }
    return render(request, "plan/notices.html", context, status=422 if form.errors else 200)


@needs(Right.PLAN)
def notice_text(request: HttpRequest) -> HttpResponse:
    """A proposal for the notice, to print or to copy."""
    days = int(number("incognito_notice_days"))
    return render(request, "plan/notice_text.html", {"days": days, "small": request.small})


@needs(Right.PLAN)
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the draw fell on this customer."""
    drawn = get_object_or_404(queries.drawn(request.rights.within(Right.PLAN, "encounter__unit")), pk=pk)
    return render(request, "plan/assignment.html", {"drawn": drawn, "small": request.small})


@needs(Right.PLAN)
def commit(request: HttpRequest) -> HttpResponse:
    """Promise how often somebody meets customers."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = CommitmentForm(
        request.POST or None,
        people=people_within(request.rights, Right.PLAN, today),
        today=today,
        levels=not request.small and everywhere(request.rights, Right.PLAN),
    )
    if request.method == "POST" and form.is_valid():
        rhythm = {name: form.cleaned_data[name] for name in ("every_days", "starts_on")}
        if person := form.cleaned_data["person"]:
            actions.commit_person(person=person, by=request.person, now=now, **rhythm)
        else:
            actions.commit_level(level=form.cleaned_data["level"], by=request.person, now=now, **rhythm)
        messages.success(request, _("Promised."))
        return redirect("plan:index")
    return render(request, "plan/commit.html", {"form": form, "small": request.small})


@needs(Right.PLAN)
def exempt(request: HttpRequest) -> HttpResponse:
    """Let somebody off until a day."""
    now = timezone.now()
    today = timezone.localdate(now)
    people = people_within(request.rights, Right.PLAN, today)
    form = ExemptionForm(request.POST or None, people=people, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.exempt(by=request.person, now=now, **form.cleaned_data)
        except actions.RemoteNotOffered:
            form.add_error("remote_offered_on", _("Offer it first: this day has not come yet."))
        except actions.EndsBeforeItStarts:
            form.add_error("until_on", _("This has to be after the first day."))
        else:
            messages.success(request, _("They owe no encounter until then."))
            return redirect("plan:index")
    return render(request, "plan/exempt.html", {"form": form, "small": request.small})


@needs(Right.PLAN)
def add_format(request: HttpRequest) -> HttpResponse:
    """Describe a way of meeting customers."""
    form = FormatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_format(by=request.person, now=timezone.now(), **form.cleaned_data)
        except actions.KeyTaken:
            form.add_error("key", _("Another format has this short name."))
        else:
            messages.success(request, _("%(name)s can be planned now.") % {"name": added.name})
            return redirect("plan:index")
    return render(request, "plan/add_format.html", {"form": form, "small": request.small})


@needs(Right.PLAN)
@require_POST
def take_ready_formats(request: HttpRequest) -> HttpResponse:
    """Start from the catalogue; what is there already stays as it is."""
    taken = actions.add_formats(rows=ready_formats(), by=request.person, now=timezone.now())
    added = ngettext("%(n)s format was added.", "%(n)s formats were added.", len(taken))
    messages.success(request, added % {"n": len(taken)} if taken else _("They are all there already."))
    return redirect(f"{reverse('plan:index')}#formats")


def _reach(request: HttpRequest, now: datetime) -> dict[str, object]:
    people = people_within(request.rights, Right.PLAN, timezone.localdate(now))
    return {"units": units_within(request.rights, Right.PLAN), "people": people}


def _here(request: HttpRequest, today: date) -> list[queries.Due]:
    return [row for row in queries.due(today) if request.rights.reach(Right.PLAN, row.unit)]


def _page(request: HttpRequest, form: DrawForm, here: list[queries.Due]) -> HttpResponse:
    today = timezone.localdate()
    formats = list(Format.objects.order_by("key"))
    there = {format.key for format in formats}
    context = {
        "form": form,
        "page": page_of(request, [row for row in here if not row.exempt_until]),
        "exempt_ends": sorted(row.exempt_until for row in here if row.exempt_until),
        "today": today,
        "soon": today + timedelta(days=7),
        "formats": formats,
        "ready": [one for one in ready_formats() if one.key not in there],
        "drawn": queries.drawn(request.rights.within(Right.PLAN, "encounter__unit"))[:5],
        "small": request.small,
    }
    return render(request, "plan/index.html", context, status=422 if form.errors else 200)

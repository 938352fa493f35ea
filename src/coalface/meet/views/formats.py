"""What the page of an encounter shows for its format: a buddy, calls to listen to, steps, seats …"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from coalface.meet.queries import colleagues
from coalface.records.models import Encounter, FormatKind

from .gatherings import drop_in, group, town_hall, visit
from .hands_on import care_walk_part, listening_part, own_walk_part, shift_part

Context = Callable[[HttpRequest, Encounter, datetime], dict[str, object]]

# By kind of format: what its template meet/formats/<kind>.html needs to be drawn.
SHOWN: Final[Mapping[str, Context]] = {
    FormatKind.CARE_WALK: care_walk_part,
    FormatKind.DROP_IN: drop_in,
    FormatKind.EVENT: group,
    FormatKind.FOCUS_GROUP: group,
    FormatKind.INCOGNITO: visit,
    FormatKind.LISTENING: listening_part,
    FormatKind.OWN_WALK: own_walk_part,
    FormatKind.SHIFT: shift_part,
    FormatKind.TOWN_HALL: town_hall,
}
# Kinds at which nobody is met face to face, so nobody speaks differently because somebody looks on.
ALONE: Final = frozenset({FormatKind.CARE_WALK, FormatKind.LISTENING, FormatKind.OWN_WALK})
# Kinds at which one does something step after step, or everybody writes: that stands above what was said.
STEP_AFTER_STEP: Final = ALONE | {FormatKind.TOWN_HALL}


def of_its_format(request: HttpRequest, encounter: Encounter, now: datetime) -> dict[str, object]:
    """The template of the format's own part of the page, and its context; nothing for plain conversations."""
    kind = FormatKind(encounter.format.kind)
    if kind not in SHOWN:
        return {}
    part = {"format_part": f"meet/formats/{kind}.html", "format_first": kind in STEP_AFTER_STEP}
    return part | SHOWN[kind](request, encounter, now)


def format_page(request: HttpRequest, encounter: Encounter, now: datetime, **forms: object) -> HttpResponse:
    """The format's part as a page of its own: what was sent and refused comes back as it was sent."""
    today = timezone.localdate(now)
    context: dict[str, object] = {
        "encounter": encounter,
        "now": now,
        "today": today,
        "colleagues": colleagues(today, request.person),
    }
    context |= of_its_format(request, encounter, now) | forms
    return render(request, "meet/format.html", context, status=422)

"""What the page of an encounter shows for its format: a buddy, calls to listen to, steps, seats …"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.http import HttpRequest

from coalface.records.models import Encounter, FormatKind

from .gatherings import drop_in, group, town_hall, visit

Context = Callable[[HttpRequest, Encounter, datetime], dict[str, object]]

# By kind of format: what its template meet/formats/<kind>.html needs to be drawn.
SHOWN: Final[Mapping[str, Context]] = {
    FormatKind.DROP_IN: drop_in,
    FormatKind.FOCUS_GROUP: group,
    FormatKind.EVENT: group,
    FormatKind.TOWN_HALL: town_hall,
    FormatKind.INCOGNITO: visit,
}


def of_its_format(request: HttpRequest, encounter: Encounter, now: datetime) -> dict[str, object]:
    """The template of the format's own part of the page, and its context; nothing for plain conversations."""
    kind = FormatKind(encounter.format.kind)
    if kind not in SHOWN:
        return {}
    return {"format_part": f"meet/formats/{kind}.html"} | SHOWN[kind](request, encounter, now)

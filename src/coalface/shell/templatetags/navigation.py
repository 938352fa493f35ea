"""The rail: the rooms a person may enter, in the order of the loop."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

from coalface.permissions import Rights

register = template.Library()


@dataclass(frozen=True)
class Room:
    """A line of the rail; `large_only` rooms stay out of sight in an organisation under twenty people.

    `unless` names the page from which it is reached by whoever may open that one.
    """

    page: str
    words: str
    icon: str
    group: int
    large_only: bool = False
    unless: str = ""


ROOMS = (
    Room("home:week", _("My week"), "calendar-days", 1),
    Room("meet:index", _("Meet"), "handshake", 2),
    Room("hear:index", _("Hear"), "ear", 2),
    Room("understand:index", _("Understand"), "lightbulb", 2),
    Room("act:index", _("Act"), "hammer", 2),
    Room("verify:index", _("Verify"), "badge-check", 2),
    Room("measure:index", _("Measure"), "ruler", 2),
    Room("people:index", _("People"), "users-round", 3),
    Room("customers:index", _("Customers"), "contact-round", 3),
    Room("customers:wishes", _("Wishes"), "contact-round", 3, unless="customers:index"),
    Room("home:programme", _("Programme"), "compass", 3, large_only=True),
    Room("plan:index", _("Plan"), "list-checks", 3, large_only=True),
    Room("worker:index", _("Engine room"), "settings", 3),
)


@dataclass(frozen=True)
class Entry:
    room: Room
    href: str
    here: bool


def entry(room: Room, rights: Rights, path: str) -> Entry | None:
    """The room's line for this person's rights, or nothing if it is not built or not theirs to enter."""
    try:
        href = reverse(room.page)
    except NoReverseMatch:
        return None
    if not rights.has(resolve(href).func.right):
        return None
    if room.unless and rights.has(resolve(reverse(room.unless)).func.right):
        return None
    here = path == href if href == "/" else path.startswith(href)
    return Entry(room, href, here)


@register.inclusion_tag("shell/navigation.html", takes_context=True)
def navigation(context: template.Context) -> dict[str, Any]:
    request = context["request"]
    rooms = [room for room in ROOMS if not (request.small and room.large_only)]
    entries = [line for room in rooms if (line := entry(room, request.rights, request.path))]
    return {
        "entries": entries,
        "first": entries[:3],
        "person": request.person,
        "csrf_token": context["csrf_token"],
    }

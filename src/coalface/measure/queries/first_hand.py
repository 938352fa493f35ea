"""In which format, and where, somebody could hear an issue first-hand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count
from django.utils import timezone

from coalface.records.models import Depth, Format, FormatKind, Issue, Mention, Stage, Unit
from coalface.understand.queries.days import midnight

from .stored import LATELY

# Words in the names of channels; each organisation calls them its own way.
CHANNELS: Final = {
    "phone": ("phone", "call", "hotline", "voice"),
    "place": ("person", "counter", "branch", "shop", "report", "tap", "panel"),
    "screen": ("app", "web", "chat", "form", "online"),
}

# Which kinds and depths of format bring one nearest to what comes in this way, the nearest first.
WAYS: Final[dict[str, tuple[str, ...]]] = {
    "phone": (FormatKind.LISTENING, Depth.LISTENING, Depth.RESOLVING),
    "place": (FormatKind.SHIFT, Depth.DOING, FormatKind.DROP_IN, Depth.BESIDE),
    "screen": (FormatKind.OWN_WALK, Depth.OWN_WALK, Depth.LISTENING),
    "words": (FormatKind.DROP_IN, Depth.CONVERSING, Depth.GROUP, Depth.RESOLVING),
}


@dataclass(frozen=True, slots=True)
class FirstHand:
    """A format and a unit, and how often of all times the issue was said in that unit.

    `heard` says how often it was heard in this very format; 0: it is the nearest to how it reaches us.
    """

    format: Format
    unit: Unit
    here: int
    of: int
    heard: int


@dataclass(frozen=True, slots=True)
class _Said:
    """How often the issue reached us in one unit, in one way."""

    unit: int
    format: int | None
    channel: str | None
    times: int


def first_hand(issues: Iterable[Issue], now: datetime) -> dict[int, FirstHand]:
    """For each issue the format nearest to most of what was said in ninety days, and where it was said most.

    What was said at an encounter speaks for its format, what came by a channel for the format nearest to
    that. Three queries however many issues there are; one that nobody spoke of lately has no entry, and
    without any format there is none at all.
    """
    known = {issue.pk: issue for issue in issues}
    formats = list(Format.objects.order_by("key"))
    said = _said(list(known), now) if formats else {}
    units = Unit.objects.in_bulk({one.unit for rows in said.values() for one in rows})
    return {issue: _nearest(known[issue], rows, formats, units) for issue, rows in said.items()}


def _said(issues: list[int], now: datetime) -> dict[int, list[_Said]]:
    since = midnight(timezone.localdate(now - LATELY))
    rows = Mention.objects.counted().filter(issue__in=issues, happened_at__range=(since, now)).order_by()
    ways = rows.values_list("issue", "unit", "remark__encounter__format", "feedback__channel")
    found: dict[int, list[_Said]] = {}
    for issue, *how in ways.annotate(times=Count("pk")):
        found.setdefault(issue, []).append(_Said(*how))
    return found


def _nearest(issue: Issue, said: list[_Said], formats: list[Format], units: dict[int, Unit]) -> FirstHand:
    places, votes, heard = Counter[int](), Counter[int](), Counter[int]()
    for one in said:
        places[one.unit] += one.times
        if one.format:
            heard[one.format] += one.times
            votes[one.format] += one.times
        elif way := way_of(one.channel):
            votes[_nearest_to(way, formats).pk] += one.times
    place = min(places, key=lambda unit: (-places[unit], unit))
    chosen = max(formats, key=lambda format: (votes[format.pk], heard[format.pk]))
    if not votes:
        chosen = _nearest_to(_by_stage(issue), formats)
    return FirstHand(chosen, units[place], places[place], places.total(), heard[chosen.pk])


def way_of(channel: str | None) -> str:
    """What a channel comes down to: phone, place or screen; empty when its name says nothing."""
    name = (channel or "").lower()
    return next((way for way, words in CHANNELS.items() if any(word in name for word in words)), "")


def _by_stage(issue: Issue) -> str:
    """Before somebody is a customer they meet us alone; later one can ask them."""
    early = issue.touchpoint and issue.touchpoint.stage in (Stage.BEFORE, Stage.JOINING)
    return "screen" if early else "words"


def _nearest_to(way: str, formats: list[Format]) -> Format:
    for wanted in (*WAYS[way], *WAYS["words"]):
        for format in formats:
            if wanted in (format.kind, format.depth):
                return format
    return formats[0]

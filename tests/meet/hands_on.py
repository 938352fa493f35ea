"""Shifts, listening sessions and walks at Lindner & Co, in the north, in an hour, unless told otherwise."""

from datetime import timedelta

from coalface.meet.actions import hold
from coalface.plan.actions import add_format, plan_encounter
from coalface.records.models import Depth, Encounter, Format, FormatKind, Person
from tests.meet import LATER
from tests.people import NOW, Cast

DEPTHS = {
    FormatKind.SHIFT: Depth.DOING,
    FormatKind.LISTENING: Depth.LISTENING,
    FormatKind.OWN_WALK: Depth.OWN_WALK,
    FormatKind.CARE_WALK: Depth.OWN_WALK,
}


def format_of(cast: Cast, kind: str) -> Format:
    """The format of this kind, described when it is first asked for."""
    there = Format.objects.filter(kind=kind).first()
    return there or add_format(
        key=str(kind).replace("_", "-"), name=str(kind).replace("_", " ").capitalize(), kind=kind,
        depth=DEPTHS[FormatKind(kind)], minutes=60, by=cast.mina, now=NOW,
    )  # fmt: skip


def coming(cast: Cast, kind: str, person: Person | None = None, **more: object) -> Encounter:
    """Olga will do it."""
    given = {"starts_at": NOW + timedelta(hours=1), "unit": cast.north} | more
    return plan_encounter(
        format=format_of(cast, kind), person=person or cast.olga, customers=[], chosen_by="planner",
        by=cast.mina, now=NOW, **given,
    )  # fmt: skip


def begun(cast: Cast, kind: str, person: Person | None = None, **more: object) -> Encounter:
    """Olga is at it."""
    return hold(encounter=coming(cast, kind, person, **more), by=person or cast.olga, now=LATER)

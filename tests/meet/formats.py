"""Encounters of every kind, planned and held, for tests of formats."""

from datetime import timedelta

from coalface.meet.actions import hold
from coalface.plan.actions import add_format, file_notice, plan_encounter
from coalface.records.models import Depth, Encounter, Format, FormatKind, Person, ProgrammeNotice
from tests.meet import LATER
from tests.people import NOW, Cast

STARTS = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(hours=3)
UNANNOUNCED = (FormatKind.DROP_IN, FormatKind.INCOGNITO)
DEPTHS = {
    FormatKind.DROP_IN: Depth.CONVERSING,
    FormatKind.INCOGNITO: Depth.OWN_WALK,
    FormatKind.SHIFT: Depth.DOING,
    FormatKind.LISTENING: Depth.LISTENING,
    FormatKind.OWN_WALK: Depth.OWN_WALK,
    FormatKind.CARE_WALK: Depth.OWN_WALK,
}


def of_kind(cast: Cast, kind: str, person: Person | None = None, seats: int = 6, **more: object) -> Encounter:
    """One encounter of a kind in the north, in an hour, with Olga unless somebody else is named."""
    given = {"unit": cast.north, "starts_at": STARTS, "customers": [], "chosen_by": "planner"} | more
    who = {"person": person or cast.olga, "by": cast.mina, "now": NOW}
    return plan_encounter(format=format_of(cast, kind, seats), **who, **given)


def format_of(cast: Cast, kind: str, seats: int = 6) -> Format:
    """The format of this kind and so many seats, described when it is first asked for."""
    there = Format.objects.filter(kind=kind, seats=seats).first()
    return there or add_format(
        key=f"{kind.replace('_', '-')}-{seats}",
        name=kind.replace("_", " ").capitalize(),
        depth=DEPTHS.get(kind, Depth.GROUP),
        minutes=90,
        may_be_unannounced=kind in UNANNOUNCED,
        kind=kind,
        seats=seats,
        by=cast.mina,
        now=NOW,
    )


def begun(cast: Cast, kind: str, person: Person | None = None, **more: object) -> Encounter:
    """One that is under way."""
    who = person or cast.olga
    return hold(encounter=of_kind(cast, kind, who, **more), by=who, now=LATER)


def took_place(encounter: Encounter, by: Person) -> Encounter:
    """The same, two hours later."""
    return hold(encounter=encounter, by=by, now=AFTER)


def notice(cast: Cast, days: int = 40) -> ProgrammeNotice:
    """Everybody was told so many days ago that such visits may happen."""
    day = NOW.date() - timedelta(days=days)
    return file_notice(unit=cast.root, text="Some of us will come.", published_on=day, by=cast.mina, now=NOW)

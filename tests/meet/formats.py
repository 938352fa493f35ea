"""Encounters of every kind, planned and held, for tests of formats."""

from datetime import timedelta

from coalface.meet.actions import hold
from coalface.plan.actions import add_format, file_notice, plan_encounter
from coalface.records.models import Depth, Encounter, FormatKind, Person, ProgrammeNotice
from tests.people import NOW, Cast

STARTS = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(hours=3)
DEPTHS = {FormatKind.DROP_IN: Depth.CONVERSING, FormatKind.INCOGNITO: Depth.OWN_WALK}


def of_kind(cast: Cast, kind: str, person: Person | None = None, seats: int = 6, **more: object) -> Encounter:
    """One encounter of a kind in the north, in an hour, with Olga unless somebody else is named."""
    format = add_format(
        key=f"{kind.replace('_', '-')}-{seats}",
        name=kind.replace("_", " ").capitalize(),
        depth=DEPTHS.get(kind, Depth.GROUP),
        minutes=90,
        may_be_unannounced=kind in DEPTHS,
        kind=kind,
        seats=seats,
        by=cast.mina,
        now=NOW,
    )
    given = {"starts_at": STARTS, "customers": [], "chosen_by": "planner", "by": cast.mina, "now": NOW} | more
    return plan_encounter(format=format, unit=cast.north, person=person or cast.olga, **given)


def took_place(encounter: Encounter, by: Person) -> Encounter:
    """The same, two hours later."""
    return hold(encounter=encounter, by=by, now=AFTER)


def notice(cast: Cast, days: int = 40) -> ProgrammeNotice:
    """Everybody was told so many days ago that such visits may happen."""
    day = NOW.date() - timedelta(days=days)
    return file_notice(unit=cast.root, text="Some of us will come.", published_on=day, by=cast.mina, now=NOW)

"""Who sits at which table in which round of an event, and who of us has met no customer for a year."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Final

from django.utils import timezone

from coalface.methods.seating import Seating
from coalface.people.queries import end_of, last_met, positions_on
from coalface.permissions import Right, Rights
from coalface.records.models import Encounter, Exemption, Level, Person, Position

A_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class There:
    """Keys of the guests who come, and of ours with their departments."""

    guests: list[str]
    ours: dict[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody with a seat: their name, and whether they are one of us."""

    name: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Round:
    """Who sits at each table, table one first, and who sits out."""

    number: int
    tables: list[list[Place]]
    out: list[Place]


@dataclass(frozen=True, slots=True)
class Way:
    """One person's table in each round; nought: they sit out."""

    place: Place
    tables: list[int]


@dataclass(frozen=True, slots=True)
class Strangers:
    """Who of us met no customer for a year, department by department in turn, and how many are let off."""

    people: list[tuple[Person, str]]
    exempt: int


def keys_there(encounter: Encounter) -> There:
    """Who is to be seated: a guest is g and a number, one of us a and a number."""
    ours = list(encounter.attendances.order_by("id").values_list("id", "person_id"))
    day = timezone.localdate(encounter.starts_at)
    held = Position.objects.held(day).filter(person__in=[person for _, person in ours])
    units = dict(held.values_list("person_id", "unit_id"))
    return There(
        [f"g{pk}" for pk in encounter.guests.there().order_by("id").values_list("id", flat=True)],
        {f"a{pk}": str(units.get(person, "")) for pk, person in ours},
    )


def seating_of(encounter: Encounter) -> Seating:
    """What was said last, as the method takes it."""
    rounds: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = encounter.table_seats.order_by("round", "table", "id")
    for number, table, guest, attendance in rows.values_list("round", "table", "guest_id", "attendance_id"):
        rounds[number][table].append(f"g{guest}" if guest else f"a{attendance}")
    most = max((table for tables in rounds.values() for table in tables), default=0)
    found = tuple(
        tuple(tuple(rounds[number][table]) for table in range(1, most + 1)) for number in sorted(rounds)
    )
    return Seating(found, tuple(() for _ in found), len(found), len(found))


def rounds_of(encounter: Encounter) -> list[Round]:
    """Round by round, each table with its people in the order of their names."""
    named, seating = _named(encounter), seating_of(encounter)
    rounds = []
    for number, tables in enumerate(seating.rounds, start=1):
        seated = {key for table in tables for key in table}
        rounds.append(
            Round(
                number,
                [_places(table, named) for table in tables],
                _places([key for key in named if key not in seated], named),
            )
        )
    return rounds


def ways_of(encounter: Encounter) -> list[Way]:
    """Person by person, in the order of their names: the table of each round."""
    named, seating = _named(encounter), seating_of(encounter)
    at = [
        {key: number for number, table in enumerate(tables, start=1) for key in table}
        for tables in seating.rounds
    ]
    ways = [Way(place, [tables.get(key, 0) for tables in at]) for key, place in named.items()]
    return sorted(ways, key=lambda way: (way.place.name, way.place.ours))


def _named(encounter: Encounter) -> dict[str, Place]:
    guests = encounter.guests.there().order_by("customer__name", "id")
    ours = encounter.attendances.order_by("person__name", "id")
    named = {f"g{pk}": Place(name, ours=False) for pk, name in guests.values_list("id", "customer__name")}
    return named | {f"a{pk}": Place(name, ours=True) for pk, name in ours.values_list("id", "person__name")}


def _places(keys: tuple[str, ...] | list[str], named: dict[str, Place]) -> list[Place]:
    here = [named[key] for key in keys if key in named]
    return sorted(here, key=lambda place: (place.ours, place.name))


def strangers(encounter: Encounter, rights: Rights, now: datetime, most: int) -> Strangers:
    """Whom of us to ask to the tables, so that no department is left out.

    Who works where the reader plans, met no customer in the year before the event, and is not there already;
    one of each department, then a second of each. Who serves customers at the front line every day is left
    out; who is let off is counted and not named.
    """
    today = timezone.localdate(now)
    there = set(encounter.attendances.values_list("person_id", flat=True))
    inside = positions_on(today).filter(rights.within(Right.PLAN)).exclude(level=Level.FRONT_LINE)
    held = [one for one in inside if one.person_id not in there]
    met = last_met([one.person_id for one in held], today)
    since = _a_year_before(encounter)
    never = [one for one in held if met.get(one.person_id, date.min) < since]
    running = Exemption.objects.filter(starts_on__lte=today, until_on__gt=today)
    exempt = set(running.values_list("person_id", flat=True))
    by_unit: dict[str, list[tuple[Person, str]]] = defaultdict(list)
    for one in sorted(never, key=lambda one: (one.unit.name, one.person.name, one.person_id)):
        if one.person_id not in exempt:
            by_unit[one.unit.name].append((one.person, one.unit.name))
    turns = [one for turn in zip_longest(*by_unit.values()) for one in turn if one]
    return Strangers(turns[:most], sum(one.person_id in exempt for one in never))


def _a_year_before(encounter: Encounter) -> date:
    return timezone.localdate(end_of(timezone.localdate(encounter.starts_at)) - A_YEAR)

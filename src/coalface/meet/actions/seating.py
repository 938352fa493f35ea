"""Tables and rounds of an event: seating everybody, once more if somebody stays away, asking ours."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from coalface.meet.queries import keys_there, seating_of
from coalface.methods.seating import Reseating, Seating, seat, seat_again
from coalface.records.history import note
from coalface.records.models import Attendance, Encounter, FormatKind, Outcome, Person, TableSeat

from .attendances import CalledOff, take_part
from .encounters import locked

GOING_ON: Final = (Outcome.PLANNED, Outcome.HELD)


class NotAnEvent(Exception):
    """There are tables and rounds at events only."""


class NobodyToSeat(Exception):
    """A guest and one of ours at least are needed."""


@transaction.atomic
def seat_event(
    *, encounter: Encounter, tables: int, rounds: int, per_table: int, seed: int, by: Person, now: datetime
) -> Seating:
    """Say who sits where in each round; what was said before is replaced. The seed makes it repeatable."""
    event = _event(pk=encounter.pk)
    there = keys_there(event)
    if not there.guests or not there.ours:
        raise NobodyToSeat(event)
    found = seat(
        guests=there.guests, staff=there.ours, tables=tables, rounds=rounds, per_table=per_table, seed=seed
    )
    _write(event=event, seating=found)
    note("tables.set", about=event, by=by, at=now, rounds=len(found.rounds), asked=rounds, seed=seed)
    return found


@transaction.atomic
def seat_event_again(*, encounter: Encounter, first: int, by: Person, now: datetime) -> Reseating:
    """Seat those who are there, moving as few as possible; `first` is the next round, counted from 0."""
    event = _event(pk=encounter.pk)
    there = keys_there(event)
    found = seat_again(seating=seating_of(event), guests=there.guests, staff=there.ours, first=first)
    _write(event=event, seating=found.seating)
    note("tables.set_again", about=event, by=by, at=now, first=first, moved=len(found.moved))
    return found


@transaction.atomic
def ask_ours(
    *, encounter: Encounter, people: Collection[Person], by: Person, now: datetime
) -> list[Attendance]:
    """Let several of us take part at once, as deep and as long as the event itself."""
    event = _event(pk=encounter.pk)
    given = {"depth": event.format.depth, "minutes": event.minutes, "by": by, "now": now}
    return [take_part(encounter=event, person=person, **given) for person in people]


def _event(*, pk: UUID) -> Encounter:
    event = locked(pk=pk)
    if event.format.kind != FormatKind.EVENT:
        raise NotAnEvent(event)
    if event.outcome not in GOING_ON:
        raise CalledOff(event)
    return event


def _write(*, event: Encounter, seating: Seating) -> None:
    event.table_seats.all().delete()
    TableSeat.objects.bulk_create(
        TableSeat(encounter=event, round=number, table=table, **_whose(key))
        for number, tables in enumerate(seating.rounds, start=1)
        for table, keys in enumerate(tables, start=1)
        for key in keys
    )


def _whose(key: str) -> dict[str, int]:
    """Keys are those of `keys_there`."""
    return {"guest_id" if key[0] == "g" else "attendance_id": int(key[1:])}

"""Who of us takes part, how deep and how long: said before an encounter or right after it."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from coalface.meet.queries import is_finished
from coalface.records.history import note
from coalface.records.models import Attendance, Depth, Encounter, Outcome, Person

from .encounters import Finished, HasLeft, locked

OFF: Final = (Outcome.CANCELLED, Outcome.NO_SHOW, Outcome.DELEGATED)


class CalledOff(Exception):
    """It did not take place, so nobody took part."""


class NobodyLeft(Exception):
    """One of us takes part at least."""


class HasWritten(Exception):
    """Who wrote something down there was there."""


@transaction.atomic
def take_part(
    *,
    encounter: Encounter,
    person: Person,
    depth: str,
    minutes: int,
    by: Person,
    now: datetime,
    table: int | None = None,
) -> Attendance:
    """Say that somebody takes part, how deep, how long and at which table; said again it corrects that."""
    _changeable(encounter=encounter)
    if person.has_left(timezone.localdate(now)):
        raise HasLeft(person)
    given = {"depth": Depth(depth), "minutes": minutes} | ({} if table is None else {"table": table})
    there = Attendance.objects.filter(encounter=encounter, person=person).first()
    if there and all(getattr(there, field) == value for field, value in given.items()):
        return there
    said, _ = Attendance.objects.update_or_create(encounter=encounter, person=person, defaults=given)
    note("attendance.said", about=encounter, by=by, at=now, person=person.pk, depth=said.depth)
    return said


@transaction.atomic
def take_no_part(*, encounter: Encounter, person: Person, by: Person, now: datetime) -> None:
    """Say that somebody does not take part after all; said twice it changes nothing."""
    _changeable(encounter=encounter)
    there = Attendance.objects.filter(encounter=encounter, person=person)
    if not there.exists():
        return
    if encounter.remarks.filter(noted_by=person).exists():
        raise HasWritten(person)
    if encounter.attendances.count() == 1:
        raise NobodyLeft(person)
    there.delete()
    note("attendance.withdrawn", about=encounter, by=by, at=now, person=person.pk)


def _changeable(*, encounter: Encounter) -> None:
    current = locked(pk=encounter.pk)
    if current.outcome in OFF:
        raise CalledOff(encounter)
    if is_finished(current):
        raise Finished(encounter)

"""Several of us at one encounter: who joins, and who stays away."""

from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Attendance, Depth, Encounter, Outcome, Person

from .answers import HasLeft, has_left
from .encounters import AlreadyDecided, locked


class TheLastOne(Exception):
    """Somebody of us has to be there."""


class HasNoted(Exception):
    """They wrote something down there, so they were there."""


@transaction.atomic
def join_in(
    *, encounter: Encounter, person: Person, depth: str, by: Person, now: datetime, table: int | None = None
) -> Attendance:
    """One more of us takes part, as deep as said; named twice, they attend once."""
    meeting = locked(pk=encounter.pk)
    _refuse_unless_it_may_take_place(encounter=meeting)
    if has_left(person=person, now=now):
        raise HasLeft(person)
    if there := meeting.attendances.filter(person=person).first():
        return there
    more = {"depth": Depth(depth), "minutes": meeting.minutes, "table": table}
    attendance = Attendance.objects.create(encounter=meeting, person=person, **more)
    note("colleague.joined", about=meeting, by=by, at=now, person=person.pk)
    return attendance


@transaction.atomic
def stay_away(*, attendance: Attendance, by: Person, now: datetime) -> None:
    """One of us does not take part after all; gone twice is gone once."""
    meeting = locked(pk=attendance.encounter_id)
    _refuse_unless_it_may_take_place(encounter=meeting)
    there = meeting.attendances.filter(pk=attendance.pk)
    if not there.exists():
        return
    if meeting.attendances.count() == 1:
        raise TheLastOne(attendance)
    if meeting.remarks.filter(noted_by=attendance.person_id).exists():
        raise HasNoted(attendance)
    there.delete()
    note("colleague.stayed_away", about=meeting, by=by, at=now, person=attendance.person_id)


def _refuse_unless_it_may_take_place(*, encounter: Encounter) -> None:
    if encounter.outcome not in (Outcome.PLANNED, Outcome.HELD):
        raise AlreadyDecided(encounter)

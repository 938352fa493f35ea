"""The one condition under which what belongs to a format may still be written down."""

from datetime import datetime
from uuid import UUID

from coalface.meet.queries import attended
from coalface.records.models import Encounter, Outcome, Person

from .encounters import AlreadyFinished, NotHeld, hold, locked


def unfinished(*, pk: UUID, by: Person, now: datetime) -> Encounter:
    """The encounter, locked, which took place and nobody has finished yet.

    Whoever takes part and writes the first thing down says by it that it took place, as with a remark.
    """
    encounter = locked(pk=pk)
    if encounter.outcome == Outcome.PLANNED and attended(encounter, by):
        return hold(encounter=encounter, by=by, now=now)
    if encounter.outcome != Outcome.HELD:
        raise NotHeld(encounter)
    if encounter.finishings.filter(reopened_at=None).exists():
        raise AlreadyFinished(encounter)
    return encounter

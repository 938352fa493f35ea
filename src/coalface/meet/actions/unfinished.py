"""The one condition under which what belongs to a format may still be written down."""

from uuid import UUID

from coalface.records.models import Encounter, Outcome

from .encounters import AlreadyFinished, NotHeld, locked


def unfinished(*, pk: UUID) -> Encounter:
    """The held encounter, locked, which nobody has finished yet."""
    encounter = locked(pk=pk)
    if encounter.outcome != Outcome.HELD:
        raise NotHeld(encounter)
    if encounter.finishings.filter(reopened_at=None).exists():
        raise AlreadyFinished(encounter)
    return encounter

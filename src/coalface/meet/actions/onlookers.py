"""Who came along and looked on: asked once for each encounter, so that a staged one can be seen as such."""

from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Encounter, Outcome, Person

from .encounters import NotHeld, locked


class AlreadySaid(Exception):
    """Somebody has said before who came along, and said something else."""


@transaction.atomic
def say_onlookers(
    *, encounter: Encounter, entourage: int, camera: bool, press: bool, by: Person, now: datetime
) -> Encounter:
    """Say who came along, when nobody was asked on the day; the same said twice changes nothing."""
    held = locked(pk=encounter.pk)
    if held.outcome != Outcome.HELD:
        raise NotHeld(held)
    if held.onlookers_said_at:
        if (held.entourage, held.camera, held.press) != (entourage, camera, press):
            raise AlreadySaid(held)
        return held
    held.entourage, held.camera, held.press = entourage, camera, press
    held.onlookers_said_at = now
    held.save(update_fields=["entourage", "camera", "press", "onlookers_said_at"])
    note("encounter.onlookers_said", about=held, by=by, at=now)
    return held

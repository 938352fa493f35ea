"""Another time for an encounter that is planned."""

from datetime import datetime

from django.db import transaction

from coalface.plan.queries import is_busy
from coalface.records.history import note
from coalface.records.models import Customer, Encounter, Invitation, Outcome, Person, Reply


class NotPlanned(Exception):
    """It was held or called off, or the new time has passed already."""


class Busy(Exception):
    """Somebody who takes part has something else at that time."""


class NothingProposed(Exception):
    """Nobody proposes another time any more."""


@transaction.atomic
def move_encounter(
    *, encounter: Encounter, starts_at: datetime, by: Person | None, now: datetime
) -> Encounter:
    """Move it, if everybody who takes part is free then; who is asked again is told by what follows."""
    for noun, rows in ((Person, encounter.attendances), (Customer, encounter.guests)):
        theirs = rows.values_list(f"{noun._meta.model_name}_id", flat=True)
        list(noun.objects.select_for_update().filter(pk__in=list(theirs)).order_by("pk"))  # in one order
    moved = Encounter.objects.select_for_update().get(pk=encounter.pk)
    if moved.outcome != Outcome.PLANNED or starts_at <= now:
        raise NotPlanned(encounter)
    if moved.starts_at == starts_at:
        return moved
    if is_busy(moved, starts_at):
        raise Busy(encounter)
    moved.starts_at = starts_at
    moved.save(update_fields=["starts_at"])
    note("encounter.moved", about=moved, by=by, at=now)
    return moved


@transaction.atomic
def take_new_time(*, invitation: Invitation, by: Person, now: datetime) -> Encounter:
    """Move the encounter to the time that somebody's calendar proposed."""
    kept = Invitation.objects.select_for_update().select_related("encounter").get(pk=invitation.pk)
    if kept.reply != Reply.COUNTERED or kept.other_start is None or kept.cancelled_at:
        raise NothingProposed(invitation)
    return move_encounter(encounter=kept.encounter, starts_at=kept.other_start, by=by, now=now)

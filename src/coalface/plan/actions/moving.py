"""Another time for an encounter that is planned."""

from datetime import datetime, timedelta

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Encounter, Invitation, Outcome, Person, Reply, Unavailability


class NotPlanned(Exception):
    """It was held or called off, or the new time has passed already."""


class DoubleBooked(Exception):
    """Somebody who takes part has something else at that time."""


class NothingProposed(Exception):
    """Nobody proposes another time any more."""


@transaction.atomic
def move_encounter(
    *, encounter: Encounter, starts_at: datetime, by: Person | None, now: datetime
) -> Encounter:
    """Move it, if everybody who takes part is free then; who is asked again is told by what follows."""
    people = list(encounter.attendances.values_list("person_id", flat=True))
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("id"))
    moved = Encounter.objects.select_for_update().get(pk=encounter.pk)
    if moved.outcome != Outcome.PLANNED or starts_at <= now:
        raise NotPlanned(encounter)
    if moved.starts_at == starts_at:
        return moved
    if is_busy(moved, starts_at):
        raise DoubleBooked(encounter)
    moved.starts_at = starts_at
    moved.save(update_fields=["starts_at"])
    note("encounter.moved", about=moved, by=by, at=now)
    return moved


def is_busy(encounter: Encounter, starts_at: datetime) -> bool:
    """Whether one of us or a guest has another encounter then, or one of us said that they cannot."""
    until = starts_at + timedelta(minutes=encounter.minutes)
    people = list(encounter.attendances.values_list("person_id", flat=True))
    guests = list(encounter.guests.values_list("customer_id", flat=True))
    planned = Encounter.objects.filter(outcome=Outcome.PLANNED).exclude(pk=encounter.pk)
    near = planned.filter(starts_at__lt=until, starts_at__gt=starts_at - timedelta(days=1))
    theirs = near.filter(attendances__person__in=people) | near.filter(guests__customer__in=guests)
    away = Unavailability.objects.filter(person__in=people, starts_at__lt=until, ends_at__gt=starts_at)
    runs_on = (one.starts_at + timedelta(minutes=one.minutes) > starts_at for one in theirs)
    return any(runs_on) or away.exists()


@transaction.atomic
def take_new_time(*, invitation: Invitation, by: Person, now: datetime) -> Encounter:
    """Move the encounter to the time that somebody's calendar proposed."""
    kept = Invitation.objects.select_for_update().select_related("encounter").get(pk=invitation.pk)
    if kept.reply != Reply.COUNTERED or kept.other_start is None or kept.cancelled_at:
        raise NothingProposed(invitation)
    return move_encounter(encounter=kept.encounter, starts_at=kept.other_start, by=by, now=now)

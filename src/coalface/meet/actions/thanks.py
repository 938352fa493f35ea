"""A token of thanks to the customer who gave us their time."""

from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Guest, Outcome, Person

from .encounters import NotHeld


class NotThere(Exception):
    """Only who met the customer can say that they thanked them."""


@transaction.atomic
def thank(*, guest: Guest, by: Person, now: datetime) -> Guest:
    """Say that a guest was thanked; said twice, the first time stands."""
    current = Guest.objects.select_for_update(of=("self",)).select_related("encounter").get(pk=guest.pk)
    if not current.encounter.attendances.filter(person=by).exists():
        raise NotThere(by)
    if current.encounter.outcome != Outcome.HELD:
        raise NotHeld(current.encounter)
    if current.thanked_at is None:
        current.thanked_at = now
        current.save(update_fields=["thanked_at"])
        note("guest.thanked", about=current.encounter, by=by, at=now, guest=current.pk)
    return current

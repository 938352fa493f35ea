"""What one of us promised a customer."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from coalface.records.history import note
from coalface.records.models import Customer, Encounter, Outcome, Person, PromiseToCustomer, Verbatim

from .encounters import NotHeld, locked
from .remarks import NoWords


class InThePast(Exception):
    """A promise is for today or later."""


class AlreadySettled(Exception):
    """Somebody has said before whether it was kept."""


@transaction.atomic
def promise(
    *, encounter: Encounter, customer: Customer, words: str, due_on: date, by: Person, now: datetime
) -> PromiseToCustomer:
    """Write down what was promised, to whom and by when; said twice it is one promise."""
    if not words.strip():
        raise NoWords(encounter)
    if due_on < timezone.localdate(now):
        raise InThePast(due_on)
    if locked(pk=encounter.pk).outcome != Outcome.HELD:
        raise NotHeld(encounter)
    if there := _made_already(encounter, customer, words.strip(), due_on, by):
        return there
    kept = Verbatim.objects.create(text=words.strip(), language=by.language)
    made = PromiseToCustomer.objects.create(
        encounter=encounter, customer=customer, words=kept, by=by, made_at=now, due_on=due_on
    )
    note("promise.made", about=made, by=by, at=now, encounter=str(encounter.pk))
    return made


def _made_already(
    encounter: Encounter, customer: Customer, words: str, due_on: date, by: Person
) -> PromiseToCustomer | None:
    rows = PromiseToCustomer.objects.filter(encounter=encounter, customer=customer, due_on=due_on, by=by)
    return rows.filter(words__text=words, settled_at=None).first()


@transaction.atomic
def settle_promise(*, promise: PromiseToCustomer, kept: bool, by: Person, now: datetime) -> PromiseToCustomer:
    """Say that it was kept, or that it was broken; a date that passed says neither."""
    current = PromiseToCustomer.objects.select_for_update().get(pk=promise.pk)
    if current.settled_at:
        raise AlreadySettled(current)
    current.kept, current.settled_at = kept, now
    current.save(update_fields=["kept", "settled_at"])
    note("promise.settled", about=current, by=by, at=now, encounter=str(current.encounter_id))
    return current

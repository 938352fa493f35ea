"""Choosing today's call for each leader, in the night or when they ask for another one."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from coalface.meet.queries import Call, call_today, callers, calls_for
from coalface.permissions import rights_of
from coalface.records.models import Customer, DailyCall, Encounter, Person

OWN_CHOICE: Final = "own"


@transaction.atomic
def choose_calls(*, now: datetime) -> int:
    """One customer ready for each leader this morning; who has one already keeps it."""
    today = timezone.localdate(now)
    there = set(DailyCall.objects.filter(day=today).values_list("person_id", flat=True))
    chosen = 0
    for person in callers(now):
        if person.pk not in there:
            found = next(calls_for(person, rights_of(person, now), now), None)
            chosen += bool(found and _keep(person=person, call=found, now=now))
    return chosen


@transaction.atomic
def choose_another(*, person: Person, now: datetime) -> Call | None:
    """Another customer in the place of the one that is shown, as often as they like; None: nobody is left."""
    Person.objects.select_for_update().get(pk=person.pk)
    if DailyCall.objects.filter(person=person, day=timezone.localdate(now), encounter__isnull=False).exists():
        return None
    rights = rights_of(person, now)
    shown = call_today(person, rights, now)
    others = list(calls_for(person, rights, now))
    keys = [other.customer.pk for other in others]
    place = keys.index(shown.customer.pk) + 1 if shown and shown.customer.pk in keys else 0
    for other in others[place:] + others[:place]:
        if (shown is None or other.customer != shown.customer) and _keep(person=person, call=other, now=now):
            return other
    return None


@transaction.atomic
def call_made(*, encounter: Encounter, customer: Customer, by: Person, now: datetime) -> None:
    """Somebody was thanked today, the one who was proposed or another: nobody else is proposed today."""
    today = timezone.localdate(now)
    made = {"customer": customer, "encounter": encounter}
    DailyCall.objects.update_or_create(
        person=by, day=today, defaults=made, create_defaults=made | {"reason": OWN_CHOICE}
    )


def _keep(*, person: Person, call: Call, now: datetime) -> bool:
    """Write it down unless the customer was given to somebody else in the same moment."""
    today = timezone.localdate(now)
    Customer.objects.select_for_update().get(pk=call.customer.pk)
    if DailyCall.objects.filter(day=today, customer=call.customer).exclude(person=person).exists():
        return False
    told = {"customer": call.customer, "reason": call.reason}
    DailyCall.objects.update_or_create(person=person, day=today, encounter=None, defaults=told)
    return True

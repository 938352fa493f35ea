"""Customers whom somebody looked after who works here no more."""

from datetime import datetime

from django.db import transaction

from coalface.people.actions import gone, say_moved, successor
from coalface.records.history import note
from coalface.records.models import Customer, Event


@transaction.atomic
def hand_on_customers(*, event: Event, now: datetime) -> int:
    """Customers whose account somebody looked after who left are looked after by who takes over."""
    person = gone(event=event)
    theirs = list(Customer.objects.filter(account_owner=person).order_by("id")) if person else []
    if not theirs:
        return 0
    to = successor(person=person, now=now)
    Customer.objects.filter(account_owner=person).update(account_owner=to)
    for customer in theirs:
        note("customer.handed_on", about=customer, by=None, at=now, to=to.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, customers=len(theirs))
    return len(theirs)

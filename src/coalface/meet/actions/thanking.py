"""Today's call: thanking a customer whom nobody planned to meet, and writing down what they said."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coalface.customers.actions import acknowledge
from coalface.plan.actions import NewFormat, add_formats
from coalface.records.models import Channel, Customer, Encounter, Format, Person, Unit

from .calling import call_made
from .encounters import drop_in
from .thanks import thank


@transaction.atomic
def thank_today(
    *,
    customer: Customer,
    called: bool,
    format: NewFormat,
    unit: Unit,
    by: Person,
    now: datetime,
    id: UUID,
) -> Encounter:
    """Say that a customer was thanked: an encounter that took place, open for what they said.

    A call wants their yes to calls, as every thanks does; who stood before us needs none. The way of meeting
    is made the first time somebody meets so.
    """
    if called:
        acknowledge(customer=customer, channel=Channel.PHONE, by=by, now=now)
    add_formats(rows=[format], by=by, now=now)
    held = drop_in(
        id=id,
        person=by,
        customers=[customer],
        format=Format.objects.get(key=format.key),
        unit=unit,
        minutes=format.minutes,
        by=by,
        now=now,
    )
    for guest in held.guests.filter(customer=customer):
        thank(guest=guest, by=by, now=now)
    call_made(encounter=held, customer=customer, by=by, now=now)
    return held

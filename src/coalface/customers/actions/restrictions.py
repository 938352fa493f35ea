"""Leaving a customer alone, and the end of it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from coalface.records.history import note
from coalface.records.models import ContactRestriction, Customer, Person, RestrictionKind


class AlreadyOver(Exception):
    """The day given does not lie in the future, or the restriction holds no longer."""


@transaction.atomic
def restrict(
    *, customer: Customer, kind: str, by: Person | None, now: datetime, until_on: date | None = None
) -> ContactRestriction:
    """Leave a customer alone until a day, or at all; nobody is approached while it holds."""
    if until_on and until_on <= timezone.localdate(now):
        raise AlreadyOver(until_on)
    Customer.objects.select_for_update().get(pk=customer.pk)
    restriction = ContactRestriction.objects.create(
        customer=customer, kind=RestrictionKind(kind), until_on=until_on, set_by=by, set_at=now
    )
    note("customer.restricted", about=customer, by=by, at=now, restriction=restriction.pk)
    return restriction


@transaction.atomic
def lift(*, restriction: ContactRestriction, by: Person | None, now: datetime) -> ContactRestriction:
    """End a restriction today; the row stays."""
    today = timezone.localdate(now)
    holding = ContactRestriction.objects.select_for_update().in_force(today)
    if not holding.filter(pk=restriction.pk).exists():
        raise AlreadyOver(restriction)
    restriction.until_on = today
    restriction.save(update_fields=["until_on"])
    note("customer.restriction_lifted", about=restriction.customer, by=by, at=now, restriction=restriction.pk)
    return restriction

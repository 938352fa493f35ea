"""Customers who decide together."""

from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Customer, Household, HouseholdKind, Person


class BelongsElsewhere(Exception):
    """The customer belongs to a household already; they leave that one first."""


@transaction.atomic
def make_household(*, kind: str, name: str, customer: Customer, by: Person, now: datetime) -> Household:
    """Begin a household or an account with its first member."""
    household = Household.objects.create(kind=HouseholdKind(kind), name=name.strip(), made_by=by, made_at=now)
    note("household.made", about=household, by=by, at=now)
    join_household(household=household, customer=customer, by=by, now=now)
    return household


@transaction.atomic
def join_household(*, household: Household, customer: Customer, by: Person, now: datetime) -> Customer:
    """Let a customer belong to it; joining twice is harmless."""
    current = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    if current.household_id == household.pk:
        return current
    if current.household_id:
        raise BelongsElsewhere(current.household_id)
    current.household = household
    current.save(update_fields=["household"])
    note("household.joined", about=current, by=by, at=now, household=str(household.pk))
    return current


@transaction.atomic
def leave_household(*, customer: Customer, by: Person, now: datetime) -> Customer:
    """Let them belong to nobody but themselves; the household stays, even without members."""
    current = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    if current.household_id:
        left, current.household = current.household_id, None
        current.save(update_fields=["household"])
        note("household.left", about=current, by=by, at=now, household=str(left))
    return current

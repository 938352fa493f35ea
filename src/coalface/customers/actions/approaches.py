"""The one door by which a customer is approached, and the one by which one is answered."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import BooleanField, Case, OuterRef, Subquery, When
from django.utils import timezone

from coalface.customers.queries import allowed, approaches_that_count
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import (
    Approach,
    Channel,
    ContactRestriction,
    Customer,
    Person,
    Purpose,
)

TO_ACKNOWLEDGE: Final = (Purpose.TELLING, Purpose.SURVEY, Purpose.CONVERSATION)


class Restricted(Exception):
    """Something protects this customer; `kind` says what."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class NoConsent(Exception):
    """The customer did not agree to be reached by this channel for this purpose."""


class TooSoon(Exception):
    """Somebody reached out to this customer not long ago; `next_on` is the first day it may happen again."""

    def __init__(self, next_on: date) -> None:
        super().__init__(next_on)
        self.next_on = next_on


@transaction.atomic
def approach(*, customer: Customer, channel: str, purpose: str, by: Person | None, now: datetime) -> Approach:
    """Reach out to a customer if nothing forbids it; of two at once one is refused as too soon."""
    customer = _locked(customer=customer)
    _refuse_unless_free(customer=customer, channel=channel, purpose=purpose, now=now)
    made = Approach.objects.create(
        customer=customer, channel=Channel(channel), purpose=Purpose(purpose), by=by, at=now
    )
    note("customer.approached", about=customer, by=by, at=now, approach=made.pk)
    return made


@transaction.atomic
def acknowledge(*, customer: Customer, channel: str, by: Person | None, now: datetime) -> Customer:
    """Make sure that we may thank a customer, or answer them, by this channel.

    That is no reaching out: any yes to the channel but the one to being recorded will do, the cap is not
    asked and no approach is written.
    """
    customer = _locked(customer=customer)
    _last_approach(customer=customer, channel=channel, purposes=TO_ACKNOWLEDGE, now=now)
    note("customer.acknowledged", about=customer, by=by, at=now)
    return customer


@transaction.atomic
def follow_up(*, customer: Customer, channel: str, purpose: str, now: datetime) -> Customer:
    """Make sure that we may still speak with a customer about what we reached out to them for.

    Whether something protects them and whether they agreed is asked anew; the cap is not, since it counted
    the reaching out itself. Nothing is written: the caller says what it did.
    """
    customer = _locked(customer=customer)
    _last_approach(customer=customer, channel=channel, purposes=[purpose], now=now)
    return customer


def _locked(*, customer: Customer) -> Customer:
    """The entry that stands for this customer today, locked: of two at once one waits."""
    current = Customer.objects.select_for_update().get(pk=customer.pk)
    while current.merged_into_id:
        current = Customer.objects.select_for_update().get(pk=current.merged_into_id)
    return current


def _refuse_unless_free(*, customer: Customer, channel: str, purpose: str, now: datetime) -> None:
    last_at = _last_approach(customer=customer, channel=channel, purposes=[purpose], now=now)
    if last_at and timezone.localdate(now) < (next_on := _free_again(last_at=last_at)):
        raise TooSoon(next_on)


def _last_approach(
    *, customer: Customer, channel: str, purposes: Sequence[str], now: datetime
) -> datetime | None:
    """When we last reached out; refuses a customer whom something protects or who never agreed to any."""
    today = timezone.localdate(now)
    protected = ContactRestriction.objects.in_force(today).filter(customer=OuterRef("pk")).order_by("id")
    agreed = Case(When(allowed(channel, purposes), then=True), default=False, output_field=BooleanField())
    asked = (
        Customer.objects.filter(pk=customer.pk)
        .annotate(agreed=agreed)
        .values_list(
            Subquery(protected.values("kind")[:1]),
            "agreed",
            "erased_at",
            Subquery(approaches_that_count().order_by("-at", "-id").values("at")[:1]),
        )
    )
    kind, has_agreed, erased_at, last_at = asked.get()
    if kind:
        raise Restricted(kind)
    if erased_at or not has_agreed:
        raise NoConsent(channel, *purposes)
    return last_at


def _free_again(*, last_at: datetime) -> date:
    return timezone.localdate(last_at) + timedelta(days=int(number("approach_gap_days")))

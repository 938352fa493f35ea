"""Writing down who our customers are and what they agreed to, and the one door by which any is approached."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from coalface.people.actions import gone, say_moved, successor
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import (
    Approach,
    Channel,
    Consent,
    ContactRestriction,
    Customer,
    Event,
    Person,
    Purpose,
    RestrictionKind,
    Stage,
    Unit,
)

AT_ONCE = 1_000
TO_ACKNOWLEDGE: Final = (Purpose.TELLING, Purpose.SURVEY, Purpose.CONVERSATION)


class TooManyAtOnce(Exception):
    """More rows than one transaction should hold."""


class ReferenceTaken(Exception):
    """A customer with this reference is in the directory, or stands twice among the rows."""


class AlreadyAgreed(Exception):
    """The customer's yes to this channel and purpose is on record and open."""


class AlreadyWithdrawn(Exception):
    """The customer took this consent back before."""


class AlreadyOver(Exception):
    """The day given does not lie in the future, or the restriction holds no longer."""


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


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer as an importer or a form hands them in; money in minor units with its currency."""

    name: str
    reference: str | None = None
    is_company: bool = False
    segment: str = ""
    stage: str = Stage.USING
    language: str = "en"
    email: str = ""
    phone: str = ""
    unit: Unit | None = None
    account_owner: Person | None = None
    since_on: date | None = None
    yearly_value: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class NewConsent:
    """A customer's yes; `wording` names the version of the text they were shown."""

    customer: Customer
    channel: str
    purpose: str
    wording: str
    given_at: datetime | None = None


@transaction.atomic
def add_customers(*, rows: Sequence[NewCustomer], by: Person | None, now: datetime) -> list[Customer]:
    """Put customers into the directory, all or none, in the order given."""
    _at_most_a_chunk(rows=rows)
    references = Counter(row.reference for row in rows if row.reference)
    taken = set(Customer.objects.filter(reference__in=references).values_list("reference", flat=True))
    taken |= {reference for reference, times in references.items() if times > 1}
    if taken:
        raise ReferenceTaken(*sorted(taken))
    added = Customer.objects.bulk_create(_new(row=row) for row in rows)
    if added:
        note("customers.added", about=added[0], by=by, at=now, ids=[str(one.pk) for one in added])
    return added


def _at_most_a_chunk(*, rows: Sequence[object]) -> None:
    if len(rows) > AT_ONCE:
        raise TooManyAtOnce(len(rows))


def _new(*, row: NewCustomer) -> Customer:
    return Customer(
        name=row.name,
        reference=row.reference or None,
        is_company=row.is_company,
        segment=row.segment,
        stage=Stage(row.stage),
        language=row.language,
        email=row.email,
        phone=row.phone,
        unit=row.unit,
        account_owner=row.account_owner,
        since_on=row.since_on,
        yearly_value=row.yearly_value,
        currency=row.currency,
    )


@transaction.atomic
def record_consents(*, rows: Sequence[NewConsent], by: Person | None, now: datetime) -> list[Consent]:
    """Write down what customers agreed to, all or none; an open yes is not written twice."""
    _at_most_a_chunk(rows=rows)
    asked = [(row.customer.pk, row.channel, row.purpose) for row in rows]
    open_ones = Consent.objects.filter(withdrawn_at=None, customer__in={pk for pk, _, _ in asked})
    known = set(open_ones.values_list("customer_id", "channel", "purpose"))
    twice = [one for one, times in Counter(asked).items() if one in known or times > 1]
    if twice:
        raise AlreadyAgreed(twice)
    given = Consent.objects.bulk_create(_given(row=row, now=now) for row in rows)
    if given:
        note("consents.recorded", about=given[0], by=by, at=now, ids=[one.pk for one in given])
    return given


def _given(*, row: NewConsent, now: datetime) -> Consent:
    return Consent(
        customer=row.customer,
        channel=Channel(row.channel),
        purpose=Purpose(row.purpose),
        wording=row.wording,
        given_at=row.given_at or now,
    )


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Person | None, now: datetime) -> Consent:
    """Take a yes back; the row stays, so that it can be seen what was agreed until then."""
    current = Consent.objects.select_for_update().filter(pk=consent.pk, withdrawn_at=None).first()
    if current is None:
        raise AlreadyWithdrawn(consent)
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    note("consent.withdrawn", about=consent, by=by, at=now, customer=str(consent.customer_id))
    return consent


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


@transaction.atomic
def approach(*, customer: Customer, channel: str, purpose: str, by: Person | None, now: datetime) -> Approach:
    """Reach out to a customer if nothing forbids it; of two at once one is refused as too soon."""
    Customer.objects.select_for_update().get(pk=customer.pk)
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
    Customer.objects.select_for_update().get(pk=customer.pk)
    _last_approach(customer=customer, channel=channel, purposes=TO_ACKNOWLEDGE, now=now)
    note("customer.acknowledged", about=customer, by=by, at=now)
    return customer


def _refuse_unless_free(*, customer: Customer, channel: str, purpose: str, now: datetime) -> None:
    last_at = _last_approach(customer=customer, channel=channel, purposes=[purpose], now=now)
    if last_at and timezone.localdate(now) < (next_on := _free_again(last_at=last_at)):
        raise TooSoon(next_on)


def _last_approach(
    *, customer: Customer, channel: str, purposes: Sequence[str], now: datetime
) -> datetime | None:
    """When we last reached out; refuses a customer whom something protects or who never agreed to any."""
    today, same = timezone.localdate(now), {"customer": OuterRef("pk")}
    agreed = Consent.objects.filter(**same, channel=channel, purpose__in=purposes, withdrawn_at=None)
    protected = ContactRestriction.objects.in_force(today).filter(**same).order_by("id")
    approached = Approach.objects.filter(**same).order_by("-at", "-id")
    asked = (
        Customer.objects.filter(pk=customer.pk)
        .annotate(agreed=Exists(agreed))
        .values_list(
            Subquery(protected.values("kind")[:1]),
            "agreed",
            "erased_at",
            Subquery(approached.values("at")[:1]),
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

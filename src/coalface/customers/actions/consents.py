"""Writing down what customers agreed to, and what they took back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Channel, Consent, Customer, Person, Purpose

from .directory import at_most_a_chunk


class AlreadyAgreed(Exception):
    """The customer's yes to this channel and purpose is on record and open."""


class AlreadyWithdrawn(Exception):
    """The customer took this consent back before."""


@dataclass(frozen=True, slots=True)
class NewConsent:
    """A customer's yes; `wording` names the version of the text they were shown."""

    customer: Customer
    channel: str
    purpose: str
    wording: str
    given_at: datetime | None = None
    how: str = ""


@transaction.atomic
def record_consents(*, rows: Sequence[NewConsent], by: Person | None, now: datetime) -> list[Consent]:
    """Write down what customers agreed to, all or none; an open yes is not written twice."""
    at_most_a_chunk(rows=rows)
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
        how=row.how,
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
def object_to(
    *, customer: Customer, channel: str, purpose: str, by: Person | None, now: datetime
) -> Consent | None:
    """No more of this: an open yes is taken back; where none was needed, their no is written down itself."""
    Customer.objects.select_for_update().get(pk=customer.pk)
    said = Consent.objects.filter(customer=customer, channel=channel, purpose=purpose)
    if consent := said.filter(withdrawn_at=None).first():
        return withdraw_consent(consent=consent, by=by, now=now)
    if said.exists():
        return None
    refused = Consent.objects.create(
        customer=customer,
        channel=Channel(channel),
        purpose=Purpose(purpose),
        how="objected",
        given_at=now,
        withdrawn_at=now,
    )
    note("consent.withdrawn", about=refused, by=by, at=now, customer=str(customer.pk))
    return refused

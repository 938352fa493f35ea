"""Putting the customers of a file into the directory, and their consents beside them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models.functions import Lower

from coalface.customers.actions import AT_ONCE, NewConsent, NewCustomer, add_customers, record_consents
from coalface.records.history import note
from coalface.records.models import Channel, Consent, Customer, Household, HouseholdKind, Person, Purpose

from ..rows import Given

PURPOSES: Final = (Purpose.CONVERSATION, Purpose.TELLING)
AGREED: Final = {"may_email": Channel.EMAIL, "may_phone": Channel.PHONE}
OF_NEW: Final = frozenset(NewCustomer.__dataclass_fields__)


@transaction.atomic
def take_in_customers(
    *, rows: Sequence[Mapping[str, Any]], by: Person | None, now: datetime
) -> list[Customer | Consent | Household]:
    """Put up to a thousand into the directory; everything that was made is handed back."""
    households = _households(rows=rows, by=by, now=now)
    new = [_new(row=row, households=households) for row in rows]
    customers = add_customers(rows=new, by=by, now=now)
    made = [each for each in households.values() if each.made_at == now]
    return [*made, *customers, *_agree(customers=customers, rows=rows, by=by, now=now)]


def _new(*, row: Mapping[str, Any], households: Mapping[str, Household]) -> NewCustomer:
    given = {key: value for key, value in row.items() if key in OF_NEW and value is not None}
    if row.get("household"):
        given["household"] = households[row["household"].casefold()]
    return NewCustomer(**given)


def _households(
    *, rows: Sequence[Mapping[str, Any]], by: Person | None, now: datetime
) -> dict[str, Household]:
    """The households and accounts that are named, made where they are new."""
    named = {row["household"].casefold(): row["household"] for row in rows if row.get("household")}
    held = Household.objects.annotate(small=Lower("name")).filter(small__in=named).order_by("pk")
    there = {each.name.casefold(): each for each in held}
    missing = [name for small, name in named.items() if small not in there]
    made = Household.objects.bulk_create(
        Household(kind=HouseholdKind.HOUSEHOLD, name=name, made_by=by, made_at=now) for name in missing
    )
    if made:
        note("households.made", about=made[0], by=by, at=now, ids=[str(each.pk) for each in made])
    return there | {each.name.casefold(): each for each in made}


def _agree(
    *,
    customers: Sequence[Customer],
    rows: Sequence[Mapping[str, Any]],
    by: Person | None,
    now: datetime,
) -> list[Consent]:
    consents = [
        NewConsent(customer=customer, channel=channel, purpose=purpose, wording=row["consent_wording"])
        for customer, row in zip(customers, rows, strict=True)
        for field, channel in AGREED.items()
        if row.get(field)
        for purpose in PURPOSES
    ]
    recorded = []
    for start in range(0, len(consents), AT_ONCE):
        recorded += record_consents(rows=consents[start : start + AT_ONCE], by=by, now=now)
    return recorded


@transaction.atomic
def change_customers(*, rows: Sequence[Given], by: Person | None, now: datetime) -> None:
    """Take over what a file says differently about customers we know."""
    fields: set[str] = set()
    for row in rows:
        for name, value in row.after.items():
            setattr(row.record, name, value)
            fields.add(name)
    Customer.objects.bulk_update([row.record for row in rows], sorted(fields))
    note("customers.changed", about=rows[0].record, by=by, at=now, ids=[str(row.record.pk) for row in rows])

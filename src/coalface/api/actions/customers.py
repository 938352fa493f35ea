"""Writing down a customer as another system knows them, by the reference both share."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from coalface.customers.actions import NewCustomer, ReferenceTaken, add_customers, trust_address
from coalface.records.history import note
from coalface.records.models import Customer, Person

# Who looks after them, and with whom they live.
OURS_TO_SAY: Final = ("account_owner", "household")


class NotPresent(Exception):
    """The customer with this reference was erased, or merged into another one."""

    def __init__(self, customer: Customer) -> None:
        super().__init__(customer.pk)
        self.customer = customer


def put_customer(
    *, row: NewCustomer, expected: Callable[[Customer | None], None], by: Person, now: datetime
) -> tuple[Customer, bool]:
    """Write a customer down, or what changed about them; the same again writes nothing.

    Two that are new under one reference at once: the slower one finds the quicker one's customer.
    """
    try:
        return _put(row, expected, by, now)
    except (IntegrityError, ReferenceTaken):
        if not Customer.objects.filter(reference=row.reference).exists():
            raise  # nobody was quicker: a rule of the ledger is broken
        return _put(row, expected, by, now)


@transaction.atomic
def _put(
    row: NewCustomer, expected: Callable[[Customer | None], None], by: Person, now: datetime
) -> tuple[Customer, bool]:
    there = Customer.objects.select_for_update().filter(reference=row.reference).first()
    if there and (there.erased_at or there.merged_into_id):
        raise NotPresent(there)
    expected(there)
    if there is None:
        return add_customers(rows=[row], by=by, now=now)[0], True
    wanted = {name: value for name, value in _said_by(row).items() if getattr(there, name) != value}
    if wanted:
        for name, value in wanted.items():
            setattr(there, name, value)
        there.save(update_fields=list(wanted))
        if "email" in wanted:
            trust_address(customer=there)
        note("customer.written", about=there, by=by, at=now, fields=sorted(wanted))
    return there, False


def _said_by(row: NewCustomer) -> dict[str, object]:
    """What another system says about a customer; the rest is ours to say, and stays as it is."""
    return {one.name: getattr(row, one.name) for one in fields(row) if one.name not in OURS_TO_SAY}

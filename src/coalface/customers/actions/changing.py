"""Correcting what stands in the directory, by one person at a time."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from coalface.customers.queries import state_of
from coalface.edges.mail import REFUSED
from coalface.records.history import note
from coalface.records.models import Customer, OutgoingMessage, Person

from .directory import ReferenceTaken

CHANGEABLE: Final = frozenset(
    {
        "name", "is_company", "reference", "segment", "stage", "language", "country", "email", "phone",
        "unit", "account_owner", "since_on",
    }
)  # fmt: skip


class ChangedMeanwhile(Exception):
    """Somebody else changed this customer since the form was opened; `customer` is as it is now."""

    def __init__(self, customer: Customer) -> None:
        super().__init__(customer.pk)
        self.customer = customer


class NotInTheDirectory(Exception):
    """The customer was merged into another or erased."""


@transaction.atomic
def change(*, customer: Customer, seen: str, by: Person, now: datetime, **fields: Any) -> Customer:
    """Correct fields of a customer whom nobody has changed since `seen`; nothing changed is no event."""
    if unknown := set(fields) - CHANGEABLE:
        raise ValueError(sorted(unknown))
    current = Customer.objects.present().select_for_update().filter(pk=customer.pk).first()
    if current is None:
        raise NotInTheDirectory(customer.pk)
    if state_of(current) != seen:
        raise ChangedMeanwhile(current)
    fields = fields | ({"reference": fields["reference"] or None} if "reference" in fields else {})
    changed = sorted(name for name, value in fields.items() if getattr(current, name) != value)
    if "reference" in changed:
        _must_be_free(reference=fields["reference"])
    for name in changed:
        setattr(current, name, fields[name])
    if changed:
        current.save(update_fields=changed)
        if "email" in changed:
            trust_address(customer=current)
        note("customer.changed", about=current, by=by, at=now, fields=changed)
    return current


def trust_address(*, customer: Customer) -> None:
    """A new address is tried: that the old one was refused keeps no letter back any more."""
    OutgoingMessage.objects.filter(customer=customer, sent_at=None, error=REFUSED).update(error="old_address")


def _must_be_free(*, reference: str | None) -> None:
    if reference and Customer.objects.filter(reference=reference).exists():
        raise ReferenceTaken(reference)

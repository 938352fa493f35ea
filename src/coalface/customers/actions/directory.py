"""Writing down who our customers are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Customer, Person, Stage, Unit

AT_ONCE = 1_000


class TooManyAtOnce(Exception):
    """More rows than one transaction should hold."""


class ReferenceTaken(Exception):
    """A customer with this reference is in the directory, or stands twice among the rows."""


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


@transaction.atomic
def add_customers(*, rows: Sequence[NewCustomer], by: Person | None, now: datetime) -> list[Customer]:
    """Put customers into the directory, all or none, in the order given."""
    at_most_a_chunk(rows=rows)
    references = Counter(row.reference for row in rows if row.reference)
    taken = set(Customer.objects.filter(reference__in=references).values_list("reference", flat=True))
    taken |= {reference for reference, times in references.items() if times > 1}
    if taken:
        raise ReferenceTaken(*sorted(taken))
    added = Customer.objects.bulk_create(_new(row=row) for row in rows)
    if added:
        note("customers.added", about=added[0], by=by, at=now, ids=[str(one.pk) for one in added])
    return added


def at_most_a_chunk(*, rows: Sequence[object]) -> None:
    """Refuse more rows than one transaction should hold."""
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

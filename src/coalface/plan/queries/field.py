"""Whom a draw is made from."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Q

from coalface.customers.queries import approachable
from coalface.records.models import (
    Customer,
    Outcome,
    Purpose,
    Unit,
)
from coalface.records.models.them.customer import Customers

LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Field:
    """Whom a draw is made from: customers served and met by segment, and who of each may be asked."""

    base: dict[str, int]
    met: dict[str, int]
    eligible: dict[str, list[str]]

    def without(self, customer: str) -> "Field":
        """The same field once one customer turned out not to be free."""
        left = {segment: [pk for pk in who if pk != customer] for segment, who in self.eligible.items()}
        return replace(self, eligible=left)


def the_field(*, channel: str, now: datetime, within: Unit | None = None) -> Field:
    """Customers by segment: all served, those met within a year or about to be, those who may be asked."""
    served = _served(Customer.objects.present(), within).order_by()
    met = _served(Customer.objects.present(), within).filter(
        Q(visits__came__isnull=True) | Q(visits__came=True),
        visits__encounter__outcome__in=(Outcome.PLANNED, Outcome.HELD),
        visits__encounter__starts_at__gte=now - LOOK_BACK,
    )
    free = _served(approachable(channel, Purpose.CONVERSATION, now), within).order_by()
    eligible: dict[str, list[str]] = {}
    for pk, segment in free.values_list("pk", "segment"):
        eligible.setdefault(segment, []).append(str(pk))
    return Field(base=_by_segment(served), met=_by_segment(met.order_by()), eligible=eligible)


def _by_segment(customers: Customers) -> dict[str, int]:
    return dict(customers.values_list("segment").annotate(Count("pk", distinct=True)))


def _served(customers: Customers, within: Unit | None) -> Customers:
    if within is None or within.parent_id is None:
        return customers
    return customers.filter(unit__path__startswith=within.path)

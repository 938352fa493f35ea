"""Who is due, whom they could meet, and in which ways."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from coalface.customers.queries import approachable
from coalface.records.models import Customer, Guest, Outcome, Purpose, Unit
from coalface.records.models.them.customer import Customers

LOOK_BACK_DAYS = 365


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
    base, met = {}, {}
    recent = Q(encounter__outcome=Outcome.PLANNED) | Q(
        encounter__outcome=Outcome.HELD, encounter__starts_at__gte=now - timedelta(days=LOOK_BACK_DAYS)
    )
    visited = Exists(Guest.objects.filter(recent, customer=OuterRef("pk")))
    served = _served(Customer.objects.present(), within).annotate(visited=visited).order_by()
    for segment, visits, count in served.values_list("segment", "visited").annotate(Count("pk")):
        base[segment] = base.get(segment, 0) + count
        met[segment] = met.get(segment, 0) + (count if visits else 0)
    eligible: dict[str, list[UUID]] = {}
    free = _served(approachable(channel, Purpose.CONVERSATION, now), within).order_by()
    for pk, segment in free.values_list("pk", "segment"):
        eligible.setdefault(segment, []).append(str(pk))
    return Field(base, met, eligible)


def _served(customers: Customers, within: Unit | None) -> Customers:
    if within is None or within.parent_id is None:
        return customers
    return customers.filter(unit__path__startswith=within.path)

"""Who is invited to a group, who came, who agreed to be written down, and who of us sits where."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from coalface.customers.queries import named
from coalface.records.models import (
    Attendance,
    Consent,
    Customer,
    Encounter,
    Event,
    Guest,
    Purpose,
)

FOUND = 8


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of a segment are wanted, and how many are invited so far."""

    segment: str
    wanted: int
    invited: int

    @property
    def full(self) -> bool:
        return self.invited >= self.wanted


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits at one table; no number means that nobody said where."""

    number: int | None
    ours: list[Attendance]
    guests: list[Guest]


@dataclass(frozen=True, slots=True)
class Tokens:
    """How many tokens of thanks, and what they were worth together."""

    currency: str
    count: int
    total: Decimal


def quotas(encounter: Encounter) -> list[Quota]:
    """What was asked for segment by segment, and what of it is reached."""
    invited = Counter(
        encounter.guests.exclude(came=False).order_by().values_list("customer__segment", flat=True)
    )
    return [Quota(row.segment, row.wanted, invited[row.segment]) for row in encounter.quotas.all()]


def seats_left(encounter: Encounter) -> int:
    """How many more guests there is room for."""
    return max(0, encounter.format.seats - encounter.guests.exclude(came=False).count())


def guests_of(encounter: Encounter) -> list[Guest]:
    """The guests in the order of their names, each with how often they are quoted."""
    rows = encounter.guests.select_related("customer").order_by("customer__name", "id")
    quoted = dict(
        encounter.remarks.exclude(customer=None).order_by().values_list("customer").annotate(n=Count("pk"))
    )
    guests = list(rows)
    for guest in guests:
        guest.quoted = quoted.get(guest.customer_id, 0)
    return guests


def quotable(encounter: Encounter) -> list[Customer]:
    """The customers to whom words may be attributed."""
    return _customers(encounter.guests.quotable())


def customers_at(encounter: Encounter) -> list[Customer]:
    """The customers who come, or who were there."""
    return _customers(encounter.guests.there())


def _customers(guests: QuerySet[Guest]) -> list[Customer]:
    return list(Customer.objects.filter(visits__in=guests).order_by("name", "id"))


def tables(encounter: Encounter) -> list[Table]:
    """Table by table, and last of all those who have none; who did not come is left out."""
    ours = list(encounter.attendances.select_related("person").order_by("person__name", "id"))
    guests = list(encounter.guests.there().select_related("customer").order_by("customer__name", "id"))
    numbers = {one.table for one in (*ours, *guests)}
    return [
        Table(number, [one for one in ours if one.table == number], [g for g in guests if g.table == number])
        for number in sorted(numbers, key=lambda number: (number is None, number))
    ]


def tokens(encounter: Encounter) -> list[Tokens]:
    """What was given as thanks, currency by currency."""
    given = encounter.guests.exclude(token_value=None).order_by("token_currency")
    rows = given.values_list("token_currency").annotate(Count("pk"), Sum("token_value"))
    return [Tokens(currency, count, Decimal(total) / 100) for currency, count, total in rows]


def draw_of(encounter: Encounter, seed: int) -> list[int]:
    """The guests that were drawn with this number, so that pressing twice draws once."""
    about = {"about_type": "encounter", "about_id": str(encounter.pk)}
    rows = Event.objects.filter(**about, kind="guest.drawn", payload__seed=seed)
    return [payload["guest"] for payload in rows.order_by("id").values_list("payload", flat=True)]


def guests_wanted(encounter: Encounter, now: datetime) -> list[str]:
    """What has to be said before a group is finished: of each guest, whether they came."""
    return ["guests_unsaid"] if encounter.guests.filter(came=None).exists() else []


def findable(words: str, within: Q, encounter: Encounter) -> list[Customer]:
    """Customers by name or number within reach, each with the ways in which they may be asked to come."""
    agreed = Consent.objects.filter(purpose=Purpose.CONVERSATION, withdrawn_at=None).order_by("id")
    found = named(Customer.objects.present().filter(within), words).prefetch_related(
        Prefetch("consents", agreed, to_attr="ways")
    )
    return list(found.exclude(visits__encounter=encounter)[:FOUND])

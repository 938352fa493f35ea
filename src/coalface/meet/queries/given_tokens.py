"""Tokens of thanks: what customers were given, what together, and what they may still be given."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Count, Q, QuerySet, Sum

from coalface.policies import numbers
from coalface.records.models import Guest
from coalface.records.tables import Column, Of, Table

A_YEAR: Final = timedelta(days=365)
# Whoever serves the public may be given nothing; a segment says who that is, whatever it is called in full.
PUBLIC_SERVICE: Final = ("public", "government", "öffentlich")
MINOR: Final = 100


TOKENS: Final = Table(
    "tokens",
    (
        Column("given_at", Of.MOMENT, "thanked_at"),
        Column("customer", read="customer.name"),
        Column("segment", read="customer.segment"),
        Column("unit", read="encounter.unit.name"),
        Column("token"),
        Column("worth", Of.MONEY, lambda guest: Decimal(guest.token_value) / MINOR),
        Column("currency", read="token_currency"),
    ),
)


@dataclass(frozen=True, slots=True)
class Given:
    """How many tokens of one currency, and what they were worth together."""

    currency: str
    count: int
    total: Decimal


def tokens_given(where: Q) -> QuerySet[Guest]:
    """Guests who were given a token there, the latest first."""
    rows = Guest.objects.filter(where).exclude(token_value=None)
    return rows.select_related("customer", "encounter__unit").order_by("-thanked_at", "-id")


def sums_of(given: QuerySet[Guest]) -> list[Given]:
    """What was given together, currency by currency."""
    rows = given.order_by("token_currency").values_list("token_currency")
    return [
        Given(currency, count, Decimal(total) / MINOR)
        for currency, count, total in rows.annotate(Count("pk"), Sum("token_value"))
    ]


def token_limit(guest: Guest, currency: str, now: datetime) -> int:
    """What this guest may be given at most, in minor units: the least of what each limit leaves.

    What they were given for this encounter is given anew, so it does not count.
    """
    limits = numbers("token_")
    if is_public_service(guest.customer.segment) and not limits["public_service"]:
        return 0
    lately = Guest.objects.filter(
        customer=guest.customer_id, token_currency=currency, thanked_at__gt=now - A_YEAR
    )
    had = lately.exclude(pk=guest.pk).aggregate(sum=Sum("token_value"))["sum"] or 0
    left = int(limits["most_a_year"] * MINOR) - had
    return max(0, min(int(limits["most_per_guest"] * MINOR), left))


def is_public_service(segment: str) -> bool:
    """Whether a segment says that its customers serve the public."""
    return segment.strip().casefold().startswith(PUBLIC_SERVICE)

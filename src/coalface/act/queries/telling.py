"""Who was told what became of a fix."""

from dataclasses import dataclass

from coalface.records.history import history_of
from coalface.records.models import (
    Fix,
    Telling,
)

NOT_TOLD = ("no_consent", "restricted", "too_soon", "no_address")


@dataclass(frozen=True, slots=True)
class Told:
    """How many heard what became of it; `not_told` says for which reason how many did not."""

    customers: int
    people: int
    not_told: dict[str, int]


def told(fix: Fix) -> Told:
    """Who was told, and the last count of those who could not be."""
    tellings = Telling.objects.filter(fix=fix).values_list("customer", flat=True)
    customers = sum(1 for customer in tellings if customer)
    last = history_of(fix).filter(kind__in=("fix.told", "customers.asked")).order_by("-id").first()
    payload = last.payload if last else {}
    return Told(
        customers,
        len(tellings) - customers,
        {reason: payload[reason] for reason in NOT_TOLD if payload.get(reason)},
    )

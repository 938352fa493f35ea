"""Hours and money beyond the time of those who attended, put down and taken back."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Cost, Encounter, Fix, Person

A_MINUTE: Final = timedelta(minutes=1)


class NoCost(ValueError):
    """Neither hours nor money, or money without its currency."""


class NotTheirCost(PermissionError):
    """Only who put it down takes it back."""


@transaction.atomic
def put_down_cost(
    *,
    about: Encounter | Fix,
    hours: float,
    amount: int,
    currency: str,
    by: Person,
    now: datetime,
) -> Cost:
    """What a fix or an encounter cost, in hours, in minor units of a currency, or both.

    Of a fix that became part of another it is the other that costs it. The same by the same person within
    a minute is a form sent twice, and one cost.
    """
    if hours < 0 or amount < 0 or not (hours or amount) or (amount and not currency):
        raise NoCost(hours, amount, currency)
    about = type(about).objects.select_for_update().get(pk=about.pk)
    if isinstance(about, Fix) and about.merged_into_id:
        about = Fix.objects.get(pk=about.merged_into_id)
    of = {"fix": about} if isinstance(about, Fix) else {"encounter": about}
    what = {"hours": hours, "amount": amount, "currency": currency if amount else "", "put_down_by": by}
    lately = Cost.objects.filter(taken_back_at=None, put_down_at__gt=now - A_MINUTE, **what, **of)
    if same := lately.order_by("-put_down_at", "-id").first():
        return same
    cost = Cost.objects.create(put_down_at=now, **what, **of)
    note("cost.put_down", about=about, by=by, at=now, cost=cost.pk)
    return cost


@transaction.atomic
def take_back_cost(*, cost: Cost, by: Person, now: datetime) -> None:
    """It counts no more; that it was there stays."""
    cost = Cost.objects.select_for_update().get(pk=cost.pk)
    if cost.put_down_by_id != by.pk:
        raise NotTheirCost(cost)
    if cost.taken_back_at is None:
        cost.taken_back_at = now
        cost.save(update_fields=["taken_back_at"])
        about = (
            Fix.objects.get(pk=cost.fix_id) if cost.fix_id else Encounter.objects.get(pk=cost.encounter_id)
        )
        note("cost.taken_back", about=about, by=by, at=now, cost=cost.pk)

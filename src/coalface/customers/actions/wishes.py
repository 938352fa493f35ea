"""A wish to be forgotten: asked for, refused with a reason, or carried out."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from coalface.customers.queries import kept_of
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Customer, Erasure, Person, Receipt

REFUSALS: Final = ("legal_claim", "legal_duty", "who_is_unclear", "unfounded")


class AlreadyAnswered(Exception):
    """The wish was carried out or refused before."""


@transaction.atomic
def ask_to_be_forgotten(
    *, by: Person | None, now: datetime, customer: Customer | None = None, receipt: Receipt | None = None
) -> Erasure:
    """Write the wish down with the day it has to be answered by; asked twice, it is one wish."""
    if customer is not None:
        customer = Customer.objects.select_for_update().get(pk=kept_of(customer).pk)
    waiting = Erasure.objects.filter(customer=customer, receipt=receipt, done_at=None, refused_at=None)
    if there := waiting.order_by("id").first():
        return there
    due_on = timezone.localdate(now) + timedelta(days=int(number("answer_wishes_within_days")))
    wish = Erasure.objects.create(
        customer=customer, receipt=receipt, asked_at=now, asked_by=by, due_on=due_on
    )
    note("erasure.asked", about=wish, by=by, at=now)
    return wish


@transaction.atomic
def refuse_erasure(*, wish: Erasure, reason: str, by: Person, now: datetime) -> Erasure:
    """Say no, for one of the few reasons there are; the customer is told by a person."""
    if reason not in REFUSALS:
        raise ValueError(reason)
    current = open_wish(wish=wish)
    current.refused_at, current.refusal, current.done_by = now, reason, by
    current.save(update_fields=["refused_at", "refusal", "done_by"])
    note("erasure.refused", about=current, by=by, at=now)
    return current


def open_wish(*, wish: Erasure) -> Erasure:
    """The wish as it is now, locked, if nobody has answered it."""
    current = Erasure.objects.select_for_update().get(pk=wish.pk)
    if current.done_at or current.refused_at:
        raise AlreadyAnswered(wish)
    return current

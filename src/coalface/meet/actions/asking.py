"""After an encounter the guest is asked about us: did we listen, did it feel like a sales pitch?"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from coalface.customers.actions import NoConsent, Restricted, acknowledge
from coalface.meet.queries import guests_to_ask, token_of
from coalface.records.history import note
from coalface.records.models import Channel, Guest, OutgoingMessage

NINE: Final = 9


def ask_guests(*, now: datetime) -> int:
    """Thank by mail those we met until yesterday and ask the two questions; say how many that were."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = list(guests_to_ask(now, midnight).values_list("pk", flat=True))
    return sum(_ask(pk=pk, midnight=midnight, now=now) for pk in waiting)


@transaction.atomic
def _ask(*, pk: int, midnight: datetime, now: datetime) -> bool:
    rows = Guest.objects.select_for_update(of=("self",)).select_related("customer", "encounter")
    guest = rows.filter(pk=pk, asked_at=None).first()
    if guest is None:
        return False
    try:
        acknowledge(customer=guest.customer, channel=Channel.EMAIL, by=None, now=now)
    except (NoConsent, Restricted):
        return False
    guest.asked_at = now
    guest.save(update_fields=["asked_at"])
    OutgoingMessage.objects.create(
        key=f"heard-{guest.pk}",
        template="meet/heard",
        customer=guest.customer,
        about={"guest": guest.pk, "token": token_of(guest)},
        due_at=max(now, midnight.replace(hour=NINE)),
    )
    note("guest.asked", about=guest.encounter, by=None, at=now, guest=guest.pk)
    return True


@transaction.atomic
def answer_about_us(
    *, guest: Guest, now: datetime, listened: bool | None = None, felt_like_a_sale: bool | None = None
) -> Guest:
    """Take a guest's yes or no to either question; they may think again, and the last answer counts."""
    current = Guest.objects.select_for_update(of=("self",)).get(pk=guest.pk)
    before = (current.listened, current.felt_like_a_sale)
    if listened is not None:
        current.listened = listened
    if felt_like_a_sale is not None:
        current.felt_like_a_sale = felt_like_a_sale
    if before != (current.listened, current.felt_like_a_sale):
        current.answered_at = current.answered_at or now
        current.save(update_fields=["listened", "felt_like_a_sale", "answered_at"])
        _note_answer(current, now)
    return current


def _note_answer(guest: Guest, now: datetime) -> None:
    """That they answered, not what: the history of the encounter does not show it."""
    note("guest.answered", about=guest, by=None, at=now)

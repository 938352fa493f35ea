"""Guests who come are reminded once, and who has not answered is asked once more."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from coalface.meet.queries import to_ask_again, to_remind
from coalface.records.history import note
from coalface.records.models import GuestInvitation

from .asking_guests import may_write, write_to

MORNING: Final = 9


def remind_guests(*, now: datetime) -> int:
    """Remind by mail who comes in a few days, and ask once more who has not answered; says how many."""
    reminded = sum(_remind(pk=pk, now=now) for pk in to_remind(now).values_list("pk", flat=True))
    return reminded + sum(_again(pk=pk, now=now) for pk in to_ask_again(now).values_list("pk", flat=True))


@transaction.atomic
def _remind(*, pk: int, now: datetime) -> bool:
    rows = GuestInvitation.objects.select_for_update(of=("self",)).select_related("guest__customer")
    invitation = rows.filter(pk=pk, reminded_at=None).first()
    if invitation is None or not may_write(invitation=invitation, now=now):
        return False
    invitation.reminded_at = now
    invitation.save(update_fields=["reminded_at"])
    key = f"come-reminder-{int(now.timestamp())}"
    write_to(invitation=invitation, template="meet/come_reminder", key=key, now=_by_day(now))
    note("guest.reminded", about=invitation.guest.encounter, by=None, at=now, guest=invitation.guest_id)
    return True


@transaction.atomic
def _again(*, pk: int, now: datetime) -> bool:
    """The key of the mail sees to it that this happens at most once."""
    invitation = GuestInvitation.objects.select_related("guest__customer").get(pk=pk)
    if not may_write(invitation=invitation, now=now):
        return False
    new = write_to(
        invitation=invitation, template="meet/come", key="come-again", now=_by_day(now), again=True
    )
    if new:
        meeting = invitation.guest.encounter
        note("guest.asked_again", about=meeting, by=None, at=now, guest=invitation.guest_id)
    return new


def _by_day(now: datetime) -> datetime:
    """Nobody's phone rings at night."""
    morning = timezone.localtime(now).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return max(now, morning)

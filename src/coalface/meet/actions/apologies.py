"""What fails on our side is said to the guest at once, with an apology, and never counts against them."""

from datetime import datetime

from django.db import transaction

from coalface.customers.actions import NoConsent, Restricted, acknowledge
from coalface.records.history import note
from coalface.records.models import (
    Channel,
    Encounter,
    Event,
    Guest,
    GuestAnswer,
    GuestInvitation,
    Outcome,
    OutgoingMessage,
    Person,
)

from .encounters import call_off, locked


@transaction.atomic
def customer_cancelled(*, encounter: Encounter, by: Person, now: datetime) -> Encounter:
    """Say that the customer called it off: that is theirs to do, and nobody apologises to them."""
    off = call_off(encounter=encounter, outcome=Outcome.CANCELLED, by=by, now=now)
    theirs = GuestInvitation.objects.filter(guest__encounter=off).exclude(answer=GuestAnswer.NEVER)
    theirs.update(answer=GuestAnswer.DECLINES, other_start=None, answered_at=now)
    off.guests.filter(came=None).update(came=False)
    return off


@transaction.atomic
def we_did_not_come(*, encounter: Encounter, by: Person, now: datetime) -> Encounter:
    """Say that the customer came and nobody of us did: they were there, and we owe them an apology."""
    meeting = locked(pk=encounter.pk)
    meeting.guests.filter(came=None).update(came=True)
    return call_off(encounter=meeting, outcome=Outcome.NO_SHOW, by=by, now=now)


@transaction.atomic
def apologise(*, event: Event, now: datetime) -> int:
    """Write to the guests of what we called off, or did not come to; says to how many."""
    meeting = Encounter.objects.select_for_update(of=("self",)).get(pk=event.about_id)
    if meeting.outcome == Outcome.CANCELLED:
        return sum(_we_cancelled(invitation=one, now=now) for one in _still_expecting(meeting))
    if meeting.outcome == Outcome.NO_SHOW:
        waited = meeting.guests.filter(came=True).select_related("customer").order_by("id")
        return sum(_sorry(guest=guest, why="we_did_not_come", now=now) for guest in waited)
    return 0


def _still_expecting(meeting: Encounter) -> list[GuestInvitation]:
    """Those who were asked, and have not said that they stay away."""
    rows = GuestInvitation.objects.filter(guest__encounter=meeting, called_off_at=None, sent_at__isnull=False)
    rows = rows.exclude(guest__came=False).select_related("guest__customer", "guest__encounter")
    return list(rows.order_by("id"))


def _we_cancelled(*, invitation: GuestInvitation, now: datetime) -> bool:
    invitation.called_off_at = now
    invitation.save(update_fields=["called_off_at"])
    guest = invitation.guest
    note("guest.called_off", about=guest.encounter, by=None, at=now, guest=guest.pk)
    # said afterwards, it is no news to whoever waited for us
    return guest.encounter.starts_at > now and _sorry(guest=guest, why="off", now=now)


def _sorry(*, guest: Guest, why: str, now: datetime) -> bool:
    """One mail, which is an answer and no reaching out."""
    if not guest.customer.email:
        return False
    try:
        acknowledge(customer=guest.customer, channel=Channel.EMAIL, by=None, now=now)
    except (NoConsent, Restricted):
        return False
    told = {
        "template": "meet/come_changed",
        "customer": guest.customer,
        "about": {"guest": guest.pk, "because": why},
        "due_at": now,
    }
    _, new = OutgoingMessage.objects.get_or_create(
        key=f"come-{why.replace('_', '-')}-{guest.pk}", defaults=told
    )
    return new

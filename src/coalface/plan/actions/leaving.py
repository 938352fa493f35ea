"""Somebody left, or a customer is protected now: what was planned with them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coalface.people.actions import gone, say_moved, successor
from coalface.plan.queries.plans import drafts_with, planned_with, slots_looked_after_by
from coalface.records.history import note
from coalface.records.models import ContactRestriction, Event

from .withdrawing import withdraw


@transaction.atomic
def hand_on_slots(*, event: Event, now: datetime) -> int:
    """At slots to come the other is host or buddy; drafts have the leaver meet nobody any more."""
    person = gone(event=event)
    if person is None:
        return 0
    for match in drafts_with(person).order_by("id"):
        withdraw(match=match, by=None, now=now, why="has_left")
    theirs = list(slots_looked_after_by(person, now).select_for_update(of=("self",)).order_by("id"))
    if not theirs:
        return 0
    to = successor(person=person, now=now)
    for slot in theirs:
        slot.host_id = to.pk if slot.host_id == person.pk else slot.host_id
        slot.buddy_id = to.pk if slot.buddy_id == person.pk else slot.buddy_id
        slot.save(update_fields=["host", "buddy"])
        note("slot.handed_on", about=slot, by=None, at=now, to=to.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, slots=len(theirs))
    return len(theirs)


@transaction.atomic
def withdraw_protected(*, event: Event, now: datetime) -> int:
    """Whoever is protected from now on is in no draft, and what was arranged with them is called off."""
    restriction = ContactRestriction.objects.filter(pk=event.payload["restriction"]).first()
    if restriction is None:
        return 0
    matches = list(planned_with(UUID(str(event.about_id)), now, restriction.until_on).order_by("id"))
    return sum(withdraw(match=match, by=None, now=now, why="restricted") for match in matches)

"""Somebody leaves: their fixes, what they were asked to take on, and what they were to decide."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from coalface.people.actions import gone, say_moved, successor
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Decision, Event, Fix, FixOffer, Person

from .standing import close_offer, waiting_offer


@transaction.atomic
def hand_on_fixes(*, event: Event, now: datetime) -> int:
    """Open fixes of somebody who left go to who takes over, who has not said yes to any of them yet.

    So do what they were asked to take on, and what they were to decide.
    """
    person = gone(event=event)
    theirs = _theirs(person) if person else []
    if not theirs:
        return 0
    to = successor(person=person, now=now)
    for fix in theirs:
        if fix.owner_id == person.pk:
            fix.owner, fix.accepted_at = to, None
            fix.save(update_fields=["owner", "accepted_at"])
        _pass_offer_on(fix, person, to, now)
        Decision.objects.waiting().filter(fix=fix, decider=person).update(decider=to)
        note("fix.handed_on", about=fix, by=None, at=now, to=to.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, fixes=len(theirs))
    return len(theirs)


def _theirs(person: Person) -> list[Fix]:
    offers = FixOffer.objects.waiting().filter(Q(receiver=person) | Q(giver=person))
    decisions = Decision.objects.waiting().filter(decider=person)
    mine = Q(owner=person) | Q(pk__in=offers.values("fix")) | Q(pk__in=decisions.values("fix"))
    return list(Fix.objects.open().select_for_update(of=("self",)).filter(mine).order_by("id"))


def _pass_offer_on(fix: Fix, person: Person, to: Person, now: datetime) -> None:
    offer = waiting_offer(fix=fix)
    if offer is None or person.pk not in (offer.giver_id, offer.receiver_id):
        return
    if to.pk in (offer.giver_id, offer.receiver_id):  # it came from them, or was on its way to them
        close_offer(offer=offer, by=offer.giver, now=now)
        return
    if offer.receiver_id == person.pk:
        offer.receiver = to
    else:
        offer.giver = to
    offer.answer_due_at = now + timedelta(days=number("fix_answer_days"))
    offer.save(update_fields=["giver", "receiver", "answer_due_at"])

"""A guest stays away: somebody else is drawn for their seat."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coalface.customers.actions import NoConsent, Restricted, TooSoon, approach
from coalface.meet.queries import nobody_comes
from coalface.methods.matching import Choice, stratified_choice
from coalface.plan.actions import NobodyToDraw
from coalface.plan.queries import Field, the_field
from coalface.records.history import note
from coalface.records.models import Assignment, ChosenBy, Customer, Encounter, Guest, Person, Purpose

from .asking_guests import still_to_come


class SeatTaken(Exception):
    """Somebody comes: nobody is drawn in their place."""


@transaction.atomic
def draw_another(*, encounter: Encounter, channel: str, seed: int, by: Person, now: datetime) -> Guest:
    """Draw a customer for the seat that is free again, as fairly as the first; the form brought the seed."""
    meeting = still_to_come(pk=encounter.pk, now=now)
    if not nobody_comes(meeting, meeting.guests.all()):
        raise SeatTaken(meeting)
    field = the_field(channel=channel, now=now, within=meeting.unit)
    for customer in meeting.guests.values_list("customer", flat=True):
        field = field.without(str(customer))
    choice = _first_free(field=field, channel=channel, seed=seed, by=by, now=now)
    guest = Guest.objects.create(encounter=meeting, customer_id=UUID(choice.chosen))
    meeting.chosen_by = ChosenBy.PLANNER
    meeting.save(update_fields=["chosen_by"])
    _assign(meeting=meeting, choice=choice, seed=seed, now=now)
    about = {"seed": seed, "guest": guest.pk, "stratum": choice.stratum, "among": choice.among}
    note("guest.drawn", about=meeting, by=by, at=now, **about)
    return guest


def _first_free(*, field: Field, channel: str, seed: int, by: Person, now: datetime) -> Choice:
    while choice := stratified_choice(base=field.base, met=field.met, eligible=field.eligible, seed=seed):
        try:
            customer = Customer(pk=UUID(choice.chosen))
            approach(customer=customer, channel=channel, purpose=Purpose.CONVERSATION, by=by, now=now)
        except (Restricted, NoConsent, TooSoon):
            field = field.without(choice.chosen)
            continue
        return choice
    raise NobodyToDraw(channel)


def _assign(*, meeting: Encounter, choice: Choice, seed: int, now: datetime) -> None:
    """The encounter's own draw says who was drawn last; the history keeps who was drawn before."""
    Assignment.objects.filter(encounter=meeting).update(
        customer=UUID(choice.chosen),
        stratum=choice.stratum,
        deficit=choice.deficit,
        among=choice.among,
        seed=seed,
        drawn_at=now,
    )

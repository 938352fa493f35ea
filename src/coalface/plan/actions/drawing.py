"""Drawing one customer fairly, and reaching out to them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coalface.customers.actions import NoConsent, Restricted, TooSoon, approach
from coalface.methods.matching import Choice, stratified_choice
from coalface.plan.queries import the_field
from coalface.records.history import note
from coalface.records.models import (
    Assignment,
    ChosenBy,
    Customer,
    Encounter,
    Format,
    Person,
    Purpose,
    Unit,
)

from .encounters import plan_encounter


class NobodyToDraw(Exception):
    """No customer agreed to be asked this way, or all of them were asked lately."""


@transaction.atomic
def draw(
    *,
    person: Person,
    format: Format,
    unit: Unit,
    starts_at: datetime,
    by: Person | None,
    now: datetime,
    seed: int,
    channel: str = "phone",
    within: Unit | None = None,
) -> Assignment:
    """Draw a customer fairly, reach out to them, and plan the encounter; `within` narrows whom to draw from.

    Whoever was approached by somebody else in the same moment is passed over.
    """
    field = the_field(channel=channel, now=now, within=within)
    while choice := stratified_choice(base=field.base, met=field.met, eligible=field.eligible, seed=seed):
        customer = Customer(pk=UUID(choice.chosen))
        try:
            approach(customer=customer, channel=channel, purpose=Purpose.CONVERSATION, by=by, now=now)
        except (Restricted, NoConsent, TooSoon):
            field = field.without(choice.chosen)
            continue
        encounter = plan_encounter(
            format=format,
            unit=unit,
            starts_at=starts_at,
            person=person,
            customers=[customer],
            chosen_by=ChosenBy.PLANNER,
            by=by,
            now=now,
        )
        return _assign(choice=choice, encounter=encounter, person=person, seed=seed, by=by, now=now)
    raise NobodyToDraw(channel)


@transaction.atomic
def draw_once(
    *, person: Person, format: Format, starts_at: datetime, now: datetime, seed: int, **more: object
) -> Assignment:
    """Draw as above; the form brought the seed, so that pressing twice reaches one customer."""
    Person.objects.select_for_update().get(pk=person.pk)
    same = {"encounter__format": format, "encounter__starts_at": starts_at, "seed": seed}
    if there := Assignment.objects.filter(person=person, **same).first():
        return there
    return draw(person=person, format=format, starts_at=starts_at, now=now, seed=seed, **more)


def _assign(
    *,
    choice: Choice,
    encounter: Encounter,
    person: Person,
    seed: int,
    by: Person | None,
    now: datetime,
) -> Assignment:
    drawn = Assignment.objects.create(
        person=person,
        customer_id=UUID(choice.chosen),
        encounter=encounter,
        stratum=choice.stratum,
        deficit=choice.deficit,
        among=choice.among,
        seed=seed,
        drawn_at=now,
    )
    note("customer.drawn", about=drawn, by=by, at=now, encounter=str(encounter.pk))
    return drawn

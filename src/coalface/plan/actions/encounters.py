"""Putting an encounter into the calendar."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from coalface.records.history import note
from coalface.records.models import (
    Attendance,
    ChosenBy,
    Customer,
    Depth,
    Encounter,
    Format,
    FormatKind,
    Guest,
    Person,
    Unit,
)


class MustBeAnnounced(Exception):
    """This format may not take anybody by surprise."""


class NoGuestsBeforehand(Exception):
    """Nobody is invited to an incognito visit: whoever is met there is met unknown."""


@transaction.atomic
def plan_encounter(
    *,
    format: Format,
    unit: Unit,
    starts_at: datetime,
    person: Person,
    customers: Sequence[Customer],
    chosen_by: str,
    by: Person | None,
    now: datetime,
    announced: bool = True,
    depth: str | None = None,
    id: UUID | None = None,
    minutes: int | None = None,
) -> Encounter:
    """Put an encounter into the calendar, who goes and who comes; a form may bring the id."""
    if not announced and not format.may_be_unannounced:
        raise MustBeAnnounced(format)
    if customers and format.kind == FormatKind.INCOGNITO:
        raise NoGuestsBeforehand(format)
    lasts = minutes or format.minutes
    encounter = Encounter.objects.create(
        id=id or uuid7(),
        format=format,
        unit=unit,
        starts_at=starts_at,
        minutes=lasts,
        announced=announced,
        chosen_by=ChosenBy(chosen_by),
    )
    Attendance.objects.create(
        encounter=encounter, person=person, depth=Depth(depth or format.depth), minutes=lasts
    )
    Guest.objects.bulk_create(Guest(encounter=encounter, customer=customer) for customer in customers)
    note("encounter.planned", about=encounter, by=by, at=now, person=person.pk)
    return encounter


@transaction.atomic
def plan_once(*, id: UUID, person: Person, now: datetime, **more: object) -> Encounter:
    """Plan as above without a draw; the form brought the id, so that pressing twice plans it once."""
    Person.objects.select_for_update().get(pk=person.pk)
    if there := Encounter.objects.filter(pk=id, attendances__person=person).first():
        return there
    return plan_encounter(id=id, person=person, now=now, **more)

"""When a place is open, when somebody works, and when they cannot; never why."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Person, Unavailability, Unit, WorkingHours

# weekday (0 is Monday), from, until
Stretch = tuple[int, time, time]


class NotTheirs(Exception):
    """Only who said that they cannot come takes it back; what a calendar says is changed in the calendar."""


@transaction.atomic
def set_hours_of_unit(
    *, unit: Unit, week: Sequence[Stretch], country: str, subdivision: str, by: Person, now: datetime
) -> Unit:
    """Say when a unit works and whose holidays it has; nothing said: as the unit above."""
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    held.country, held.subdivision = country, subdivision
    held.save(update_fields=["country", "subdivision"])
    held.working_hours.all().delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(unit=held, weekday=day, from_time=start, until_time=end) for day, start, end in week
    )
    note("hours.set", about=held, by=by, at=now)
    return held


@transaction.atomic
def set_hours_of_person(*, person: Person, week: Sequence[Stretch], by: Person, now: datetime) -> Person:
    """Say when somebody works; nothing said: as their unit."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    held.working_hours.all().delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(person=held, weekday=day, from_time=start, until_time=end) for day, start, end in week
    )
    note("hours.set", about=held, by=by, at=now)
    return held


@transaction.atomic
def be_away(*, starts_at: datetime, ends_at: datetime, by: Person, now: datetime) -> Unavailability:
    """Say when one cannot meet anybody; said twice it is kept once."""
    Person.objects.select_for_update().get(pk=by.pk)
    away, new = Unavailability.objects.get_or_create(
        person=by, starts_at=starts_at, ends_at=ends_at, calendar=None
    )
    if new:
        note("absence.said", about=away, by=by, at=now)
    return away


@transaction.atomic
def be_back(*, absence: Unavailability, by: Person, now: datetime) -> None:
    """Take back that one cannot."""
    if absence.person_id != by.pk or absence.calendar_id:
        raise NotTheirs(absence)
    note("absence.withdrawn", about=absence, by=by, at=now)
    Unavailability.objects.filter(pk=absence.pk).delete()

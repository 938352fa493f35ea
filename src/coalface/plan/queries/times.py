"""What pages show of hours, absences and calendars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from coalface.records.history import history_of
from coalface.records.models import (
    Calendar,
    Invitation,
    Outcome,
    Person,
    Unavailability,
    Unit,
    WorkingHours,
)
from coalface.records.tables import Column, Of, Table

HOURS = Table(
    "working-hours",
    (
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("hours"),
        Column("country", read="unit.country"),
    ),
)
ABSENCES = Table("absences", (Column("starts_at", Of.MOMENT), Column("ends_at", Of.MOMENT)))


@dataclass(frozen=True, slots=True)
class HoursOf:
    """A unit and what it says itself about its hours, a text for each weekday on which it works."""

    unit: Unit
    week: dict[int, str]

    @property
    def hours(self) -> str:
        """All of it in a line, weekdays as numbers from 1."""
        return "; ".join(f"{day + 1}: {text}" for day, text in sorted(self.week.items()))


def week_of(rows: Iterable[WorkingHours]) -> dict[int, str]:
    """Hours as people write them, by weekday: `08:00–12:00, 13:00–17:00`."""
    week: dict[int, list[str]] = {}
    for row in sorted(rows, key=lambda one: (one.weekday, one.from_time)):
        week.setdefault(row.weekday, []).append(f"{row.from_time:%H:%M}–{row.until_time:%H:%M}")
    return {day: ", ".join(texts) for day, texts in week.items()}


def hours_of_units(units: QuerySet[Unit]) -> list[HoursOf]:
    """Each unit with its own hours."""
    found = units.order_by("path").prefetch_related("working_hours")
    return [HoursOf(unit, week_of(unit.working_hours.all())) for unit in found]


def absences(person: Person, now: datetime) -> QuerySet[Unavailability]:
    """When somebody said that they cannot, from now on."""
    return person.unavailabilities.filter(calendar=None, ends_at__gt=now).order_by("starts_at", "id")


def calendar_of(person: Person) -> Calendar | None:
    """The calendar somebody connected."""
    return Calendar.objects.filter(person=person, left_at=None).first()


def unread_in(calendar: Calendar) -> int:
    """How many of its events nobody could work out when it was read last."""
    last = history_of(calendar).filter(kind="calendar.unread").order_by("-id").first()
    return last.payload["events"] if last else 0


def removed_by(person: Person, now: datetime) -> QuerySet[Invitation]:
    """Encounters that somebody took out of their own calendar, and that are still planned."""
    rows = Invitation.objects.filter(person=person, calendar__left_at=None, calendar__isnull=False, href="")
    planned = rows.filter(encounter__outcome=Outcome.PLANNED, encounter__starts_at__gt=now)
    there = planned.exclude(told="").filter(cancelled_at=None, encounter__attendances__person=person)
    return there.select_related("encounter__format", "encounter__unit").order_by("encounter__starts_at", "id")

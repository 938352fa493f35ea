"""What became of encounters that were to take place, counted on our side."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from coalface.policies import number
from coalface.records.models import Attendance, Encounter, Outcome, Person

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Encounters of a year by what became of them; `unsaid`: their time passed and nobody said."""

    held: int
    delegated: int
    cancelled: int
    no_show: int
    unsaid: int

    @property
    def all(self) -> int:
        return self.held + self.delegated + self.cancelled + self.no_show + self.unsaid


def my_outcomes(person: Person, now: datetime) -> Outcomes:
    """Of the encounters of one person."""
    mine = Attendance.objects.filter(person=person)
    return _counted(Encounter.objects.filter(pk__in=mine.values("encounter")), now)


def our_outcomes(where: Q, now: datetime) -> Outcomes | None:
    """Of all encounters there; None while fewer people stand behind them than may be counted."""
    rows = _of_a_year(Encounter.objects.filter(where), now)
    people = Attendance.objects.filter(encounter__in=rows.values("pk")).aggregate(
        n=Count("person", distinct=True)
    )
    return _counted(rows, now) if people["n"] >= number("smallest_group") else None


def _of_a_year(rows: QuerySet, now: datetime) -> QuerySet:
    return rows.filter(starts_at__gt=now - A_YEAR, starts_at__lte=now)


def _counted(rows: QuerySet, now: datetime) -> Outcomes:
    came_to = {
        "held": Outcome.HELD,
        "delegated": Outcome.DELEGATED,
        "cancelled": Outcome.CANCELLED,
        "no_show": Outcome.NO_SHOW,
        "unsaid": Outcome.PLANNED,
    }
    counts = {name: Count("pk", filter=Q(outcome=outcome)) for name, outcome in came_to.items()}
    return Outcomes(**_of_a_year(rows, now).order_by().aggregate(**counts))

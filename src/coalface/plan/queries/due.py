"""Who owes encounters, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from coalface.people.queries import last_met, positions_on
from coalface.records.models import (
    Attendance,
    Commitment,
    Encounter,
    Exemption,
    Outcome,
    Person,
    Position,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who owes encounters: how often, when they last met a customer, and by when again."""

    person: Person
    every_days: int
    last_on: date | None
    due_on: date
    exempt_until: date | None
    next_encounter: Encounter | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class Owed:
    """Somebody's position, how often they owe an encounter, since when, and of which formats; none: any."""

    position: Position
    every_days: int
    since: date
    formats: frozenset[int]


def due(today: date) -> list[Due]:
    """Everybody who owes encounters, the longest overdue first, and those let off for now last.

    The shortest promise counts, from its own start, the present position or the last encounter on.
    """
    owed = owed_on(today)
    people = [one.position.person_id for one in owed]
    met, let_off, planned = last_met(people, today), _let_off(people, today), _planned(people, today)
    rows = [
        Due(
            person=one.position.person,
            every_days=one.every_days,
            last_on=(last := met.get(one.position.person_id)),
            due_on=_due_on(one.every_days, (one.since, last), let_off.get(one.position.person_id)),
            exempt_until=let_off.get(one.position.person_id),
            next_encounter=planned.get(one.position.person_id),
            unit=one.position.unit,
        )
        for one in owed
    ]
    return sorted(
        rows, key=lambda row: (row.exempt_until is not None, row.due_on, row.person.name, row.person.pk)
    )


def owed_on(today: date) -> list[Owed]:
    """Everybody who owes encounters that day, by the shortest promise for them, their level or their job."""
    running = Commitment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
    promises = list(running.order_by("id").prefetch_related("formats"))
    owed = []
    for position in positions_on(today):
        theirs = [
            (one.every_days, max(one.starts_on, position.starts_on), one.pk, one)
            for one in promises
            if one.person_id == position.person_id
            or (one.level and one.level == position.level)
            or (one.job and one.job == position.job)
        ]
        if theirs:
            every, since, _, one = min(theirs, key=lambda promise: promise[:3])
            owed.append(Owed(position, every, since, frozenset(kind.pk for kind in one.formats.all())))
    return owed


def _due_on(every: int, marks: Iterable[date | None], exempt_until: date | None) -> date:
    counted_from = max(mark for mark in marks if mark)
    due_on = counted_from + timedelta(days=every)
    return max(due_on, exempt_until) if exempt_until else due_on


def _let_off(people: list[int], today: date) -> dict[int, date]:
    running = Exemption.objects.filter(person__in=people, starts_on__lte=today, until_on__gt=today)
    return dict(running.order_by("until_on", "id").values_list("person_id", "until_on"))


def _planned(people: list[int], today: date) -> dict[int, Encounter]:
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    coming = Attendance.objects.filter(
        person__in=people, encounter__outcome=Outcome.PLANNED, encounter__starts_at__gte=midnight
    )
    latest_first = coming.select_related("encounter__format").order_by("-encounter__starts_at", "-id")
    return {attendance.person_id: attendance.encounter for attendance in latest_first}

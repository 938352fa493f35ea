"""Who owes encounters, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from coalface.people.queries import last_met, last_met_by_format, positions_on
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

NO_FORMATS: Final[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who owes encounters: how often, when they last met a customer, and by when again.

    `formats` are the keys of those that count for this promise; none: every format does.
    """

    person: Person
    every_days: int
    last_on: date | None
    due_on: date
    exempt_until: date | None
    next_encounter: Encounter | None
    unit: Unit
    formats: frozenset[int] = NO_FORMATS


def due(today: date) -> list[Due]:
    """Everybody who owes encounters, the longest overdue first, and those let off for now last.

    Of several promises in the same formats the shortest counts, from its own start, the present position or
    the last encounter that counts for it; of those in different formats the one that is due first.
    """
    owed = _owed(today)
    people = sorted({position.person_id for position, _ in owed})
    met, let_off, planned = _met(owed, people, today), _let_off(people, today), _planned(people, today)
    rows = []
    for position, promises in owed:
        exempt_until = let_off.get(position.person_id)
        dated = [(*_when(one, position, met, exempt_until), one) for one in promises]
        due_on, last_on, first = min(dated, key=lambda one: (one[0], one[2].every_days))
        rows.append(
            Due(
                person=position.person,
                every_days=first.every_days,
                last_on=last_on,
                due_on=due_on,
                exempt_until=exempt_until,
                next_encounter=planned.get(position.person_id),
                unit=position.unit,
                formats=first.formats,
            )
        )
    return sorted(
        rows, key=lambda row: (row.exempt_until is not None, row.due_on, row.person.name, row.person.pk)
    )


@dataclass(frozen=True, slots=True)
class Promise:
    """How often, since when, in which formats (none: any), and when one of them was last held."""

    every_days: int
    starts_on: date
    formats: frozenset[int]
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """Somebody's position and the promises they are under, the shortest first."""

    position: Position
    promises: tuple[Promise, ...]


def owed_on(day: date, today: date) -> list[Owed]:
    """Everybody who owes encounters on a day, with what they met of it until today."""
    owed = _owed(day)
    met = _met(owed, sorted({position.person_id for position, _ in owed}), today)
    rows = []
    for position, promises in owed:
        shortest_first = sorted(promises, key=lambda one: (one.every_days, not one.formats, one.starts_on))
        last = [met[one.formats].get(position.person_id) for one in shortest_first]
        dated = (replace(one, last_on=on) for one, on in zip(shortest_first, last, strict=True))
        rows.append(Owed(position, tuple(dated)))
    return rows


def jobs_held(today: date) -> list[str]:
    """The jobs somebody does today, as their positions call them."""
    held = Position.objects.held(today).exclude(job="").order_by("job")
    return list(held.values_list("job", flat=True).distinct())


def _owed(today: date) -> list[tuple[Position, list[Promise]]]:
    """Each position with the promises it is under: the shortest of each set of formats."""
    running = Commitment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
    promises = [(one, _formats(one)) for one in running.prefetch_related("formats")]
    owed = []
    for position in positions_on(today):
        theirs: dict[frozenset[int], Promise] = {}
        for one, formats in promises:
            if _binds(one, position):
                since = max(one.starts_on, position.starts_on)
                before = theirs.get(formats)
                if before is None or (one.every_days, since) < (before.every_days, before.starts_on):
                    theirs[formats] = Promise(one.every_days, since, formats)
        if theirs:
            owed.append((position, list(theirs.values())))
    return owed


def _formats(commitment: Commitment) -> frozenset[int]:
    return frozenset(format.pk for format in commitment.formats.all())


def _binds(one: Commitment, position: Position) -> bool:
    if one.person_id:
        return one.person_id == position.person_id
    return one.job == position.job if one.job else one.level == position.level


Met = dict[frozenset[int], dict[int, date]]


def _met(owed: list[tuple[Position, list[Promise]]], people: list[int], today: date) -> Met:
    """By set of formats: the day each person last met a customer in one of them."""
    wanted = {promise.formats for _, promises in owed for promise in promises}
    found: Met = {formats: {} for formats in wanted}
    if NO_FORMATS in wanted:
        found[NO_FORMATS] = last_met(people, today)
    named = last_met_by_format(people, today) if wanted - {NO_FORMATS} else {}
    for (person, format), on in named.items():
        for formats in wanted:
            if format in formats:
                found[formats][person] = max(on, found[formats].get(person, on))
    return found


def _when(one: Promise, position: Position, met: Met, exempt_until: date | None) -> tuple[date, date | None]:
    last_on = met[one.formats].get(position.person_id)
    return _due_on(one.every_days, (one.starts_on, last_on), exempt_until), last_on


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

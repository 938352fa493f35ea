"""Who owes encounters, and by when."""

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
    owed = owed_on(today, today)
    people = [one.position.person_id for one in owed]
    let_off, planned = _let_off(people, today), _planned(people, today)
    rows = []
    for one in owed:
        exempt_until = let_off.get(one.position.person_id)
        dated = [(_due_on(promise, exempt_until), promise) for promise in one.promises]
        due_on, first = min(dated, key=lambda row: (row[0], row[1].every_days))
        rows.append(
            Due(
                person=one.position.person,
                every_days=first.every_days,
                last_on=first.last_on,
                due_on=due_on,
                exempt_until=exempt_until,
                next_encounter=planned.get(one.position.person_id),
                unit=one.position.unit,
                formats=first.formats,
            )
        )
    return sorted(
        rows, key=lambda row: (row.exempt_until is not None, row.due_on, row.person.name, row.person.pk)
    )


@dataclass(frozen=True, slots=True)
class Promise:
    """How often, since when, in which formats (none: any), and when one of them was last held.

    `commitment` is the row it comes from, be it of a level, a job or a person.
    """

    commitment: int
    every_days: int
    starts_on: date
    formats: frozenset[int]
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """Somebody's position and the promises they are under: of those in the same formats the shortest."""

    position: Position
    promises: tuple[Promise, ...]


def owed_on(day: date, today: date) -> list[Owed]:
    """Everybody who owes encounters on a day, with what they held of it until today."""
    owed = bound_on(day)
    met = _met(owed, today)
    return [
        replace(one, promises=tuple(_with_last(promise, met, one.position) for promise in one.promises))
        for one in owed
    ]


def bound_on(day: date) -> list[Owed]:
    """The same, without what they held."""
    running = Commitment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)
    promises = [(one, _formats(one)) for one in running.prefetch_related("formats")]
    owed = []
    for position in positions_on(day):
        theirs: dict[frozenset[int], Promise] = {}
        for one, formats in promises:
            if _binds(one, position):
                since = max(one.starts_on, position.starts_on)
                before = theirs.get(formats)
                if before is None or (one.every_days, since) < (before.every_days, before.starts_on):
                    theirs[formats] = Promise(one.pk, one.every_days, since, formats)
        if theirs:
            owed.append(Owed(position, tuple(theirs.values())))
    return owed


def jobs_held(today: date) -> list[str]:
    """The jobs somebody does today, as their positions call them."""
    held = Position.objects.held(today).exclude(job="").order_by("job")
    return list(held.values_list("job", flat=True).distinct())


def _formats(commitment: Commitment) -> frozenset[int]:
    return frozenset(format.pk for format in commitment.formats.all())


def _binds(one: Commitment, position: Position) -> bool:
    if one.person_id:
        return one.person_id == position.person_id
    return one.job == position.job if one.job else one.level == position.level


Met = dict[frozenset[int], dict[int, date]]


def _met(owed: list[Owed], today: date) -> Met:
    """By set of formats: the day each person last met a customer in one of them."""
    people = [one.position.person_id for one in owed]
    wanted = {promise.formats for one in owed for promise in one.promises}
    found: Met = {formats: {} for formats in wanted}
    if NO_FORMATS in wanted:
        found[NO_FORMATS] = last_met(people, today)
    named = last_met_by_format(people, today) if wanted - {NO_FORMATS} else {}
    for (person, format), on in named.items():
        for formats in wanted:
            if format in formats:
                found[formats][person] = max(on, found[formats].get(person, on))
    return found


def _with_last(promise: Promise, met: Met, position: Position) -> Promise:
    return replace(promise, last_on=met[promise.formats].get(position.person_id))


def _due_on(promise: Promise, exempt_until: date | None) -> date:
    counted_from = max(promise.starts_on, promise.last_on or promise.starts_on)
    due_on = counted_from + timedelta(days=promise.every_days)
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

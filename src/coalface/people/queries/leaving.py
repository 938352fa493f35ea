"""Who takes over from somebody who leaves, and what went to whom."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from coalface.records.history import history_of
from coalface.records.models import Event, Grant, Person, Position, Role

from .directory import who_leads

MOVED: Final = "work.moved"
LATELY: Final = timedelta(days=14)
# What a payload says beside the counts.
IDS: Final = frozenset({"to", "left"})


@dataclass(frozen=True, slots=True)
class Moved:
    """How much of each kind went from one person to another, and when."""

    leaver: Person
    to: Person
    at: datetime
    counts: dict[str, int]


def who_takes_over(person: Person, on: date, but: Collection[int] = ()) -> Person | None:
    """The manager of their last position, or that manager's manager, and so on; else who leads the unit.

    Else who runs the programme there; else who administers it. Somebody who works here, and none of `but`.
    """
    return next((one for one in _in_line(person, on) if one.pk not in {person.pk, *but}), None)


def _in_line(person: Person, on: date) -> Iterator[Person]:
    position = Position.objects.filter(person=person).select_related("unit", "manager")
    last = position.order_by("-starts_on", "-id").first()
    if last is None:
        return
    seen, here = {person.pk}, last
    while here and here.manager and here.manager_id not in seen:
        seen.add(here.manager_id)
        if not here.manager.has_left(on):
            yield here.manager
        above = Position.objects.filter(person=here.manager).select_related("manager")
        here = above.order_by("-starts_on", "-id").first()
    yield from who_leads(last.unit, on)
    for role in (Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR):
        grants = Grant.objects.in_force(on).filter(role=role, person__in=Person.objects.working(on))
        for one in grants.select_related("person", "unit").order_by("id"):
            if one.unit.contains(last.unit):
                yield one.person


def moved_from(person: Person) -> list[Moved]:
    """What this person was in charge of when they left, and who has it since."""
    return _summed_up(list(history_of(person).filter(kind=MOVED)), {person.pk: person})


def moved_to(person: Person, now: datetime) -> list[Moved]:
    """What came to this person within a fortnight from those who left."""
    today = timezone.localdate(now)
    gone = Person.objects.filter(left_on__range=(today - LATELY, today)).in_bulk()
    if not gone:
        return []
    rows = Event.objects.filter(about_type="person", about_id__in=[str(pk) for pk in gone], kind=MOVED)
    mine = [row for row in rows.filter(at__gte=now - LATELY) if row.payload["to"] == person.pk]
    return _summed_up(mine, gone)


def _summed_up(events: list[Event], leavers: dict[int, Person]) -> list[Moved]:
    takers = Person.objects.in_bulk({event.payload["to"] for event in events})
    found: dict[tuple[int, int], Moved] = {}
    for event in events:
        to, left = event.payload["to"], event.payload["left"]
        moved = found.setdefault((left, to), Moved(leavers[int(event.about_id)], takers[to], event.at, {}))
        for what, count in event.payload.items():
            if what not in IDS:
                moved.counts[what] = moved.counts.get(what, 0) + count
    return list(found.values())

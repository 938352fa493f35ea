"""Who can be where when: working hours, holidays, what calendars say, and what is planned already."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from coalface.policies import number
from coalface.records.models import (
    Attendance,
    Format,
    Outcome,
    Person,
    Position,
    Slot,
    Unavailability,
    Unit,
    WorkingHours,
)

from .working_time import Places, Rhythm, joined, stretches

if TYPE_CHECKING:
    from numpy import ndarray

# From so many people on it is quicker to read the rows of all of them than to name each.
NAMED: Final = 5000
LONGEST: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Appointment:
    """An encounter that is planned already, in seconds of UTC."""

    starts: float
    ends: float
    unit: int
    remote: bool
    slot: int | None


class Timetable:
    """The slots as arrays, and which of them lie in given hours; times in seconds of UTC."""

    def __init__(self, slots: Sequence[Slot], remote: Collection[int]) -> None:
        import numpy as np

        self.keys = np.array([slot.pk for slot in slots], dtype=np.int64)
        self.starts = np.array([slot.starts_at.timestamp() for slot in slots], dtype=float)
        self.ends = self.starts + 60.0 * np.array([slot.minutes for slot in slots], dtype=float)
        self.units = np.array([slot.unit_id for slot in slots], dtype=np.int64)
        self.remote = np.array([slot.format_id in remote for slot in slots], dtype=bool)
        self.inside: dict[Rhythm, ndarray] = {}

    @cached_property
    def since(self) -> datetime:
        """When the first of them begins."""
        return datetime.fromtimestamp(self.starts.min(), UTC)

    @cached_property
    def until(self) -> datetime:
        """When the last of them ends."""
        return datetime.fromtimestamp(self.ends.max(), UTC)

    def in_hours(self, rhythm: Rhythm) -> "ndarray":
        """Which slots lie within somebody's working hours from beginning to end."""
        if rhythm not in self.inside:
            first = (self.since - LONGEST).date()
            begins, ends = stretches(rhythm, first, ((self.until + LONGEST).date() - first).days)
            at = begins.searchsorted(self.starts, side="right") - 1
            there = at >= 0
            there[there] = self.ends[there] <= ends[at[there]]
            self.inside[rhythm] = there
        return self.inside[rhythm]

    def clear_of(self, begins: "ndarray", ends: "ndarray") -> "ndarray":
        """Which slots touch none of these stretches; they are in order and apart, and their ends are free."""
        at = ends.searchsorted(self.starts, side="right")
        clear = at == len(begins)
        clear[~clear] = begins[at[~clear]] >= self.ends[~clear]
        return clear

    def clear_of_one(self, planned: Appointment, travel: float) -> "ndarray":
        """Which slots can be taken beside an encounter, with the way between two places."""
        on_site = ~self.remote & (self.units != planned.unit)
        way = travel * (on_site & (not planned.remote))
        beside = (self.starts >= planned.ends + way) | (self.ends <= planned.starts - way)
        return beside | (self.keys == (planned.slot or 0))


def free(
    people: Sequence[Person | int], slots: Sequence[Slot], *, but: Collection[UUID] = ()
) -> dict[int, set[int]]:
    """Which slots each person can take, by their ids; encounters in `but` do not stand in the way.

    An encounter that fills a slot does not stand in its own way either. Who does not work here on the
    day of a slot, by their positions, cannot take it.
    """
    keys = sorted({one if isinstance(one, int) else one.pk for one in people})
    if not slots:
        return {key: set() for key in keys}
    table = Timetable(slots, set(Format.objects.filter(remote=True).values_list("pk", flat=True)))
    named = Q(person__in=keys) if len(keys) <= NAMED else Q()
    hours = WorkingHours.objects.filter(named | Q(unit__isnull=False))
    places = Places(Unit.objects.all(), hours.order_by("id"))
    held, busy = _positions(named, table), _busy(named, table)
    planned, travel = _planned(named, table, but), 60 * number("travel_minutes")
    answer = {}
    for key in keys:
        can = _at_work(table, places, key, held.get(key, []))
        if key in busy:
            can &= table.clear_of(*busy[key])
        for one in planned.get(key, ()):
            can &= table.clear_of_one(one, travel)
        answer[key] = set(table.keys[can].tolist())
    return answer


def zones_of(people: Collection[int], on: date) -> dict[int, ZoneInfo]:
    """The zone of the unit each of them works in on a day."""
    held = Position.objects.held(on).filter(person__in=people)
    return {who: ZoneInfo(zone) for who, zone in held.values_list("person", "unit__time_zone")}


def _at_work(table: Timetable, places: Places, person: int, held: list[tuple]) -> "ndarray":
    import numpy as np

    can = np.zeros(len(table.keys), dtype=bool)
    for unit, first, last in held:
        rhythm = places.rhythm(unit, person)
        there = table.in_hours(rhythm)
        begins, ends = _midnight(first, rhythm.zone), _midnight(last, rhythm.zone) if last else np.inf
        can |= there & (table.starts >= begins) & (table.starts < ends)
    return can


def _midnight(day: date, zone: str) -> float:
    return datetime.combine(day, time(), ZoneInfo(zone)).timestamp()


def _positions(named: Q, table: Timetable) -> dict[int, list[tuple]]:
    since, until = (table.since - LONGEST).date(), (table.until + LONGEST).date()
    rows = Position.objects.filter(named, Q(ends_on=None) | Q(ends_on__gt=since), starts_on__lte=until)
    held = defaultdict(list)
    for person, *rest in rows.values_list("person", "unit", "starts_on", "ends_on").order_by("id"):
        held[person].append(tuple(rest))
    return held


def _busy(named: Q, table: Timetable) -> "dict[int, tuple[ndarray, ndarray]]":
    import numpy as np

    rows = Unavailability.objects.filter(named, starts_at__lt=table.until, ends_at__gt=table.since)
    times = defaultdict(list)
    for person, starts, ends in rows.order_by("id").values_list("person", "starts_at", "ends_at"):
        times[person].append((starts.timestamp(), ends.timestamp()))
    return {person: joined(*np.array(rows).T) for person, rows in times.items()}


def _planned(named: Q, table: Timetable, but: Collection[UUID]) -> dict[int, list[Appointment]]:
    near = {
        "encounter__outcome": Outcome.PLANNED,
        "encounter__starts_at__gt": table.since - LONGEST,
        "encounter__starts_at__lt": table.until + LONGEST,
    }
    what = ("starts_at", "minutes", "unit", "format__remote", "assignment__slot")
    rows = Attendance.objects.filter(named, **near).order_by("id")
    planned, left_out = defaultdict(list), set(but)
    for person, key, starts, length, *where in rows.values_list(
        "person", "encounter", *(f"encounter__{one}" for one in what)
    ):
        if key not in left_out:
            begins = starts.timestamp()
            planned[person].append(Appointment(begins, begins + 60 * length, *where))
    return planned

"""Which slots each of us can take, and what one slot leaves room for."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from coalface.methods.meetings import Opening, Seeker
from coalface.records.models import Assignment, Plan, Slot, Unit, UnitKind

from .availability import free
from .conflicts import Span, arranged_by, busy_spans, overlap, seated, span, without_overlaps
from .hearing import Blind
from .owing import Owing, Window
from .plans import ancestors
from .together import Asked, Together

NOON: Final = 12
EVENING: Final = 17
A_MINUTE: Final = timedelta(minutes=1)


def place_and_hour(slot: Slot) -> str:
    """Where nobody is known by name: the place and the part of its day."""
    hour = slot.starts_at.astimezone(ZoneInfo(slot.unit.time_zone)).hour
    part = "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"
    return f"{slot.unit.key[:50]}/{part}"


def slots_of(plan: Plan, now: datetime) -> list[Slot]:
    """Slots to come in the unit and below, and those that can be taken from anywhere."""
    first, end = (
        timezone.make_aware(datetime.combine(day, time.min)) for day in (plan.starts_on, plan.until_on)
    )
    here = Q(unit__path__startswith=plan.unit.path) | Q(format__remote=True)
    to_come = Slot.objects.open().filter(here, starts_at__gte=first, starts_at__lt=end, starts_at__gt=now)
    return list(to_come.select_related("unit", "format").order_by("starts_at", "id"))


def openings_of(slots: Sequence[Slot], plan: Plan) -> tuple[Opening, ...]:
    """The slots that have a seat left, each with those at the same time."""
    taken = seated(slots, plan)
    spans = {slot.pk: span(slot) for slot in slots}
    starts = [slot.starts_at for slot in slots]
    longest = max((slot.minutes for slot in slots), default=0)
    openings = []
    for slot in slots:
        begins, ends = spans[slot.pk]
        near = slots[bisect_left(starts, begins - timedelta(minutes=longest)) : bisect_left(starts, ends)]
        clashes = {one.pk for one in near if one.pk != slot.pk and overlap(spans[one.pk], spans[slot.pk])}
        if (seats := slot.seats - len(taken.get(slot.pk, ()))) > 0:
            openings.append(
                Opening(
                    key=str(slot.pk),
                    seats=seats,
                    customers=slot.customers,
                    stratum=place_and_hour(slot),
                    clashes=frozenset(map(str, clashes)),
                )
            )
    return tuple(openings)


def seekers_of(
    people: Sequence[Owing],
    slots: Sequence[Slot],
    blind: Blind,
    plan: Plan,
    before: Sequence[Assignment],
    now: datetime,
) -> tuple[tuple[Seeker, ...], "HasTime"]:
    """One for each encounter owed, with the slots in its days that the person can take; and who has time."""
    spans = {slot.pk: span(slot) for slot in slots}
    who = [one.position for one in people]
    until = max((ends for _, ends in spans.values()), default=now)
    busy = busy_spans([one.person_id for one in who], now, until, plans=ancestors(plan))
    can_come = free([one.person for one in who], slots, but=arranged_by(plans=ancestors(plan)))
    has_time = HasTime(spans, can_come, busy)
    reach, together = _Reach(slots), Together({slot.pk: slot.seats for slot in slots}, has_time.days)
    had = _had(before)
    seekers = []
    for one in people:
        person, level = one.position.person_id, blind.group_of.get(one.position.level, "")
        owed = _owed(one, reach, has_time)
        for order, asked in enumerate(together.asked(owed, had.get(person, frozenset())), 1):
            within = frozenset(map(str, asked.slots))
            seekers.append(Seeker(f"{person}.{order}", level, owes=1, at_most=1, slots=within))
            has_time.owed[seekers[-1].key] = one, asked.window
    return tuple(seekers), has_time


def _owed(one: Owing, reach: "_Reach", has_time: "HasTime") -> list[Asked]:
    """For each window the slots within their reach for which they have time."""
    mine = {
        formats: has_time.among(one.position.person_id, reach.of(one.position.unit, formats))
        for formats in {window.formats for window in one.windows}
    }
    return [
        Asked(window, frozenset(has_time.within(mine[window.formats], window, one))) for window in one.windows
    ]


def _had(before: Sequence[Assignment]) -> dict[int, set[int]]:
    """By person: their slots in the plan before."""
    found: dict[int, set[int]] = {}
    for match in before:
        if match.slot_id:
            found.setdefault(match.person_id, set()).add(match.slot_id)
    return found


class HasTime(Mapping[str, frozenset[str]]):
    """By encounter owed: every slot in its days for which its person has time, whether it is for them or not.

    It is worked out when somebody asks, which is only done for those who are in conflict.
    """

    def __init__(
        self,
        spans: Mapping[int, Span],
        can_come: Mapping[int, Collection[int]],
        busy: Mapping[int, Sequence[Span]],
    ) -> None:
        self.spans, self.can_come, self.busy = spans, can_come, busy
        self.days = {slot: _days_of(taken) for slot, taken in spans.items()}
        self.owed: dict[str, tuple[Owing, Window]] = {}

    def among(self, person: int, slots: Sequence[int]) -> list[int]:
        """Of slots in their order those for which a person has time."""
        hit = without_overlaps(self.spans, slots, self.busy.get(person, ()))
        return [slot for slot in slots if slot in self.can_come.get(person, ()) and slot not in hit]

    def within(self, slots: Iterable[int], window: Window, one: Owing) -> list[int]:
        """Of slots those in the days of a window on which somebody is not let off."""
        return [slot for slot in slots if _fits(self.days[slot], window, one)]

    def __getitem__(self, key: str) -> frozenset[str]:
        one, window = self.owed[key]
        inside = self.within(self.spans, window, one)
        return frozenset(map(str, self.among(one.position.person_id, inside)))

    def __iter__(self) -> Iterator[str]:
        return iter(self.owed)

    def __len__(self) -> int:
        return len(self.owed)


class _Reach:
    """Which slots are within somebody's reach; worked out once for each place and promise."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.slots = slots
        self.units = {unit.pk: unit for unit in Unit.objects.all()}
        self.found: dict[tuple[str, frozenset[int]], list[int]] = {}

    def of(self, unit: Unit, formats: frozenset[int]) -> list[int]:
        """In their site or region and below – everywhere for who works in neither –, or from anywhere."""
        path = self._around(unit).path
        key = path, formats
        if key not in self.found:
            self.found[key] = [
                slot.pk
                for slot in self.slots
                if (slot.format.remote or slot.unit.path.startswith(path)) and slot.format_id in formats
            ]
        return self.found[key]

    def _around(self, unit: Unit) -> Unit:
        here: Unit | None = unit
        while here is not None:
            if here.kind in (UnitKind.SITE, UnitKind.REGION) or here.parent_id is None:
                return here
            here = self.units.get(here.parent_id)
        return unit


def _days_of(taken: Span) -> tuple[date, date]:
    return timezone.localdate(taken[0]), timezone.localdate(taken[1] - A_MINUTE)


def _fits(days: tuple[date, date], window: Window, one: Owing) -> bool:
    day, ends = days
    return window.first <= day <= ends <= window.last and not any(
        starts <= day < until for starts, until in one.let_off
    )

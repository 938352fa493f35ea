"""Which slots each of us can take, and what one slot leaves room for."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from coalface.methods.meetings import Opening, Seeker
from coalface.records.models import DIRECT, Plan, Slot, Unit, UnitKind

from .availability import free
from .conflicts import Span, arranged_by, busy_spans, overlap, seated, span, without_overlaps
from .hearing import Blind
from .owing import Owing, Window
from .plans import ancestors

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
    people: Sequence[Owing], slots: Sequence[Slot], blind: Blind, plan: Plan, now: datetime
) -> tuple[tuple[Seeker, ...], "HasTime"]:
    """One for each encounter owed, with the slots in its days that the person can take; and who has time."""
    spans = {slot.pk: span(slot) for slot in slots}
    reach = _Reach(slots)
    who = [one.position for one in people]
    until = max((ends for _, ends in spans.values()), default=now)
    busy = busy_spans([one.person_id for one in who], now, until, plans=ancestors(plan))
    can_come = free([one.person for one in who], slots, but=arranged_by(plans=ancestors(plan)))
    has_time = HasTime(spans, can_come, busy)
    seekers = []
    for one in people:
        person = one.position.person_id
        mine = {
            formats: has_time.among(person, reach.of(one.position.unit, formats))
            for formats in {window.formats for window in one.windows}
        }
        for order, window in enumerate(one.windows, 1):
            can = mine[window.formats]
            within = frozenset(str(slot) for slot in can if _fits(spans[slot], window, one))
            level = blind.group_of.get(one.position.level, "")
            seekers.append(Seeker(f"{person}.{order}", level, owes=1, at_most=1, slots=within))
            has_time.owed[seekers[-1].key] = one, window
    return tuple(seekers), has_time


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
        self.owed: dict[str, tuple[Owing, Window]] = {}

    def among(self, person: int, slots: Sequence[int]) -> list[int]:
        """Of slots in their order those for which a person has time."""
        hit = without_overlaps(self.spans, slots, self.busy.get(person, ()))
        return [slot for slot in slots if slot in self.can_come.get(person, ()) and slot not in hit]

    def __getitem__(self, key: str) -> frozenset[str]:
        one, window = self.owed[key]
        inside = [slot for slot, taken in self.spans.items() if _fits(taken, window, one)]
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
                if (slot.format.remote or slot.unit.path.startswith(path))
                and (slot.format_id in formats if formats else slot.format.depth in DIRECT)
            ]
        return self.found[key]

    def _around(self, unit: Unit) -> Unit:
        here: Unit | None = unit
        while here is not None:
            if here.kind in (UnitKind.SITE, UnitKind.REGION) or here.parent_id is None:
                return here
            here = self.units.get(here.parent_id)
        return unit


def _fits(taken: Span, window: Window, one: Owing) -> bool:
    day, ends = timezone.localdate(taken[0]), timezone.localdate(taken[1] - A_MINUTE)
    return window.first <= day <= ends <= window.last and not any(
        starts <= day < until for starts, until in one.let_off
    )

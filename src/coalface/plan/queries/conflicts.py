"""What stands in the way of a match: other encounters, full slots, hours at which somebody cannot."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from coalface.records.models import Assignment, Attendance, Encounter, Outcome, Person, Plan, Slot

from .availability import free
from .plans import ancestors

# No encounter takes longer: what begins earlier is over.
LONGEST: Final = timedelta(days=2)
Span = tuple[datetime, datetime]

TAKEN_BACK, BEGUN, OUTSIDE, HAS_LEFT = "taken_back", "begun", "outside", "has_left"
DOUBLE_BOOKED, FULL, NOT_FREE = "double_booked", "full", "not_free"


def span(slot: Slot) -> Span:
    """From when until when a slot takes somebody's time."""
    return slot.starts_at, slot.starts_at + timedelta(minutes=slot.minutes)


def overlap(one: Span, other: Span) -> bool:
    """Whether nobody can be at both."""
    return one[0] < other[1] and other[0] < one[1]


def in_the_way(
    *, person: Person, slot: Slot, plan: Plan, now: datetime, but: Collection[int] = ()
) -> list[str]:
    """Why somebody cannot take a slot of a plan, as codes; `but` are matches that would go for it."""
    found = [
        (TAKEN_BACK, slot.cancelled_at is not None),
        (BEGUN, slot.starts_at <= now),
        (OUTSIDE, not plan.starts_on <= timezone.localdate(slot.starts_at) < plan.until_on),
        (HAS_LEFT, person.has_left(timezone.localdate(slot.starts_at))),
        (DOUBLE_BOOKED, _double_booked(person, slot, plan, but)),
        (FULL, _full(person, slot, plan, but)),
        (NOT_FREE, not _free(person, slot, plan, but)),
    ]
    return [code for code, holds in found if holds]


def _double_booked(person: Person, slot: Slot, plan: Plan, but: Collection[int]) -> bool:
    busy = busy_spans([person.pk], *span(slot), plans=ancestors(plan), matches=but).get(person.pk, [])
    mine = Assignment.objects.standing().filter(plan=plan, person=person).exclude(pk__in=but)
    planned = [span(match.slot) for match in mine.exclude(slot=None).select_related("slot")]
    return any(overlap(span(slot), taken) for taken in (*busy, *planned))


def _free(person: Person, slot: Slot, plan: Plan, but: Collection[int]) -> bool:
    decided_anew = arranged_by(plans=ancestors(plan), matches=but)
    return slot.pk in free([person], [slot], but=decided_anew)[person.pk]


def arranged_by(*, plans: Collection[int] = (), matches: Collection[int] = ()) -> list[UUID]:
    """The encounters that some plans or matches had brought: they stand in nobody's way."""
    theirs = Q(assignment__plan__in=plans) | Q(assignment__in=matches)
    if not plans and not matches:
        return []
    return list(Encounter.objects.filter(theirs, outcome=Outcome.PLANNED).values_list("pk", flat=True))


def _full(person: Person, slot: Slot, plan: Plan, but: Collection[int]) -> bool:
    return len(seated([slot], plan, but).get(slot.pk, set()) - {person.pk}) >= slot.seats


def seated(slots: Sequence[Slot], plan: Plan, but: Collection[int] = ()) -> dict[int, set[int]]:
    """Who sits where: by this plan, and by what is published beside it (but not by what it replaces)."""
    rows = Assignment.objects.standing().filter(slot__in=slots).exclude(pk__in=but)
    replaced = ancestors(plan)
    taken: dict[int, set[int]] = {}
    for slot, person, of, published in rows.values_list(
        "slot_id", "person_id", "plan_id", "plan__published_at"
    ):
        if of == plan.pk or (published and of not in replaced):
            taken.setdefault(slot, set()).add(person)
    return taken


def busy_spans(
    people: Collection[int],
    since: datetime,
    until: datetime,
    *,
    plans: Collection[int] = (),
    matches: Collection[int] = (),
) -> dict[int, list[Span]]:
    """Encounters to come by person; left out are those that some plans or matches had brought."""
    rows = Attendance.objects.filter(
        person__in=people,
        encounter__outcome=Outcome.PLANNED,
        encounter__starts_at__gt=since - LONGEST,
        encounter__starts_at__lt=until,
    )
    if plans:
        rows = rows.exclude(encounter__assignment__plan__in=plans)
    if matches:
        rows = rows.exclude(encounter__assignment__in=matches)
    busy: dict[int, list[Span]] = {}
    for person, at, minutes in rows.values_list(
        "person_id", "encounter__starts_at", "encounter__minutes"
    ).order_by("encounter__starts_at", "id"):
        busy.setdefault(person, []).append((at, at + timedelta(minutes=minutes)))
    return busy


def without_overlaps(slots: Mapping[int, Span], ordered: Sequence[int], busy: Iterable[Span]) -> set[int]:
    """Of slots in the order of their beginning, those that overlap something: a look-up, not a comparison."""
    starts = [slots[slot][0] for slot in ordered]
    hit: set[int] = set()
    for taken in busy:
        first = bisect_left(starts, taken[0] - LONGEST)
        last = bisect_left(starts, taken[1])
        hit.update(slot for slot in ordered[first:last] if overlap(slots[slot], taken))
    return hit

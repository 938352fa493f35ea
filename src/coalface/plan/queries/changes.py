"""What a plan changes of the one before: whom each of us was to meet and when, and whom and when now."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet

from coalface.records.models import Assignment, Plan
from coalface.records.tables import Column, Of, Table

from .board import Card, cards_of
from .plans import standing_matches, was_to_come


class Place(NamedTuple):
    """As much of a match as it takes to tell it from another one."""

    pk: int
    person: int
    name: str
    slot: int
    customer: UUID | None
    starts_at: datetime


Pair = tuple[Place | None, Place | None]
# Of what somebody loses and gets, this belongs together, the surest first.
ALIKE: Final[tuple[Callable[[Place, Place], bool], ...]] = (
    lambda one, other: one.customer is not None and one.customer == other.customer,
    lambda one, other: one.slot == other.slot,
    lambda one, other: True,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One of us, what stood in the plan before, and what stands in its place; either may be nothing."""

    before: Card | None
    after: Card | None

    @property
    def person(self) -> object:
        """Whom it is about."""
        return (self.after or self.before).match.person

    @property
    def same_slot(self) -> bool:
        """Whether only the customer is another one."""
        return self._same("slot_id")

    @property
    def same_customer(self) -> bool:
        """Whether only the slot is another one."""
        return self._same("customer_id")

    def _same(self, name: str) -> bool:
        if not self.before or not self.after:
            return False
        return getattr(self.before.match, name) == getattr(self.after.match, name)


CHANGES: Final = Table(
    "changes",
    (
        Column("name", read="person.name"),
        Column("before_at", Of.MOMENT, "before.match.slot.starts_at"),
        Column("before_format", read="before.match.slot.format.name"),
        Column("before_unit", read="before.match.slot.unit.name"),
        Column("before_customer", read="before.match.customer.name"),
        Column("starts_at", Of.MOMENT, "after.match.slot.starts_at"),
        Column("format", read="after.match.slot.format.name"),
        Column("unit", read="after.match.slot.unit.name"),
        Column("customer", read="after.match.customer.name"),
    ),
)


def changes(plan: Plan) -> list[Pair]:
    """Each change of a plan against the one it follows, person by person, the soonest first."""
    if plan.follows_id is None:
        return []
    before, now = _places(was_to_come(plan)), _places(standing_matches(plan))
    same = {_key(one) for one in before} & {_key(one) for one in now}
    gone = _by_person(one for one in before if _key(one) not in same)
    new = _by_person(one for one in now if _key(one) not in same)
    return [pair for who in sorted({*gone, *new}) for pair in _paired(gone[who], new[who])]


def _places(matches: QuerySet[Assignment]) -> list[Place]:
    shown = ("pk", "person_id", "person__name", "slot_id", "customer_id", "slot__starts_at")
    named = matches.filter(slot__isnull=False).select_related(None)
    return [Place(*row) for row in named.values_list(*shown)]


def _by_person(places: Iterable[Place]) -> dict[tuple[str, int], list[Place]]:
    """What each of us has, the soonest first."""
    found: dict[tuple[str, int], list[Place]] = defaultdict(list)
    for one in sorted(places, key=lambda place: (place.starts_at, place.pk)):
        found[one.name, one.person].append(one)
    return found


def _key(place: Place) -> tuple[int, int, UUID | None]:
    return place.person, place.slot, place.customer


def _paired(gone: list[Place], new: list[Place]) -> list[Pair]:
    """What one person loses and gets, two and two; what is left over stands alone."""
    found: list[Pair] = []
    for alike in ALIKE:
        for one in list(gone):
            if other := next((place for place in new if alike(one, place)), None):
                gone.remove(one)
                new.remove(other)
                found.append((one, other))
    found += [(one, None) for one in gone] + [(None, one) for one in new]
    return sorted(found, key=lambda pair: min(place.starts_at for place in pair if place))


def with_matches(pairs: Iterable[Pair], plan: Plan) -> list[Change]:
    """The changes of one page, as they are shown."""
    rows = list(pairs)
    wanted = [place.pk for pair in rows for place in pair if place]
    shown = ("person", "customer", "slot__format", "slot__unit")
    found = Assignment.objects.filter(pk__in=wanted).select_related(*shown).annotate(unheard=Count("issues"))
    cards = {card.match.pk: card for card in cards_of(plan, list(found))}
    return [Change(*(place and cards[place.pk] for place in pair)) for pair in rows]

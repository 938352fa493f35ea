"""What somebody is asked for: an encounter counts for every promise it can, and no two are on one day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from .owing import Window


@dataclass(frozen=True, slots=True)
class Asked:
    """One encounter: the days within which it is owed, and the slots in which it can be."""

    window: Window
    slots: frozenset[int]

    def also(self, other: "Asked") -> "Asked":
        """One that counts for both."""
        return Asked(self.window & other.window, self.slots & other.slots)


class Together:
    """Joins what each of us owes by several promises, and sees to it that not all count on the same seats."""

    def __init__(self, seats: Mapping[int, int], days: Mapping[int, tuple[date, date]]) -> None:
        """By slot: its seats, and its first and its last day."""
        self.left: dict[int, float] = dict(seats)
        self.days = days

    def asked(self, owed: Iterable[Asked], stays: AbstractSet[int] = frozenset()) -> list[Asked]:
        """What one person is asked for, by their days; `stays` are the slots they had in the plan before.

        Those with the fewest days are settled first. A longer one is joined to the one with which it shares
        most seats, and stands alone only where no slot would do for both.
        """
        found: list[Asked] = []
        for one in sorted(owed, key=lambda one: (one.window.days, one.window.first)):
            if joins := [other for other in found if other.slots & one.slots]:
                best = max(joins, key=lambda other: self._worth(other, one, stays))
                found[found.index(best)] = both = best.also(one)
                self._count_on(both)
            else:
                found.append(one)
        return self._apart(sorted(found, key=lambda one: (one.window.first, one.window.last)), stays)

    def _worth(self, one: Asked, other: Asked, stays: AbstractSet[int]) -> tuple[int, int, float]:
        shared = one.slots & other.slots
        return len(shared & stays), -len(one.slots & stays), sum(self.left[slot] for slot in shared)

    def _count_on(self, one: Asked) -> None:
        for slot in one.slots:
            self.left[slot] -= 1 / len(one.slots)

    def _apart(self, found: Sequence[Asked], stays: AbstractSet[int]) -> list[Asked]:
        """A day on which two could be is left to the one that has fewer days."""
        if all(one.window.last < other.window.first for one, other in pairwise(found)):
            return list(found)
        slots = [one.slots for one in found]
        by_day = self._by_day(slots)
        days = Counter(at for on_it in by_day for at in on_it)
        for on_it in by_day:
            there = {at: still for at, mine in on_it.items() if (still := slots[at] & mine)}
            keeps = min(there, key=lambda at: (not there[at] & stays, days[at]), default=None)
            for at in there.keys() - {keeps}:
                slots[at] -= there[at]
                days[at] -= 1
        return [replace(one, slots=left) for one, left in zip(found, slots, strict=True)]

    def _by_day(self, slots: Sequence[frozenset[int]]) -> list[dict[int, set[int]]]:
        """Day by day, which slots of each begin or end on it."""
        found: dict[date, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        for at, mine in enumerate(slots):
            for slot in mine:
                for day in self.days[slot]:
                    found[day][at].add(slot)
        return [found[day] for day in sorted(found)]

"""The seats a plan does not fill as it likes: locked, left to chance, and given to those who met before."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from random import Random

from coalface.methods.choosing import drawn, lagging
from coalface.methods.meetings import Match, Problem


class Seats:
    """Who sits where, how many customers each still has to ask, and who has been asked already."""

    def __init__(self, problem: Problem, assigned: Mapping[str, Iterable[str]]) -> None:
        self.problem = problem
        self.openings = {opening.key: opening for opening in problem.openings}
        self.candidates = {one.key: one for one in sorted(problem.candidates, key=lambda one: one.key)}
        self.matches = sorted(
            problem.locked, key=lambda match: (match.seeker, match.opening, match.candidate or "")
        )
        self.room: dict[tuple[str, str], int] = {}
        for seeker in sorted(assigned):
            for slot in sorted(set(assigned[seeker]) & self.openings.keys()):
                self.room[seeker, slot] = self.openings[slot].customers
        self.left = {key: one.at_most for key, one in self.candidates.items()}
        self.met: set[tuple[str, str]] = set()
        for match in self.matches:
            self._take(match)
        self.places = sum(self.room.values())

    def _take(self, match: Match) -> None:
        seat = match.seeker, match.opening
        if match.candidate is not None:
            self.room[seat] = max(0, self.room.get(seat, 0) - 1)
            self.left[match.candidate] = self.left.get(match.candidate, 0) - 1
            self.met.add((match.seeker, match.candidate))

    def add(self, seeker: str, slot: str, candidate: str | None, way: str) -> None:
        match = Match(seeker, slot, candidate, way)
        self.matches.append(match)
        self._take(match)

    def may(self, seeker: str, slot: str, candidate: str) -> bool:
        """Whether this customer can be asked into this seat now."""
        come = self.problem.may_come.get(candidate)
        return (
            self.room.get((seeker, slot), 0) > 0
            and self.left.get(candidate, 0) > 0
            and candidate in self.problem.may_meet.get(seeker, ())
            and (seeker, candidate) not in self.met
            and (come is None or slot in come)
        )


def share_of(places: int, share: float, chance: Random) -> int:
    """How many of so many places a share is: rounded up or down by chance, so that it holds in the long run.

    Shapes: numbers. Units: places. Errors: ValueError if the share is not within 0 and 1.
    Source: randomised rounding (Raghavan & Thompson 1987).

    >>> share_of(20, 0.15, Random(1))
    3
    """
    if not 0 <= share <= 1:
        raise ValueError("A share lies between 0 and 1")
    exact = round(places * share, 9)
    return math.floor(exact) + (chance.random() < exact - math.floor(exact))


def leave_to_chance(seats: Seats, number: int, chance: Random) -> None:
    """Draw so many customers from the whole base by stratum, then for each one of the seats that can take
    them.

    Shapes: the seats, changed in place. Units: customers. Errors: none; fewer are drawn if no more fit.
    Source: proportional stratified sampling (Cochran 1977, chapter 5), as `matching.stratified_choice`.

    >>> from coalface.methods.meetings import Candidate, Opening
    >>> eva = Candidate("eva", "private", False, 1, {})
    >>> problem = Problem(
    ...     openings=(Opening("a", 1, 1, "x"),), candidates=(eva,), may_meet={"ada": frozenset({"eva"})}
    ... )
    >>> seats = Seats(problem, {"ada": ("a",)})
    >>> leave_to_chance(seats, 1, Random(1))
    >>> seats.matches
    [Match(seeker='ada', opening='a', candidate='eva', way='random', gain=0.0, issues=())]
    """
    who_meets: dict[str, list[str]] = {}
    for seeker in sorted({seeker for seeker, _ in seats.room}):
        for key in seats.problem.may_meet.get(seeker, ()):
            who_meets.setdefault(key, []).append(seeker)
    slots: dict[str, list[str]] = {}
    for seeker, slot in seats.room:
        slots.setdefault(seeker, []).append(slot)
    names: dict[str, list[str]] = {}
    for key, one in seats.candidates.items():
        if key in who_meets:
            names.setdefault(one.stratum, []).append(key)
    met: Counter[str] = Counter()
    while number and (names := {stratum: who for stratum, who in sorted(names.items()) if who}):
        stratum = drawn(
            lagging(seats.problem.shares, met, {key: len(who) for key, who in names.items()}), chance
        )
        among = names[stratum]
        at = int(chance.random() * len(among))
        key, among[at] = among[at], among[-1]
        among.pop()
        fitting = [(who, slot) for who in who_meets[key] for slot in slots[who] if seats.may(who, slot, key)]
        if fitting:
            seats.add(*fitting[int(chance.random() * len(fitting))], key, "random")
            met[stratum] += 1
            number -= 1


def meet_again(seats: Seats, number: int, worth: Mapping[tuple[str, str], float]) -> None:
    """Give so many places to people and customers who met before, those first that are worth most.

    Shapes: the seats, changed in place; `worth` by pair (seeker, customer), missing: 0. Units: customers.
    Errors: none; fewer if no more fit. Source: own rule.

    >>> from coalface.methods.meetings import Candidate, Opening
    >>> eva = Candidate("eva", "private", False, 1, {})
    >>> problem = Problem(
    ...     openings=(Opening("a", 1, 1, "x"),), candidates=(eva,), may_meet={"ada": frozenset({"eva"})},
    ...     met_before=frozenset({("ada", "eva")}),
    ... )
    >>> seats = Seats(problem, {"ada": ("a",)})
    >>> meet_again(seats, 1, {})
    >>> [(match.candidate, match.way) for match in seats.matches]
    [('eva', 'continuity')]
    """
    slots: dict[str, list[str]] = {}
    for seeker, slot in seats.room:
        slots.setdefault(seeker, []).append(slot)
    for seeker, key in sorted(seats.problem.met_before, key=lambda pair: (-worth.get(pair, 0.0), pair)):
        fitting = [slot for slot in slots.get(seeker, ()) if seats.may(seeker, slot, key)]
        if number and fitting:
            seats.add(seeker, fitting[0], key, "continuity")
            number -= 1


def draw_places(seats: Seats, chance: Random) -> None:
    """Where nobody is asked by name, place and hour are what is drawn: everybody changes seats with what is
    free.

    Shapes: the seats, changed in place. Units: none. Errors: none. Locked seats stay. Each seat without
    named customers is given up in turn and one drawn among it and all free ones that its person could take:
    first the stratum (place × part of day) that lies furthest behind, then the slot.
    Source: proportional stratified sampling (Cochran 1977, chapter 5), every stratum alike.

    >>> from coalface.methods.meetings import Opening, Seeker
    >>> ada = Seeker("ada", "top", 1, 1, frozenset("ab"))
    >>> seats = Seats(Problem((ada,), (Opening("a", 1, 0, "x"), Opening("b", 1, 0, "y"))), {"ada": ("a",)})
    >>> draw_places(seats, Random(2))
    >>> list(seats.room)
    [('ada', 'b')]
    """
    locked = {(match.seeker, match.opening) for match in seats.problem.locked}
    turns = [seat for seat in seats.room if seat not in locked and not seats.openings[seat[1]].customers]
    chance.shuffle(turns)
    free = _Free(seats)
    taken: Counter[str] = Counter()
    for seeker, slot in turns:
        free.leave(seeker, slot)
        offered = free.to(seeker, slot)
        numbers = {stratum: len(slots) for stratum, slots in offered.items()}
        stratum = drawn(lagging(dict.fromkeys(offered, 1.0), taken, numbers), chance)
        taken[stratum] += 1
        free.take(seeker, offered[stratum][int(chance.random() * len(offered[stratum]))])
    seats.room = dict(sorted(seats.room.items()))


class _Free:
    """Slots without named customers that still have a seat."""

    def __init__(self, seats: Seats) -> None:
        self.seats, self.room = seats, seats.room
        self.slots = {seeker.key: seeker.slots for seeker in seats.problem.seekers}
        self.used = Counter(slot for _, slot in self.room)
        self.held: dict[str, set[str]] = {}
        for seeker, slot in self.room:
            self.held.setdefault(seeker, set()).add(slot)
        self.clashes: dict[str, set[str]] = {key: set() for key in seats.openings}
        for key, one in seats.openings.items():
            for other in one.clashes & self.clashes.keys():
                self.clashes[key].add(other)
                self.clashes[other].add(key)

    def leave(self, seeker: str, slot: str) -> None:
        del self.room[seeker, slot]
        self.held[seeker].remove(slot)
        self.used[slot] -= 1

    def take(self, seeker: str, slot: str) -> None:
        self.room[seeker, slot] = 0
        self.held[seeker].add(slot)
        self.used[slot] += 1

    def to(self, seeker: str, left: str) -> dict[str, list[str]]:
        """What this person could take, by stratum; what they just left is always among it."""
        found: dict[str, list[str]] = {}
        held = self.held[seeker]
        for key in sorted(self.slots.get(seeker, frozenset()) & self.clashes.keys() | {left}):
            one = self.seats.openings[key]
            fits = self.used[key] < one.seats and key not in held and self.clashes[key].isdisjoint(held)
            if key == left or (fits and not one.customers):
                found.setdefault(one.stratum, []).append(key)
        return found

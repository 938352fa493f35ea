"""From people, seats and customers to the numbers that are searched, and back."""

from dataclasses import dataclass
from itertools import chain
from random import Random

from coalface.methods.coverage import Field
from coalface.methods.meetings import Match, Problem
from coalface.methods.shares import Seats

# Who, in which slot, how many customers it still wants; the level of several, their seats, their customers.
Seat = tuple[str, str, int]
Place = tuple[str, tuple[Seat, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Laid:
    """A field, the seats of each of its places, and its customers' keys."""

    field: Field
    places: tuple[tuple[Seat, ...], ...]
    candidates: tuple[str, ...]


def weights(problem: Problem) -> dict[tuple[str, str], float]:
    """What each issue is worth to each level while that has not heard it: value × blindness, where positive.

    Shapes: by level and issue. Units: those of the values. Errors: ValueError if a value is negative or a
    blindness
    or a chance lies outside 0 to 1. Source: definition (expected blind spots closed).

    >>> weights(Problem(values={"queue": 2.0}, blind={"top": {"queue": 0.5}}))
    {('top', 'queue'): 1.0}
    """
    if any(value < 0 for value in problem.values.values()):
        raise ValueError("A value cannot be negative")
    chances = chain.from_iterable(one.raises.values() for one in problem.candidates)
    blindness = chain.from_iterable(issues.values() for issues in problem.blind.values())
    if any(not 0 <= number <= 1 for number in chain(chances, blindness)):
        raise ValueError("A chance lies between 0 and 1")
    return {
        (level, issue): problem.values[issue] * problem.blind[level][issue]
        for level in sorted(problem.blind)
        for issue in sorted(problem.blind[level])
        if problem.values.get(issue, 0) * problem.blind[level][issue] > 0
    }


def lay(seats: Seats, left: dict[tuple[str, str], float], chance: Random) -> Laid:
    """What is still to be filled: places, the pairs that fit, and what each would raise.

    Seats of one level into which the same customers can come are one place. Of customers whom nothing tells
    apart as many are drawn as there is room for: more could not be chosen. `left` is what each issue is still
    worth to each level.
    Shapes: as `Field` says. Units: those of the values. Errors: none. Source: definition.

    >>> from coalface.methods.meetings import Candidate, Opening, Seeker
    >>> problem = Problem(
    ...     (Seeker("ada", "top", 1, 1, frozenset("a")),), (Opening("a", 1, 1, "x"),),
    ...     (Candidate("eva", "private", False, 1, {"queue": 0.5}),), may_meet={"ada": frozenset({"eva"})},
    ... )
    >>> laid = lay(Seats(problem, {"ada": ("a",)}), {("top", "queue"): 1.0}, Random(1))
    >>> laid.places, laid.candidates, laid.field.pairs
    (((('ada', 'a', 1),),), ('eva',), 1)
    """
    import numpy as np

    places = _drawn(seats, _places(seats), chance)
    customers = tuple(sorted({key for _, _, keys in places for key in keys}))
    number = {key: at for at, key in enumerate(customers)}
    cells = {cell: at for at, cell in enumerate(left)}
    place, candidate, first, cell, chances = [], [], [0], [], []
    for at, (level, _, keys) in enumerate(places):
        for key in keys:
            place.append(at)
            candidate.append(number[key])
            for issue, q in sorted(seats.candidates[key].raises.items()):
                hit = cells.get((level, issue))
                if hit is not None and q > 0:
                    cell.append(hit)
                    chances.append(q)
            first.append(len(cell))
    used, cell_of = np.unique(np.array(cell, dtype=np.int64), return_inverse=True)
    field = Field(
        np.array([sum(wanted for _, _, wanted in there) for _, there, _ in places], dtype=np.int64),
        np.array(place, dtype=np.int64),
        np.array(candidate, dtype=np.int64),
        np.array(first, dtype=np.int64),
        cell_of,
        np.array(chances, dtype=float),
        np.array(list(left.values()), dtype=float)[used] if len(used) else np.zeros(0),
        len(customers),
    )
    return Laid(field, tuple(there for _, there, _ in places), customers)


def _places(seats: Seats) -> list[Place]:
    problem, levels = seats.problem, {seeker.key: seeker.level for seeker in seats.problem.seekers}
    open_to: dict[str, list[str]] = {}
    for (seeker, slot), room in sorted(seats.room.items()):
        if room > 0 and seeker in levels:
            open_to.setdefault(seeker, []).append(slot)
    found: dict[tuple[str, tuple[str, ...]], list[Seat]] = {}
    for seeker, slots in open_to.items():
        may_meet = sorted(
            key
            for key in problem.may_meet.get(seeker, ())
            if seats.left.get(key, 0) > 0 and (seeker, key) not in seats.met
        )
        tied = [key for key in may_meet if key in problem.may_come]
        alike: dict[frozenset[str], list[str]] = {}
        for slot in slots:
            alike.setdefault(frozenset(key for key in tied if slot in problem.may_come[key]), []).append(slot)
        for come, together in alike.items():
            keys = tuple(key for key in may_meet if key not in problem.may_come or key in come)
            there = found.setdefault((levels[seeker], keys), [])
            there += [(seeker, slot, seats.room[seeker, slot]) for slot in together]
    return [(level, tuple(there), keys) for (level, keys), there in found.items()]


def _drawn(seats: Seats, places: list[Place], chance: Random) -> list[Place]:
    """The places with fewer customers: of those alike no more than the places they can take have room for."""
    can_take: dict[str, list[int]] = {}
    for at, (_, _, keys) in enumerate(places):
        for key in keys:
            can_take.setdefault(key, []).append(at)
    alike: dict[object, list[str]] = {}
    for key, where in sorted(can_take.items()):
        one = seats.candidates[key]
        told = (tuple(sorted(one.raises.items())), one.after_purchase, tuple(where))
        alike.setdefault(told, []).append(key)
    room = [sum(wanted for _, _, wanted in there) for _, there, _ in places]
    kept: set[str] = set()
    for who in alike.values():
        most = sum(room[at] for at in can_take[who[0]])
        kept.update(who if len(who) <= most else chance.sample(who, most))
    return [(level, there, tuple(key for key in keys if key in kept)) for level, there, keys in places]


def matched(laid: Laid, chosen: list[int]) -> list[Match]:
    """The chosen pairs as matches, customers in the order of their keys, slots in the order of theirs.

    Shapes: numbers of pairs. Units: none. Errors: none. Source: definition.

    >>> import numpy as np
    >>> nothing = np.zeros(1, int)
    >>> field = Field(nothing + 1, nothing, nothing, np.zeros(2, int), *[np.zeros(0)] * 3, 1)
    >>> matched(Laid(field, ((("ada", "a", 1),),), ("eva",)), [0])
    [Match(seeker='ada', opening='a', candidate='eva', way='best', gain=0.0, issues=())]
    """
    free = [[seat for *seat, wanted in there for _ in range(wanted)] for there in laid.places]
    found = []
    for pair in sorted(chosen):
        seeker, slot = free[int(laid.field.place[pair])].pop(0)
        found.append(Match(seeker, slot, laid.candidates[int(laid.field.candidate[pair])], "best"))
    return found

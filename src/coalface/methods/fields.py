"""From people, seats and customers to the numbers that are searched, and back."""

from dataclasses import dataclass
from itertools import chain

from coalface.methods.coverage import Field
from coalface.methods.meetings import Match, Problem
from coalface.methods.shares import Seats


@dataclass(frozen=True, slots=True)
class Laid:
    """A field, the slots of each of its places with the customers each still wants, and its customers'
    keys."""

    field: Field
    places: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
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


def lay(seats: Seats, left: dict[tuple[str, str], float]) -> Laid:
    """What is still to be filled: places, the pairs that fit, and what each would raise.

    Seats of one person into which the same customers can come are one place. `left` is what each issue is
    still
    worth to each level.
    Shapes: as `Field` says. Units: those of the values. Errors: none. Source: definition.

    >>> from coalface.methods.meetings import Candidate, Opening, Seeker
    >>> problem = Problem(
    ...     (Seeker("ada", "top", 1, 1, frozenset("a")),), (Opening("a", 1, 1, "x"),),
    ...     (Candidate("eva", "private", False, 1, {"queue": 0.5}),), may_meet={"ada": frozenset({"eva"})},
    ... )
    >>> laid = lay(Seats(problem, {"ada": ("a",)}), {("top", "queue"): 1.0})
    >>> laid.places, laid.candidates, laid.field.pairs
    ((('ada', (('a', 1),)),), ('eva',), 1)
    """
    import numpy as np

    places = _places(seats)
    customers = tuple(sorted({key for _, _, keys in places for key in keys}))
    number = {key: at for at, key in enumerate(customers)}
    cells = {cell: at for at, cell in enumerate(left)}
    level = {seeker.key: seeker.level for seeker in seats.problem.seekers}
    place, candidate, first, cell, chance = [], [], [0], [], []
    for at, (seeker, _, keys) in enumerate(places):
        for key in keys:
            place.append(at)
            candidate.append(number[key])
            for issue, q in sorted(seats.candidates[key].raises.items()):
                hit = cells.get((level[seeker], issue))
                if hit is not None and q > 0:
                    cell.append(hit)
                    chance.append(q)
            first.append(len(cell))
    used, cell_of = np.unique(np.array(cell, dtype=np.int64), return_inverse=True)
    field = Field(
        np.array([sum(wanted for _, wanted in slots) for _, slots, _ in places], dtype=np.int64),
        np.array(place, dtype=np.int64),
        np.array(candidate, dtype=np.int64),
        np.array(first, dtype=np.int64),
        cell_of,
        np.array(chance, dtype=float),
        np.array(list(left.values()), dtype=float)[used] if len(used) else np.zeros(0),
        len(customers),
    )
    return Laid(field, tuple((seeker, slots) for seeker, slots, _ in places), customers)


def _places(seats: Seats) -> list[tuple[str, tuple[tuple[str, int], ...], list[str]]]:
    """Person, slots with the customers each wants, and the customers who may be asked."""
    problem, levels = seats.problem, {seeker.key for seeker in seats.problem.seekers}
    open_to: dict[str, list[str]] = {}
    for (seeker, slot), room in sorted(seats.room.items()):
        if room > 0 and seeker in levels:
            open_to.setdefault(seeker, []).append(slot)
    found = []
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
            keys = [key for key in may_meet if key not in problem.may_come or key in come]
            found.append((seeker, tuple((slot, seats.room[seeker, slot]) for slot in together), keys))
    return found


def matched(laid: Laid, chosen: list[int]) -> list[Match]:
    """The chosen pairs as matches, customers in the order of their keys, slots in the order of theirs.

    Shapes: numbers of pairs. Units: none. Errors: none. Source: definition.

    >>> import numpy as np
    >>> nothing = np.zeros(1, int)
    >>> field = Field(nothing + 1, nothing, nothing, np.zeros(2, int), *[np.zeros(0)] * 3, 1)
    >>> matched(Laid(field, (("ada", (("a", 1),)),), ("eva",)), [0])
    [Match(seeker='ada', opening='a', candidate='eva', way='best', gain=0.0, issues=())]
    """
    free = [[slot for slot, wanted in slots for _ in range(wanted)] for _, slots in laid.places]
    found = []
    for pair in sorted(chosen):
        at = int(laid.field.place[pair])
        found.append(
            Match(
                laid.places[at][0], free[at].pop(0), laid.candidates[int(laid.field.candidate[pair])], "best"
            )
        )
    return found

"""Who may still take which slot once what is locked is taken away, and overlaps taken apart again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress

from coalface.methods.flows import Pairs
from coalface.methods.meetings import Match, Opening, Problem, Seeker


@dataclass(frozen=True, slots=True)
class Ground:
    """People and slots by position, in the order of their keys; `needs` and `seats` are what is left of both.

    `reach[i]` are the slots person i may still take, `cliques[i]` a number for each: slots with the same
    number overlap pairwise. `held[i]` are the slots they hold already. `clashes` works in both directions.
    `overbooked` says where more people are held already than there are seats, and how many more.
    """

    seekers: tuple[Seeker, ...]
    openings: tuple[Opening, ...]
    needs: tuple[int, ...]
    seats: tuple[int, ...]
    reach: tuple[tuple[int, ...], ...]
    cliques: tuple[tuple[int, ...], ...]
    held: tuple[tuple[int, ...], ...]
    clashes: Mapping[int, frozenset[int]]
    overbooked: Mapping[int, int]
    has_time: Mapping[str, Collection[str]]

    def pairs(self) -> Pairs:
        left = [person for person, slots in enumerate(self.reach) for _ in slots]
        return Pairs(left, [*chain.from_iterable(self.reach)], [*chain.from_iterable(self.cliques)])

    def fits(self, slot: int, taken: Collection[int]) -> bool:
        return slot not in taken and self.clashes.get(slot, frozenset()).isdisjoint(taken)


def lay_out(
    problem: Problem, *, held: Sequence[Match] = (), barred: Collection[tuple[str, str]] = frozenset()
) -> Ground:
    """The problem by position, less what `problem.locked` and `held` take and without the pairs `barred`.

    Nobody needs more than `at_most` here, however much they owe. Matches of unknown people still take their
    seat; slots nobody knows are passed over.
    Shapes: a problem, matches that stay, pairs (seeker, opening). Units: encounters and seats.
    Errors: ValueError when two people or two slots have the same key. Source: definition.

    >>> ada = Seeker("ada", "top", owes=1, at_most=1, slots=frozenset({"monday"}))
    >>> ground = lay_out(Problem(seekers=(ada,), openings=(Opening("monday", 2, 0, "shop"),)))
    >>> ground.needs, ground.seats, ground.reach
    ((1,), (2,), ((0,),))
    """
    seekers = tuple(sorted(problem.seekers, key=lambda seeker: seeker.key))
    openings = tuple(sorted(problem.openings, key=lambda opening: opening.key))
    at = {opening.key: position for position, opening in enumerate(openings)}
    if len(at) < len(openings) or len({seeker.key for seeker in seekers}) < len(seekers):
        raise ValueError("Two people or two slots have the same key")
    stay = {(match.seeker, match.opening): match for match in (*problem.locked, *held)}
    seats = [opening.seats for opening in openings]
    mine: dict[str, list[int]] = {seeker.key: [] for seeker in seekers}
    for who, slot in sorted(stay):
        if slot in at:
            seats[at[slot]] -= 1
            mine.get(who, []).append(at[slot])
    clashes = _clashes(openings, at)
    barred_at = {(who, at[slot]) for who, slot in barred if slot in at}
    reach = tuple(_reach(seeker, mine[seeker.key], at, clashes, barred_at) for seeker in seekers)
    needs = tuple(max(0, min(one.owes, one.at_most) - len(mine[one.key])) for one in seekers)
    return Ground(
        seekers,
        openings,
        needs,
        tuple(max(0, left) for left in seats),
        reach,
        _cliques(needs, reach, clashes),
        tuple(tuple(mine[seeker.key]) for seeker in seekers),
        clashes,
        {slot: -left for slot, left in enumerate(seats) if left < 0},
        problem.has_time,
    )


def _clashes(openings: Sequence[Opening], at: Mapping[str, int]) -> dict[int, frozenset[int]]:
    both: dict[int, set[int]] = {}
    for position, opening in enumerate(openings):
        for other in opening.clashes:
            if other in at and at[other] != position:
                both.setdefault(position, set()).add(at[other])
                both.setdefault(at[other], set()).add(position)
    return {position: frozenset(others) for position, others in both.items()}


def _reach(
    seeker: Seeker,
    mine: Sequence[int],
    at: Mapping[str, int],
    clashes: Mapping[int, frozenset[int]],
    barred: Collection[tuple[str, int]],
) -> tuple[int, ...]:
    blocked = set(mine).union(*(clashes.get(slot, ()) for slot in mine))
    known = sorted([at[slot] for slot in seeker.slots if slot in at])
    if not blocked and not barred:
        return tuple(known)
    return tuple(slot for slot in known if slot not in blocked and (seeker.key, slot) not in barred)


def _cliques(
    needs: Sequence[int], reach: Sequence[Sequence[int]], clashes: Mapping[int, frozenset[int]]
) -> tuple[tuple[int, ...], ...]:
    """For whoever needs one slot nothing can overlap; for others each slot joins the first set it fits."""
    found, next_number = [], 0
    for need, slots in zip(needs, reach, strict=True):
        if need < 2 or not clashes:
            found.append((-1,) * len(slots))
            continue
        numbers: list[int] = []
        sets: list[set[int]] = []
        for slot in slots:
            beside = clashes.get(slot)
            if beside is None:
                numbers.append(-1)
                continue
            fits = next((n for n, members in enumerate(sets) if members <= beside), len(sets))
            if fits == len(sets):
                sets.append(set())
            sets[fits].add(slot)
            numbers.append(next_number + fits)
        next_number += len(sets)
        found.append(tuple(numbers))
    return tuple(found)


def slots_of(ground: Ground, taken: Sequence[int]) -> list[list[int]]:
    """The slots each person takes, from how often each pair of `ground.pairs()` is taken.

    Shapes: one number for each pair; a list of slots for each person. Units: positions. Errors: none.
    Source: definition.

    >>> ada = Seeker("ada", "top", owes=1, at_most=1, slots=frozenset("ab"))
    >>> slots_of(lay_out(Problem((ada,), (Opening("a", 1, 0, "x"), Opening("b", 1, 0, "x")))), [0, 1])
    [[1]]
    """
    each = iter(taken)
    return [[*compress(slots, each)] for slots in ground.reach]


def untangled(ground: Ground, taken: Sequence[Sequence[int]]) -> list[list[int]]:
    """What each takes, without overlaps: some are given up, and other slots looked for, one exchange deep.

    Shapes: for each person of `ground` the positions of slots taken. Units: none.
    Nothing changes where nothing overlaps. The same input gives the same answer.
    Errors: none. Source: own rule; choosing slots that overlap only in part is hard (interval scheduling with
    given machines, Kolen et al. 2007), so what is not repaired this way is not proven impossible either.

    >>> ada = Seeker("ada", "top", owes=2, at_most=2, slots=frozenset("abc"))
    >>> slots = (Opening("a", 1, 0, "x", frozenset("b")), Opening("b", 1, 0, "x"), Opening("c", 1, 0, "x"))
    >>> untangled(lay_out(Problem(seekers=(ada,), openings=slots)), [[0, 1]])
    [[0, 2]]
    """
    kept = [_without_overlaps(ground, slots) for slots in taken]
    if kept == [sorted(slots) for slots in taken]:
        return kept
    holders: list[list[int]] = [[] for _ in ground.openings]
    for person, slots in enumerate(kept):
        for slot in slots:
            holders[slot].append(person)
    for person, slots in enumerate(kept):
        while len(slots) < ground.needs[person] and _one_more(ground, person, kept, holders):
            pass
    return [sorted(slots) for slots in kept]


def _without_overlaps(ground: Ground, slots: Sequence[int]) -> list[int]:
    if len(slots) < 2:
        return list(slots)
    kept: list[int] = []
    among = set(slots)
    for slot in sorted(slots, key=lambda slot: (len(ground.clashes.get(slot, frozenset()) & among), slot)):
        if ground.fits(slot, kept):
            kept.append(slot)
    return sorted(kept)


def _one_more(ground: Ground, person: int, kept: list[list[int]], holders: list[list[int]]) -> bool:
    """A free slot for this person, or one whose holder can go elsewhere; says whether there was one."""
    wanted = [slot for slot in ground.reach[person] if ground.fits(slot, kept[person])]
    for slot in wanted:
        if len(holders[slot]) < ground.seats[slot]:
            _take(person, slot, kept, holders)
            return True
    for slot in wanted:
        for other in holders[slot]:
            rest = [one for one in kept[other] if one != slot]
            for instead in ground.reach[other]:
                free = len(holders[instead]) < ground.seats[instead]
                if free and instead != slot and ground.fits(instead, rest):
                    kept[other].remove(slot)
                    holders[slot].remove(other)
                    _take(other, instead, kept, holders)
                    _take(person, slot, kept, holders)
                    return True
    return False


def _take(person: int, slot: int, kept: list[list[int]], holders: list[list[int]]) -> None:
    kept[person].append(slot)
    holders[slot].append(person)

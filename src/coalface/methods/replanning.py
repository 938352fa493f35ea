"""A plan after slots went or people fell out: what was arranged stays, and as little as possible is moved."""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coalface.methods.feasibility import Flow, assign
from coalface.methods.meetings import Match, Problem
from coalface.methods.pairing import Ground, lay_out

Pair = tuple[int, int]
Step = tuple[int, int | None, int | None]
Earlier = dict[Pair, tuple[Match, ...]]


@dataclass(frozen=True, slots=True)
class Replanned:
    """What became of each earlier match, and the slots of everybody now, those kept among them.

    `vanished` could not take place any more; `disturbed` could have, and were given up so that others have
    what they owe. All three are ordered: made by hand, then by gain.
    """

    kept: tuple[Match, ...]
    vanished: tuple[Match, ...]
    disturbed: tuple[Match, ...]
    flow: Flow


def replan(problem: Problem) -> Replanned:
    """Cover as much as a new plan could, keep `problem.locked`, and of `problem.previous` what can be kept.

    Matches made by hand are kept before others, then those of most gain. Whoever lacks an encounter gets a
    free seat if there is one, by moving those who were not arranged before; only then earlier matches are
    moved, the fewest first. To go on, hold `kept` as locked.
    Shapes: a problem with its earlier matches; kept, vanished and disturbed are all of `previous`.
    Units: matches. The same problem in any order gives the same.
    Errors: ValueError when two people or two slots have the same key.
    Source: minimum-cost flow by successive shortest paths (Ahuja, Magnanti & Orlin 1993, chapter 9), a cost
    of 1 for each earlier match that is given up.

    >>> from coalface.methods.meetings import Opening, Seeker
    >>> people = (Seeker("ada", "top", 1, 1, frozenset("abc")), Seeker("bob", "top", 1, 1, frozenset("b")))
    >>> slots = (Opening("b", 1, 0, "shop"), Opening("c", 1, 0, "shop"))
    >>> after = replan(Problem(people, slots, previous=(Match("bob", "a"), Match("ada", "b"))))
    >>> after.disturbed, dict(after.flow.assigned)
    ((Match(seeker='ada', opening='b', candidate=None, way='best', gain=0.0, issues=()),), \
{'ada': ('c',), 'bob': ('b',)})
    """
    ground = lay_out(problem)
    earlier = _still_possible(problem, ground)
    flow = _beside(problem, earlier)
    kept = earlier
    if flow.conflicts:
        free = assign(problem)
        if flow.covered < free.covered:
            kept = _moved(ground, earlier, flow)
            flow = _beside(problem, kept)
        if flow.covered < free.covered:
            kept = {pair: held for pair, held in earlier.items() if _has(ground, free, pair)}
            flow = _beside(problem, kept)
        flow = replace(flow, conflicts=free.conflicts) if flow.covered == free.covered else free
    return _told(problem, earlier, kept, flow)


def _has(ground: Ground, flow: Flow, pair: Pair) -> bool:
    return ground.openings[pair[1]].key in flow.assigned[ground.seekers[pair[0]].key]


def _beside(problem: Problem, kept: Earlier) -> Flow:
    return assign(replace(problem, locked=(*problem.locked, *_matches(kept))))


def _matches(kept: Earlier) -> list[Match]:
    return [match for matches in kept.values() for match in matches]


def _told(problem: Problem, earlier: Earlier, kept: Earlier, flow: Flow) -> Replanned:
    stay = _matches(kept)
    given_up = [match for pair, matches in earlier.items() if pair not in kept for match in matches]
    gone = set(problem.previous).difference(stay, given_up)
    return Replanned(
        tuple(sorted(stay, key=_order)),
        tuple(sorted(gone, key=_order)),
        tuple(sorted(given_up, key=_order)),
        flow,
    )


def _order(match: Match) -> tuple[bool, float, str, str, str]:
    return (match.way != "by_hand", -match.gain, match.seeker, match.opening, match.candidate or "")


def _still_possible(problem: Problem, ground: Ground) -> Earlier:
    """Earlier pairs of person and slot that fit beside what is locked and beside each other."""
    person_at = {seeker.key: position for position, seeker in enumerate(ground.seekers)}
    slot_at = {opening.key: position for position, opening in enumerate(ground.openings)}
    seats = list(ground.seats)
    taken: list[list[int]] = [list(held) for held in ground.held]
    may_be_asked = _may_be_asked(problem)
    found: Earlier = {}
    for match in sorted(set(problem.previous), key=_order):
        person, slot = person_at.get(match.seeker, -1), slot_at.get(match.opening, -1)
        if person < 0 or slot not in ground.reach[person] or not _asked(problem, match, may_be_asked):
            continue
        if (person, slot) not in found:
            full = len(taken[person]) >= ground.seekers[person].at_most
            if full or not seats[slot] or not ground.fits(slot, taken[person]):
                continue
            taken[person].append(slot)
            seats[slot] -= 1
        found[person, slot] = (*found.get((person, slot), ()), match)
        if match.candidate is not None:
            may_be_asked[match.candidate] -= 1
    return found


def _may_be_asked(problem: Problem) -> Counter[str]:
    """How often each customer may still be asked, beside what is locked."""
    left = Counter({candidate.key: candidate.at_most for candidate in problem.candidates})
    left.subtract(match.candidate for match in problem.locked if match.candidate is not None)
    return left


def _asked(problem: Problem, match: Match, left: Counter[str]) -> bool:
    customer = match.candidate
    if customer is None:
        return True
    comes = match.opening in problem.may_come.get(customer, {match.opening})
    return left[customer] > 0 and comes and customer in problem.may_meet.get(match.seeker, ())


def _moved(ground: Ground, earlier: Earlier, flow: Flow) -> Earlier:
    """Earlier pairs that remain after those who lack something are served along the cheapest paths."""
    slot_at = {opening.key: position for position, opening in enumerate(ground.openings)}
    taken = [
        {slot_at[key] for key in flow.assigned[seeker.key]} - {*held}
        for seeker, held in zip(ground.seekers, ground.held, strict=True)
    ]
    holders: list[set[int]] = [set() for _ in ground.openings]
    for person, slots in enumerate(taken):
        for slot in slots:
            holders[slot].add(person)
    dead: set[int] = set()
    for person in range(len(ground.seekers)):
        while len(taken[person]) < ground.needs[person]:
            path = _cheapest(ground, person, taken, holders, earlier, dead)
            if path is None:
                break
            for who, gives, takes in path:
                if gives is not None:
                    taken[who].discard(gives)
                    holders[gives].discard(who)
                if takes is not None:
                    taken[who].add(takes)
                    holders[takes].add(who)
    return {(person, slot): held for (person, slot), held in earlier.items() if slot in taken[person]}


def _cheapest(
    ground: Ground,
    person: int,
    taken: Sequence[set[int]],
    holders: Sequence[set[int]],
    earlier: Earlier,
    dead: set[int],
) -> list[Step] | None:
    """Who gives which slot and takes which instead, so that this person has one more; None if nobody can."""
    costs: dict[int, int] = {}
    before: dict[int, tuple[int, int | None]] = {}
    waiting: deque[int] = deque()

    def offer(slot: int, who: int, instead_of: int | None, cost: int) -> None:
        cost -= (who, slot) in earlier
        if slot not in dead and cost < costs.get(slot, len(earlier) + 1):
            costs[slot], before[slot] = cost, (who, instead_of)
            waiting.append(slot)

    for slot in ground.reach[person]:
        if ground.fits(slot, taken[person]):
            offer(slot, person, None, 0)
    best = len(earlier) + 1
    end: tuple[int, int | None] | None = None
    while waiting:
        slot = waiting.popleft()
        cost = costs[slot]
        if len(holders[slot]) < ground.seats[slot]:
            if cost < best:
                best, end = cost, (slot, None)
            continue
        for who in sorted(holders[slot]):
            dearer = cost + ((who, slot) in earlier)
            if dearer >= best:
                continue
            if len(taken[who]) > ground.needs[who]:
                best, end = dearer, (slot, who)
                continue
            rest = taken[who] - {slot}
            for instead in ground.reach[who]:
                if instead != slot and ground.fits(instead, rest):
                    offer(instead, who, slot, dearer)
    if end is None:
        dead.update(costs)  # no later exchange leads out of these either
        return None
    return _path(before, *end)


def _path(before: Mapping[int, tuple[int, int | None]], slot: int, spare: int | None) -> list[Step]:
    steps: list[Step] = [] if spare is None else [(spare, slot, None)]
    now: int | None = slot
    while now is not None and len(steps) <= len(before):
        who, gives = before[now]
        steps.append((who, gives, now))
        now = gives
    return steps

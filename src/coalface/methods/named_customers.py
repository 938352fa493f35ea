"""Whether slots that want customers by name find some: whom each of us may meet, and who can come when."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from coalface.methods.flows import Pairs, clusters, largest_flow
from coalface.methods.meetings import Candidate, Problem
from coalface.methods.pairing import lay_out, slots_of, untangled

ROUNDS = 6
TOO_MANY_PAIRS = 2_000_000

Lacking = tuple[list[str], list[str], list[tuple[str, int]], int]


@dataclass(frozen=True, slots=True)
class Pool:
    """Customers whom the same of us may meet and who can come to the same slots; `left`: may be asked."""

    candidates: tuple[str, ...]
    met_by: frozenset[int]
    come: frozenset[str] | None
    left: int

    def may_come(self, slots: Collection[str]) -> bool:
        return self.come is None or not self.come.isdisjoint(slots)


def with_customers(problem: Problem, chosen: Sequence[Sequence[int]]) -> list[list[int]]:
    """What each takes once slots without customers are taken away again and others looked for.

    A pair of person and slot that finds no customers is barred and the flow done again, a few rounds; the
    round that covers most counts. One customer for each seat: nothing is lost where everybody may meet the
    same customers. With several for each seat, or customers whom only some may meet, it is a search.
    Shapes: a problem and the slots of each person (positions in order of keys). Units: none.
    Errors: none. Source: own rule; three-dimensional matching is hard (Karp 1972).

    >>> from coalface.methods.meetings import Opening, Seeker
    >>> ada = Seeker("ada", "top", owes=1, at_most=1, slots=frozenset("ab"))
    >>> eva = Candidate("eva", "private", False, 1, {})
    >>> problem = Problem(
    ...     (ada,), (Opening("a", 1, 1, "x"), Opening("b", 1, 1, "x")), (eva,),
    ...     may_meet={"ada": frozenset({"eva"})}, may_come={"eva": frozenset("b")},
    ... )
    >>> with_customers(problem, [[0]])
    [[1]]
    """
    ground = lay_out(problem)
    classes, pools = _pools(problem)
    best: list[list[int]] | None = None
    barred: set[tuple[str, str]] = set()
    now = [list(slots) for slots in chosen]
    for _ in range(ROUNDS):
        pairs = [
            (person, slot)
            for person, slots in enumerate(now)
            for slot in slots
            if ground.openings[slot].customers
        ]
        asked = [
            (
                classes.get(ground.seekers[person].key),
                ground.openings[slot].key,
                ground.openings[slot].customers,
            )
            for person, slot in pairs
        ]
        alone = {pair for pair, served in zip(pairs, _served(asked, pools), strict=True) if not served}
        served_now = [
            [slot for slot in slots if (person, slot) not in alone] for person, slots in enumerate(now)
        ]
        if best is None or sum(map(len, served_now)) > sum(map(len, best)):
            best = served_now
        if not alone:
            break
        barred |= {(ground.seekers[person].key, ground.openings[slot].key) for person, slot in alone}
        again = lay_out(problem, barred=barred)
        now = untangled(again, slots_of(again, largest_flow(again.needs, again.seats, again.pairs()).taken))
    return best or now


def _pools(problem: Problem) -> tuple[dict[str, int], list[Pool]]:
    """The class of each person (same customers, same class) and customers in pools."""
    numbers: dict[frozenset[str], int] = {}
    classes = {
        seeker.key: numbers.setdefault(problem.may_meet[seeker.key], len(numbers))
        for seeker in problem.seekers
        if seeker.key in problem.may_meet
    }
    met_by: dict[str, list[int]] = {}
    for customers, number in numbers.items():
        for customer in customers:
            met_by.setdefault(customer, []).append(number)
    gone = Counter(match.candidate for match in problem.locked)
    together: dict[tuple[frozenset[int], frozenset[str] | None], list[Candidate]] = {}
    for candidate in sorted(problem.candidates, key=lambda candidate: candidate.key):
        if candidate.at_most > gone[candidate.key] and candidate.key in met_by:
            key = frozenset(met_by[candidate.key]), problem.may_come.get(candidate.key)
            together.setdefault(key, []).append(candidate)
    return classes, [
        Pool(
            tuple(one.key for one in members),
            met,
            come,
            sum(one.at_most - gone[one.key] for one in members),
        )
        for (met, come), members in together.items()
    ]


def _by_class(pools: Sequence[Pool]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for position, pool in enumerate(pools):
        for number in pool.met_by:
            found.setdefault(number, []).append(position)
    return found


def _served(asked: Sequence[tuple[int | None, str, int]], pools: Sequence[Pool]) -> list[bool]:
    """Which of these (class, slot, customers wanted) find all the customers they want."""
    sizes = Counter(asked)
    wanted = sorted((one for one in sizes if one[0] is not None), key=str)
    by_class = _by_class(pools)
    left, right, most = [], [], []
    for position, (number, slot, customers) in enumerate(wanted):
        for pool in by_class.get(number or 0, ()):
            if pools[pool].may_come((slot,)):
                left.append(position)
                right.append(pool)
                most.append(min(pools[pool].left, customers * sizes[wanted[position]]))
    needs = [one[2] * sizes[one] for one in wanted]
    solved = largest_flow(needs, [pool.left for pool in pools], Pairs(left, right, most=most))
    full = Counter(
        {
            one: (need - int(short)) // one[2]
            for one, need, short in zip(wanted, needs, solved.short, strict=True)
        }
    )
    answers = []
    for one in asked:
        answers.append(full[one] > 0)
        full[one] -= 1
    return answers


def too_few_customers(problem: Problem) -> Iterator[Lacking]:
    """Sets of people who have too few customers even if every slot had seats for all, one by one.

    Only those count whose slots all want customers by name. Nothing is said of very large problems
    (more than 2,000,000 pairs of people and pools of customers).
    Shapes: for each set the people, the customers they may meet, who lacks how many, and the number missing.
    Units: customers. Errors: none. Source: Hall (1935).

    >>> from coalface.methods.meetings import Opening, Seeker
    >>> people = tuple(Seeker(key, "top", 1, 1, frozenset("a")) for key in ("ada", "bob"))
    >>> problem = Problem(
    ...     people, (Opening("a", 2, 1, "x"),), (Candidate("eva", "private", False, 1, {}),),
    ...     may_meet={"ada": frozenset({"eva"}), "bob": frozenset({"eva"})},
    ... )
    >>> list(too_few_customers(problem))
    [(['ada', 'bob'], ['eva'], [('bob', 1)], 1)]
    """
    ground = lay_out(problem)
    classes, pools = _pools(problem)
    by_class = _by_class(pools)
    needs, left, right, most = [], [], [], []
    for person, seeker in enumerate(ground.seekers):
        wants = [ground.openings[slot].customers for slot in ground.reach[person]]
        needs.append(ground.needs[person] * min(wants, default=0))
        slots = {ground.openings[slot].key for slot in ground.reach[person]}
        for pool in by_class.get(classes.get(seeker.key, -1), ()) if needs[-1] else ():
            if pools[pool].may_come(slots):
                left.append(person)
                right.append(pool)
                most.append(min(pools[pool].left, needs[-1]))
        if len(left) > TOO_MANY_PAIRS:
            return
    solved = largest_flow(needs, [pool.left for pool in pools], Pairs(left, right, most=most))
    people = [person for person in range(len(needs)) if solved.lefts_reached[person]]
    pairs = [pair for pair in zip(left, right, strict=True) if solved.lefts_reached[pair[0]]]
    for together in clusters(people, pairs):
        lacks = [
            (ground.seekers[person].key, int(solved.short[person]))
            for person in together
            if solved.short[person]
        ]
        mine = sorted({pool for person, pool in pairs if person in together})
        yield (
            [ground.seekers[person].key for person in together],
            [key for pool in mine for key in pools[pool].candidates],
            lacks,
            sum(number for _, number in lacks),
        )

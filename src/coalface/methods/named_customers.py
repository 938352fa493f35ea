"""Whether slots that want customers by name find some: whom each of us may meet, and who can come when."""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coalface.methods.flows import Pairs, clusters, largest_flow
from coalface.methods.meetings import Candidate, Problem
from coalface.methods.pairing import Ground, lay_out, slots_of, untangled

ROUNDS = 6
TOO_MANY_PAIRS = 500_000

Asked = tuple[int | None, str, int]  # the class of the person, the slot, customers wanted
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
    round that covers most counts. This is a search, which may miss an arrangement that exists.
    Shapes: a problem in any order, and the slots of each person (positions in order of keys). Units: none.
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
    best: list[list[int]] = []
    barred: set[tuple[str, str]] = set()
    now = [list(slots) for slots in chosen]
    for _ in range(ROUNDS):
        alone = _without_customers(ground, classes, pools, now)
        served = [[slot for slot in slots if (who, slot) not in alone] for who, slots in enumerate(now)]
        if not best or sum(map(len, served)) > sum(map(len, best)):
            best = served
        if not alone:
            break
        barred |= {(ground.seekers[who].key, ground.openings[slot].key) for who, slot in alone}
        again = lay_out(problem, barred=barred)
        now = untangled(again, slots_of(again, largest_flow(again.needs, again.seats, again.pairs()).taken))
    return best


def _without_customers(
    ground: Ground, classes: Mapping[str, int], pools: Sequence[Pool], chosen: Sequence[Sequence[int]]
) -> set[tuple[int, int]]:
    """Pairs of person and slot for which no customers are left."""
    pairs = [
        (person, slot)
        for person, slots in enumerate(chosen)
        for slot in slots
        if ground.openings[slot].customers
    ]
    asked = [
        (classes.get(ground.seekers[who].key), ground.openings[slot].key, ground.openings[slot].customers)
        for who, slot in pairs
    ]
    return {pair for pair, served in zip(pairs, _served(asked, pools), strict=True) if not served}


def _pools(problem: Problem) -> tuple[dict[str, int], list[Pool]]:
    """The class of each person (same customers, same class) and customers in pools."""
    numbers: dict[frozenset[str], int] = {}
    classes = {
        seeker.key: numbers.setdefault(problem.may_meet[seeker.key], len(numbers))
        for seeker in sorted(problem.seekers, key=lambda seeker: seeker.key)
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


def _served(asked: Sequence[Asked], pools: Sequence[Pool]) -> list[bool]:
    """Which of these find all the customers they want: one after the other, or if that fails by a flow."""
    sizes = Counter(asked)
    wanted = sorted((one for one in sizes if one[0] is not None), key=str)
    reach = _reach(wanted, pools)
    if len(wanted) == len(sizes) and _one_after_the_other(wanted, sizes, reach, pools):
        return [True] * len(asked)
    needs = [one[2] * sizes[one] for one in wanted]
    left = [position for position, near in enumerate(reach) for _ in near]
    right = [pool for near in reach for pool in near]
    most = [min(pools[pool].left, needs[at]) for at, pool in zip(left, right, strict=True)]
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


def _reach(wanted: Sequence[Asked], pools: Sequence[Pool]) -> list[list[int]]:
    """The pools that each of these could take customers from."""
    slots = {slot for _, slot, _ in wanted}
    anywhere = [position for position, pool in enumerate(pools) if pool.come is None]
    there: dict[str, list[int]] = {slot: [] for slot in slots}
    for position, pool in enumerate(pools):
        for slot in slots & (pool.come or frozenset()):
            there[slot].append(position)
    return [
        [
            position
            for near in (there[slot], anywhere)
            for position in near
            if number in pools[position].met_by
        ]
        for number, slot, _ in wanted
    ]


def _one_after_the_other(
    wanted: Sequence[Asked], sizes: Counter[Asked], reach: Sequence[Sequence[int]], pools: Sequence[Pool]
) -> bool:
    """Whether all are served when those with least choice come first and take what most others cannot."""
    left = [pool.left for pool in pools]
    sought = Counter(position for near in reach for position in near)
    for at in sorted(range(len(wanted)), key=lambda at: len(reach[at])):
        need = wanted[at][2] * sizes[wanted[at]]
        for position in sorted((one for one in reach[at] if left[one]), key=lambda one: sought[one]):
            taken = min(need, left[position])
            left[position] -= taken
            need -= taken
            if not need:
                break
        if need:
            return False
    return True


def too_few_customers(problem: Problem) -> Iterator[Lacking]:
    """Sets of people who have too few customers even if every slot had seats for all, one by one.

    Only those count whose slots all want customers by name. With more than 500,000 pairs of people and pools
    of customers it is not asked who could come where.
    Shapes: for each set the people, the customers they may meet, who lacks how many, and what is missing.
    Units: encounters for who lacks them, customers for what is missing. Errors: none. Source: Hall (1935).

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
    each = [min((ground.openings[slot].customers for slot in slots), default=0) for slots in ground.reach]
    needs = [need * wanted for need, wanted in zip(ground.needs, each, strict=True)]
    pairs = _could_ask(ground, needs, classes, pools)
    if pairs is None:
        pools = _wherever(pools)
        pairs = _could_ask(ground, needs, classes, pools)
    if pairs is None:
        return
    left, right = [person for person, _ in pairs], [pool for _, pool in pairs]
    most = [min(pools[pool].left, needs[person]) for person, pool in pairs]
    solved = largest_flow(needs, [pool.left for pool in pools], Pairs(left, right, most=most))
    people = [person for person in range(len(needs)) if solved.lefts_reached[person]]
    near = [pair for pair in pairs if solved.lefts_reached[pair[0]]]
    for together in map(set, clusters(people, near)):
        short = {person: int(solved.short[person]) for person in sorted(together) if solved.short[person]}
        yield (
            [ground.seekers[person].key for person in sorted(together)],
            [
                key
                for pool in sorted({pool for who, pool in near if who in together})
                for key in pools[pool].candidates
            ],
            [
                (ground.seekers[person].key, math.ceil(lacks / each[person]))
                for person, lacks in short.items()
            ],
            sum(short.values()),
        )


def _could_ask(
    ground: Ground, needs: Sequence[int], classes: Mapping[str, int], pools: Sequence[Pool]
) -> list[tuple[int, int]] | None:
    """Pairs of person and pool; None where they are too many to be looked at."""
    by_class, pairs = _by_class(pools), []
    for person, seeker in enumerate(ground.seekers):
        if not needs[person]:
            continue
        slots = {ground.openings[slot].key for slot in ground.reach[person]}
        near = by_class.get(classes.get(seeker.key, -1), ())
        pairs += [(person, pool) for pool in near if pools[pool].may_come(slots)]
        if len(pairs) > TOO_MANY_PAIRS:
            return None
    return pairs


def _wherever(pools: Sequence[Pool]) -> list[Pool]:
    """The same customers as if each could come to any slot: far fewer pools."""
    together: dict[frozenset[int], list[Pool]] = {}
    for pool in pools:
        together.setdefault(pool.met_by, []).append(pool)
    return [
        Pool(
            tuple(key for pool in members for key in pool.candidates),
            met_by,
            None,
            sum(pool.left for pool in members),
        )
        for met_by, members in together.items()
    ]

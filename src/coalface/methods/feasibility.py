"""Whether everybody can have the encounters they owe; if not, who is in whose way, and what would help."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coalface.methods.flows import Solved, clusters, largest_flow
from coalface.methods.meetings import Opening, Problem, Seeker
from coalface.methods.named_customers import too_few_customers, with_customers
from coalface.methods.pairing import Ground, lay_out, slots_of, untangled


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that would resolve a conflict by itself: a code, how many in all, and how many where.

    "add_seats": `openings` says how many seats to which. "lower_owed": `seekers` says by how many for whom.
    "offer_more_slots": so many new ones for `seekers`, where those they can take are too few or overlap.
    "open_more_slots_to": to `seekers`, seats that are left over in `openings`. "ask_more_customers": so many
    more customers (not encounters) whom these people may meet.
    """

    code: str
    number: int
    seekers: tuple[tuple[str, int], ...] = ()
    openings: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """These people can take no slots but these, and `missing` encounters find no place among them.

    With `candidates` it is those customers who are too few. `proven` is False where no way was found but
    none was ruled out (slots that overlap in part, customers whom only some may meet).
    """

    seekers: tuple[str, ...]
    openings: tuple[str, ...]
    missing: int
    remedies: tuple[Remedy, ...]
    candidates: tuple[str, ...] = ()
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Flow:
    """Slots for each person, how many of the encounters owed they cover, and what stands in the way."""

    assigned: Mapping[str, tuple[str, ...]]
    covered: int
    owed: int
    conflicts: tuple[Conflict, ...] = ()

    @property
    def conflict(self) -> Conflict | None:
        """The one that most is missing in."""
        return self.conflicts[0] if self.conflicts else None


def assign(problem: Problem) -> Flow:
    """Give everybody the slots they owe, or say who is in conflict over which.

    Locked matches stay and count. Nobody gets more than they owe here, no slot more people than seats, nobody
    two slots that clash. A slot with `customers` counts only with customers for it whom this person may meet.
    Conflicts that share no slot are told apart, the one with most missing first; each names the smallest set
    of people that lacks that many: without any one of them less would be missing.
    Shapes: a problem; the same in any order gives the same. Units: encounters.
    Errors: ValueError when two people or two slots have the same key.
    Source: Ford & Fulkerson (1956) for the flow; Hall (1935) for the set in conflict.

    >>> people = [Seeker(f"e{n}", "team", 1, 1, frozenset({"s1", "s2", "s3"})) for n in (1, 2, 3, 4)]
    >>> people.append(Seeker("e5", "team", 1, 1, frozenset({"s4"})))
    >>> slots = [Opening(f"s{n}", 1, 0, "shop") for n in (1, 2, 3, 4)]
    >>> flow = assign(Problem(tuple(people), tuple(slots)))
    >>> flow.covered, flow.owed, flow.conflict.missing
    (4, 5, 1)
    >>> flow.conflict.seekers, flow.conflict.openings
    (('e1', 'e2', 'e3', 'e4'), ('s1', 's2', 's3'))
    >>> flow.conflict.remedies[0]
    Remedy(code='add_seats', number=1, seekers=(), openings=(('s1', 1),))
    """
    ground = lay_out(problem)
    solved = largest_flow(ground.needs, ground.seats, ground.pairs())
    taken = slots_of(ground, solved.taken)
    chosen = untangled(ground, taken)
    conflicts = [*_over_promised(ground), *_in_conflict(ground, solved, taken)]
    if any(opening.customers for opening in problem.openings):
        chosen = with_customers(problem, chosen)
        conflicts += _customers_missing(problem, ground, chosen)
    conflicts += _unproven(ground, chosen, conflicts)
    conflicts.sort(key=lambda one: (not one.proven, -one.missing, one.seekers))
    assigned = {
        seeker.key: tuple(ground.openings[slot].key for slot in (*held, *new))
        for seeker, held, new in zip(ground.seekers, ground.held, chosen, strict=True)
    }
    covered = sum(min(seeker.owes, len(assigned[seeker.key])) for seeker in ground.seekers)
    return Flow(assigned, covered, sum(seeker.owes for seeker in ground.seekers), tuple(conflicts))


def _over_promised(ground: Ground) -> Iterator[Conflict]:
    """Whoever owes more than they may ever have."""
    for seeker, held in zip(ground.seekers, ground.held, strict=True):
        too_many = seeker.owes - max(seeker.at_most, len(held))
        if too_many > 0:
            lower = Remedy("lower_owed", too_many, seekers=((seeker.key, too_many),))
            yield Conflict((seeker.key,), (), too_many, (lower,))


def _in_conflict(ground: Ground, solved: Solved, chosen: Sequence[Sequence[int]]) -> Iterator[Conflict]:
    people = solved.lefts_reached.nonzero()[0].tolist()
    if not people:
        return
    shared = [(who, slot) for who in people for slot in ground.reach[who] if solved.rights_reached[slot]]
    room = _room(ground, chosen)
    for together in clusters(people, shared):
        short = {person: int(solved.short[person]) for person in together if solved.short[person]}
        slots = sorted({slot for person in together for slot in ground.reach[person]})
        yield Conflict(
            tuple(ground.seekers[person].key for person in together),
            tuple(ground.openings[slot].key for slot in slots),
            sum(short.values()),
            tuple(_remedies(ground, chosen, room, short)),
        )


def _room(ground: Ground, chosen: Sequence[Sequence[int]]) -> dict[int, int]:
    """Seats that nobody takes, by slot."""
    used = Counter(slot for slots in chosen for slot in slots)
    return {slot: seats - used[slot] for slot, seats in enumerate(ground.seats) if seats > used[slot]}


def _remedies(
    ground: Ground, chosen: Sequence[Sequence[int]], room: dict[int, int], short: Mapping[int, int]
) -> Iterator[Remedy]:
    missing = sum(short.values())
    names = tuple((ground.seekers[person].key, lacks) for person, lacks in short.items())
    more = _more_seats(ground, chosen, short)
    if more is not None:
        yield Remedy("add_seats", sum(more.values()), openings=_named(ground, more))
    else:
        yield Remedy("offer_more_slots", missing, seekers=names)
    elsewhere = _elsewhere(ground, chosen, room, short)
    if elsewhere is not None:
        yield Remedy("open_more_slots_to", missing, names, _named(ground, elsewhere))
    yield Remedy("lower_owed", missing, seekers=names)


def _named(ground: Ground, slots: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
    return tuple((ground.openings[slot].key, number) for slot, number in sorted(slots.items()))


def _more_seats(
    ground: Ground, chosen: Sequence[Sequence[int]], short: Mapping[int, int]
) -> Counter[int] | None:
    """Seats to add, spread evenly over slots that those who lack some could take; None where none helps."""
    more: Counter[int] = Counter()
    for person, lacks in short.items():
        taken = list(chosen[person])
        for _ in range(lacks):
            fitting = [slot for slot in ground.reach[person] if ground.fits(slot, taken)]
            if not fitting:
                return None
            slot = min(fitting, key=lambda slot: (more[slot], slot))
            more[slot] += 1 if more[slot] else 1 + ground.overbooked.get(slot, 0)
            taken.append(slot)
    return more


def _elsewhere(
    ground: Ground, chosen: Sequence[Sequence[int]], room: dict[int, int], short: Mapping[int, int]
) -> Counter[int] | None:
    """Seats left over in slots that these people cannot take now; they are spoken for once offered here."""
    left, found = dict(room), Counter[int]()
    for person, lacks in short.items():
        taken = [*ground.held[person], *chosen[person]]
        for slot in _closed_to(ground, person, left):
            if not lacks:
                break
            if ground.fits(slot, taken):
                taken.append(slot)
                found[slot] += 1
                left[slot] -= 1
                lacks -= 1
        if lacks:
            return None
    room.update(left)
    return found


def _closed_to(ground: Ground, person: int, left: Mapping[int, int]) -> list[int]:
    """Slots with seats left that this person cannot take, and has time for as far as is known."""
    theirs = set(ground.reach[person])
    closed = [slot for slot, seats in left.items() if seats and slot not in theirs]
    times = ground.has_time.get(ground.seekers[person].key) if closed else None
    return [slot for slot in closed if times is None or ground.openings[slot].key in times]


def _customers_missing(problem: Problem, ground: Ground, chosen: Sequence[Sequence[int]]) -> list[Conflict]:
    if all(len(slots) >= need for slots, need in zip(chosen, ground.needs, strict=True)):
        return []
    found = []
    for seekers, candidates, short, customers in too_few_customers(problem):
        names, missing = frozenset(seekers), sum(number for _, number in short)
        slots = {slot for seeker in ground.seekers if seeker.key in names for slot in seeker.slots}
        remedies = (
            Remedy("ask_more_customers", customers, seekers=tuple(short)),
            Remedy("lower_owed", missing, seekers=tuple(short)),
        )
        found.append(
            Conflict(tuple(seekers), tuple(sorted(slots)), missing, remedies, candidates=tuple(candidates))
        )
    return found


def _unproven(
    ground: Ground, chosen: Sequence[Sequence[int]], conflicts: Sequence[Conflict]
) -> list[Conflict]:
    """Those who lack something beyond what is proven, one by one."""
    named = {seeker for conflict in conflicts for seeker in conflict.seekers}
    return [
        Conflict(
            (seeker.key,),
            tuple(ground.openings[slot].key for slot in reach),
            need - len(slots),
            (Remedy("lower_owed", need - len(slots), seekers=((seeker.key, need - len(slots)),)),),
            proven=False,
        )
        for seeker, reach, need, slots in zip(ground.seekers, ground.reach, ground.needs, chosen, strict=True)
        if len(slots) < need and seeker.key not in named
    ]


def assign_site(rows: Iterable[tuple[str, int, int, str, int, str]]) -> list[tuple[str, str | None]]:
    """One site's people and slots, from rows to rows, so that whatever maps over groups can map over sites.

    The same function serves `map`, a pool of processes, and Spark (`rdd.groupByKey().flatMapValues`).
    Shapes: rows (person, owes, at most, slot, seats, hour), one for each slot that a person could take; slots
    of the same hour clash, "" is no hour. Rows (person, slot) out, (person, None) for each that is missing.
    Units: encounters and seats. Errors: none; of rows that contradict each other the last is believed.
    Source: `assign`.

    >>> assign_site([("ada", 1, 1, "a", 1, "9"), ("bob", 1, 1, "a", 1, "9"), ("bob", 1, 1, "b", 1, "9")])
    [('ada', 'a'), ('bob', 'b')]
    """
    people: dict[str, tuple[int, int]] = {}
    slots: dict[str, tuple[int, str]] = {}
    reach: dict[str, set[str]] = {}
    hours: dict[str, set[str]] = {}
    for person, owes, at_most, slot, seats, hour in rows:
        people[person], slots[slot] = (owes, at_most), (seats, hour)
        reach.setdefault(person, set()).add(slot)
        if hour:
            hours.setdefault(hour, set()).add(slot)
    same_hour = {hour: frozenset(keys) for hour, keys in hours.items() if len(keys) > 1}
    flow = assign(
        Problem(
            tuple(Seeker(key, "", *numbers, frozenset(reach[key])) for key, numbers in people.items()),
            tuple(
                Opening(key, seats, 0, "", same_hour.get(hour, frozenset()) - {key})
                for key, (seats, hour) in slots.items()
            ),
        )
    )
    return [
        (person, slot)
        for person in sorted(people)
        for slot in (
            *flow.assigned[person],
            *[None] * (people[person][0] - len(flow.assigned[person])),
        )
    ]

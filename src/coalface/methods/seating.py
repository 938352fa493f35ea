"""Who sits where at an event of several rounds: guests and ours at each table, and nobody meets twice."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from random import Random
from typing import Final

Operation = Callable[[int, int], int]
Tables = tuple[tuple[str, ...], ...]
STARTS: Final = 8
STEPS: Final = 300
# Modulus polynomials of the small fields that are no primes: 4, 8, 9 and 16 elements.
FIELDS: Final[Mapping[int, tuple[int, tuple[int, ...]]]] = {
    4: (2, (1, 1)),
    8: (2, (1, 1, 0)),
    9: (3, (1, 0)),
    16: (2, (1, 1, 0, 0)),
}


@dataclass(frozen=True, slots=True)
class Seating:
    """Round by round: who sits at each table and who sits out; `at_most` rounds could be possible at all."""

    rounds: tuple[Tables, ...]
    sitting_out: tuple[tuple[str, ...], ...]
    asked: int
    at_most: int

    @property
    def complete(self) -> bool:
        """Whether all rounds that were asked for are there."""
        return len(self.rounds) == self.asked


@dataclass(frozen=True, slots=True)
class Reseating:
    """A seating after somebody did not come, who else had to move, and rounds with a table of one kind."""

    seating: Seating
    moved: tuple[str, ...]
    unmixed: tuple[int, ...]


def seat(
    *, guests: Collection[str], staff: Mapping[str, str], tables: int, rounds: int, per_table: int, seed: int
) -> Seating:
    """Seat everybody so that no two people share a table twice, each table with a guest and one of ours.

    Shapes: guests' keys; the department of each of ours by key; keys occur once. Where there are fewer guests
    or fewer of ours than tables, fewer tables are used. Tables differ in size by one at most. Where there are
    not enough seats, ours sit out before guests do, in turn: nobody sits out two rounds more than another of
    their kind. Colleagues of one department are kept apart where that is possible.
    Where the rounds asked for are not found, the result holds those that were; `at_most` is a bound by
    counting pairs, so between both nothing is known. The same seed gives the same seating.
    Units: people, tables, rounds. Errors: ValueError for no guest, nobody of ours, or fewer than one table,
    round or two seats a table.
    Source: transversal designs from finite fields (Colbourn & Dinitz 2007, Handbook of Combinatorial Designs,
    III.3): seat (i, j) sits at table j + i·r in round r; otherwise min-conflicts search (Minton et al. 1992).

    >>> ours = {"Ann": "Risk", "Bo": "Cards"}
    >>> found = seat(guests=["g1", "g2"], staff=ours, tables=2, rounds=2, per_table=2, seed=1)
    >>> found.complete, found.at_most
    (True, 2)
    >>> sorted("-".join(sorted(table)) for one in found.rounds for table in one)
    ['Ann-g1', 'Ann-g2', 'Bo-g1', 'Bo-g2']
    """
    if not guests or not staff or tables < 1 or rounds < 1 or per_table < 2:
        raise ValueError("Guests, some of ours, a table for two and a round are needed")
    rng = Random(seed)
    count = min(tables, len(guests), len(staff))
    who = _Who(_shuffled(guests, rng), _by_department(staff, rng), staff)
    at_most = min(rounds, _bound(min(len(guests) + len(staff), count * per_table), who.size, count))
    found: list[Tables] = []
    if who.size <= count * per_table:
        found = _designed(who, count, rounds)
    for _ in range(STARTS if len(found) < at_most else 0):
        tried = _searched(who, count, per_table, rounds, rng)
        found = max(found, tried, key=len)
        if len(found) >= at_most:
            break
    everybody = set(who.guests) | set(who.ours)
    out = tuple(tuple(sorted(everybody - {one for table in tables for one in table})) for tables in found)
    return Seating(tuple(found), out, rounds, max(at_most, len(found)))


def seat_again(
    *, seating: Seating, guests: Collection[str], staff: Collection[str], first: int = 0
) -> Reseating:
    """The same seating for those who are there, moving as few as possible; rounds before `first` are over.

    Shapes: `guests` and `staff` are the keys of all who are there. Who did not come leaves an empty seat; who
    came unplanned takes one, at a table where they meet nobody again. A table left without a guest or
    without one of ours gets one from a table that can spare one, if that makes nobody meet twice.
    Units: `unmixed` counts rounds from 0. Errors: none. Source: own rule.

    >>> ours = {"Ann": "Risk", "Bo": "Cards"}
    >>> found = seat(guests=["g1", "g2"], staff=ours, tables=2, rounds=2, per_table=2, seed=1)
    >>> again = seat_again(seating=found, guests=["g1", "g2", "g3"], staff=["Bo"])
    >>> again.moved, again.unmixed
    ((), (0, 1))
    """
    kinds = dict.fromkeys(guests, "guest") | dict.fromkeys(staff, "ours")
    rounds = [
        [list(table) for table in tables]
        if number < first
        else [[one for one in table if one in kinds] for table in tables]
        for number, tables in enumerate(seating.rounds)
    ]
    met = _pairs(rounds)
    planned = {one for tables in seating.rounds for table in tables for one in table}
    planned |= {one for out in seating.sitting_out for one in out}
    for newcomer in sorted(set(kinds) - planned):
        for tables in rounds[first:]:
            _join(newcomer, tables, met)
    moved: set[str] = set()
    for tables in rounds[first:]:
        moved |= _mend(tables, kinds, met)
    unmixed = tuple(
        number for number, tables in enumerate(rounds) if number >= first and _lacking(tables, kinds)
    )
    out = tuple(tuple(sorted(set(kinds) - {one for table in tables for one in table})) for tables in rounds)
    kept = tuple(tuple(tuple(table) for table in tables) for tables in rounds)
    return Reseating(Seating(kept, out, seating.asked, seating.at_most), tuple(sorted(moved)), unmixed)


@dataclass(frozen=True, slots=True)
class _Who:
    guests: list[str]
    ours: list[str]
    departments: Mapping[str, str]

    @property
    def size(self) -> int:
        return len(self.guests) + len(self.ours)


def _shuffled(keys: Collection[str], rng: Random) -> list[str]:
    order = sorted(set(keys))
    rng.shuffle(order)
    return order


def _by_department(staff: Mapping[str, str], rng: Random) -> list[str]:
    """Neighbours come from one department, so that one row of the design holds them and they never meet."""
    order = _shuffled(staff, rng)
    return sorted(order, key=lambda one: staff[one])


def _bound(seated: int, everybody: int, tables: int) -> int:
    """No seating has more rounds: each round uses up so many of all pairs."""
    small, larger = divmod(seated, tables)
    if seated == everybody and small + (larger > 0) > tables:
        return 1  # next time two of the largest table would share one of the fewer tables again
    pairs = larger * comb(small + 1, 2) + (tables - larger) * comb(small, 2)
    return comb(everybody, 2) // pairs if pairs else everybody


def _designed(who: _Who, tables: int, rounds: int) -> list[Tables]:
    """Rows of as many people as tables; two of one row never meet, two of different rows at most once."""
    rows = _rows(who, tables)
    add, times = _arithmetic(tables)
    most = _rounds_of(len(rows), tables)
    found = []
    for number in range(min(rounds, most)):
        seats: list[list[str]] = [[] for _ in range(tables)]
        for slope, row in enumerate(rows):
            for place, one in enumerate(row):
                seats[add(place, times(slope, number))].append(one)
        found.append(tuple(tuple(table) for table in seats))
    return found


def _rows(who: _Who, tables: int) -> list[list[str]]:
    """Full rows of guests, full rows of ours, and what is left over together: every table gets both kinds."""
    whole, left = [], []
    for people in (who.guests, who.ours):
        end = len(people) // tables * tables
        whole += [people[start : start + tables] for start in range(0, end, tables)]
        left += people[end:]
    return whole + [left[start : start + tables] for start in range(0, len(left), tables)]


def _rounds_of(rows: int, tables: int) -> int:
    """How many rounds the design gives: all in a field, else as long as no two rows come together again."""
    if tables in FIELDS or _is_prime(tables):
        return tables if rows <= tables else 1
    rounds = 1
    while (
        all((slope * later) % tables for slope in range(1, rows) for later in range(1, rounds + 1))
        and rounds < tables
    ):
        rounds += 1
    return rounds


def _is_prime(number: int) -> bool:
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def _arithmetic(size: int) -> tuple[Operation, Operation]:
    """Adding and multiplying numbers below `size`: in a field where there is one, else modulo."""
    if size not in FIELDS:
        return (lambda a, b: (a + b) % size), (lambda a, b: a * b % size)
    prime, rest = FIELDS[size]
    degree = len(rest)

    def digits(number: int) -> list[int]:
        return [number // prime**place % prime for place in range(degree)]

    def number_of(figures: Sequence[int]) -> int:
        return sum(figure % prime * prime**place for place, figure in enumerate(figures))

    def add(a: int, b: int) -> int:
        return number_of([x + y for x, y in zip(digits(a), digits(b), strict=True)])

    def times(a: int, b: int) -> int:
        product = [0] * (2 * degree)
        for left, x in enumerate(digits(a)):
            for right, y in enumerate(digits(b)):
                product[left + right] += x * y
        for place in range(2 * degree - 1, degree - 1, -1):
            for offset, figure in enumerate(rest):
                product[place - degree + offset] -= product[place] * figure
        return number_of(product[:degree])

    return add, times


def _searched(who: _Who, tables: int, per_table: int, rounds: int, rng: Random) -> list[Tables]:
    """Round after round by swapping those who meet again, until a round cannot be mended."""
    seats = tables * per_table
    guests = min(len(who.guests), seats - min(len(who.ours), tables))
    ours = min(len(who.ours), seats - guests)
    met: set[frozenset[str]] = set()
    found: list[Tables] = []
    for number in range(rounds):
        here = [_turn(who.guests, guests, number), _turn(who.ours, ours, number)]
        mended = _round(here, tables, number, met, who.departments, rng)
        if mended is None:
            break
        met |= _pairs([mended])
        found.append(tuple(tuple(table) for table in mended))
    return found


def _turn(people: list[str], seats: int, number: int) -> list[str]:
    """Who sits this round: the same number stand up each time, one after the other."""
    standing = len(people) - seats
    start = number * standing % len(people)
    return [people[(start + standing + place) % len(people)] for place in range(seats)]


def _round(
    here: list[list[str]],
    tables: int,
    number: int,
    met: set[frozenset[str]],
    departments: Mapping[str, str],
    rng: Random,
) -> list[list[str]] | None:
    seats: list[list[str]] = [[] for _ in range(tables)]
    for people in here:
        rng.shuffle(people)
        for place, one in enumerate(people):
            smallest = min(len(table) for table in seats)
            spread = place < tables
            fits = [
                table
                for table in seats
                if (sum(other in people for other in table) == 0 if spread else len(table) == smallest)
            ]
            fits[(number + place) % len(fits)].append(one)
    kind = {one: which for which, people in enumerate(here) for one in people}
    for _ in range(STEPS):
        again = [one for table in seats for one in table if _again(one, table, met)]
        if not again:
            return seats
        _swap(rng.choice(again), seats, kind, met, departments, rng)
    return None


def _again(one: str, table: Collection[str], met: set[frozenset[str]]) -> int:
    return sum(frozenset((one, other)) in met for other in table if other != one)


def _swap(
    one: str,
    seats: list[list[str]],
    kind: Mapping[str, int],
    met: set[frozenset[str]],
    departments: Mapping[str, str],
    rng: Random,
) -> None:
    """Change places with whoever of the same kind makes the fewest meet again; chance decides ties."""
    home = next(table for table in seats if one in table)
    best: tuple[float, float, list[str], str] | None = None
    for table in seats:
        for other in table if table is not home else ():
            if kind[other] != kind[one]:
                continue
            cost = (
                _again(one, [who for who in table if who != other], met)
                + _again(other, [who for who in home if who != one], met)
                - _again(other, table, met)
            )
            alike = sum(departments.get(one) == departments.get(who, "") for who in table if who != other)
            tried = (cost + 0.1 * alike, rng.random(), table, other)
            if best is None or tried[:2] < best[:2]:
                best = tried
    if best:
        _, _, table, other = best
        home[home.index(one)], table[table.index(other)] = other, one


def _pairs(rounds: Sequence[Sequence[Sequence[str]]]) -> set[frozenset[str]]:
    return {frozenset(pair) for tables in rounds for table in tables for pair in combinations(table, 2)}


def _join(newcomer: str, tables: list[list[str]], met: set[frozenset[str]]) -> None:
    for table in sorted(tables, key=len):
        if not _again(newcomer, table, met):
            met.update(frozenset((newcomer, other)) for other in table)
            table.append(newcomer)
            return


def _lacking(tables: Sequence[Sequence[str]], kinds: Mapping[str, str]) -> list[tuple[int, str]]:
    """Tables with people of one kind only, and the kind that is missing; an empty table lacks nothing."""
    return [
        (number, kind)
        for number, table in enumerate(tables)
        for kind in ("guest", "ours")
        if table and all(kinds.get(one) != kind for one in table)
    ]


def _mend(tables: list[list[str]], kinds: Mapping[str, str], met: set[frozenset[str]]) -> set[str]:
    """Who changed tables so that each has both kinds again."""
    moved = set()
    for number, kind in _lacking(tables, kinds):
        table = tables[number]
        if found := next(_spare(table, kind, tables, kinds, met), None):
            source, one = found
            source.remove(one)
            met.update(frozenset((one, other)) for other in table)
            table.append(one)
            moved.add(one)
    return moved


def _spare(
    table: Sequence[str],
    kind: str,
    tables: list[list[str]],
    kinds: Mapping[str, str],
    met: set[frozenset[str]],
) -> Iterator[tuple[list[str], str]]:
    for source in sorted(tables, key=len, reverse=True):
        alike = [one for one in source if kinds.get(one) == kind]
        for one in alike if len(alike) > 1 else ():
            if source is not table and not _again(one, table, met):
                yield source, one

"""Nobody's encounter stays without a customer because somebody else was given the only one they may meet."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coalface.methods.meetings import Match
from coalface.methods.shares import Seats

Seat = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Path:
    """How a customer comes to the first seat: who is to ask each, and whom each seat gives up for another."""

    asked_by: dict[str, Seat]
    gives: dict[Seat, str]
    last: str


def filled_up(seats: Seats, matches: Sequence[Match]) -> list[Match]:
    """These matches, changed so that seats with nobody to meet find somebody: by exchanges, as few as do.

    What is locked, drawn or given to those who met before in `seats` stays; of the others each keeps a
    customer. A seat stays empty only where no exchange of the others helps.
    Shapes: the seats, left as they are, and the matches chosen beside theirs. Units: matches.
    Errors: none. Source: augmenting paths (Kuhn 1955; Hopcroft & Karp 1973 for shortest ones).

    >>> from coalface.methods.meetings import Candidate, Opening, Problem
    >>> problem = Problem(
    ...     openings=(Opening("a", 2, 1, "x"),),
    ...     candidates=tuple(Candidate(key, "private", False, 1, {}) for key in ("eva", "uwe")),
    ...     may_meet={"ada": frozenset({"eva"}), "bob": frozenset({"eva", "uwe"})},
    ... )
    >>> seats = Seats(problem, {"ada": ("a",), "bob": ("a",)})
    >>> [(match.seeker, match.candidate) for match in filled_up(seats, [Match("bob", "a", "eva")])]
    [('ada', 'eva'), ('bob', 'uwe')]
    """
    filling = _Filling(seats, matches)
    there = {(match.seeker, match.opening) for match in seats.matches}
    for seat in sorted(seat for seat, room in seats.room.items() if room > 0):
        if seat not in filling.held and seat not in there and (path := filling.path(seat)):
            filling.follow(seat, path)
    return [match for seat in sorted(filling.held) for match in filling.held[seat]]


def left_possible(seats: Seats) -> Seats:
    """The same seats, without what was drawn or given in them where it left others nobody to meet.

    Shapes: seats in, seats out. Units: none. Errors: none.
    Source: own rule: everybody's encounter comes before the draw.

    >>> from coalface.methods.meetings import Candidate, Opening, Problem
    >>> problem = Problem(
    ...     openings=(Opening("a", 2, 1, "x"),),
    ...     candidates=tuple(Candidate(key, "private", False, 1, {}) for key in ("eva", "uwe")),
    ...     may_meet={"ada": frozenset({"eva"}), "bob": frozenset({"eva", "uwe"})},
    ... )
    >>> seats = Seats(problem, {"ada": ("a",), "bob": ("a",)})
    >>> seats.add("bob", "a", "eva", "random")
    >>> left_possible(seats).matches
    []
    """
    drawn = seats.matches[len(seats.problem.locked) :]
    if not drawn or _plenty(seats):
        return seats
    slots: dict[str, list[str]] = {}
    for seeker, slot in seats.room:
        slots.setdefault(seeker, []).append(slot)
    bare = Seats(seats.problem, slots)
    stays = set(filled_up(bare, drawn))
    for match in drawn:
        if match in stays:
            bare.add(match.seeker, match.opening, match.candidate, match.way)
    return bare


def _plenty(seats: Seats) -> bool:
    """Whether everybody could be asked to wait for all others, and would still find customers."""
    tied = seats.problem.may_come
    free = {key for key, left in seats.left.items() if left > 0 and key not in tied}
    theirs = {seats.problem.may_meet.get(seeker, frozenset()) for seeker, _ in seats.room}
    return all(len(free & some) >= 2 * seats.places for some in theirs)


class _Filling:
    """Who meets whom in which seat while seats are filled, and who asks each customer."""

    def __init__(self, seats: Seats, matches: Sequence[Match]) -> None:
        self.seats = seats
        self.held: dict[Seat, list[Match]] = {}
        self.asks: dict[str, set[Seat]] = {}
        self.ordered: dict[frozenset[str], list[str]] = {}
        for match in matches:
            self._put((match.seeker, match.opening), match)

    def _put(self, seat: Seat, match: Match) -> None:
        self.held.setdefault(seat, []).append(match)
        self.asks.setdefault(match.candidate or "", set()).add(seat)

    def path(self, start: Seat) -> _Path | None:
        """The shortest way to a customer who may still be asked; None where there is none."""
        found, waiting = _Path({}, {}, ""), deque([start])
        while waiting:
            seat = waiting.popleft()
            for key in self._might(seat):
                if key in found.asked_by:
                    continue
                found.asked_by[key] = seat
                there = self.asks.get(key, set())
                own = [other for other in there if other[0] == seat[0]]
                if not own and len(there) < self.seats.left.get(key, 0):
                    return replace(found, last=key)
                for other in own or sorted(there):
                    if other != start and other not in found.gives:
                        found.gives[other] = key
                        waiting.append(other)
        return None

    def _might(self, seat: Seat) -> Iterator[str]:
        """Whom this seat could ask if nobody else did."""
        seeker, slot = seat
        theirs, come = self.seats.problem.may_meet.get(seeker, frozenset()), self.seats.problem.may_come
        if theirs not in self.ordered:
            self.ordered[theirs] = sorted(key for key in theirs if self.seats.left.get(key, 0) > 0)
        for key in self.ordered[theirs]:
            if (seeker, key) not in self.seats.met and slot in come.get(key, (slot,)):
                yield key

    def follow(self, start: Seat, path: _Path) -> None:
        """Ask along the way: each seat takes the next customer and gives its own to who wanted them."""
        key = path.last
        while (seat := path.asked_by[key]) != start:
            given_up = path.gives[seat]
            [before] = [match for match in self.held[seat] if match.candidate == given_up]
            self.held[seat].remove(before)
            self.asks[given_up].remove(seat)
            self._put(seat, replace(before, candidate=key, way="best"))
            key = given_up
        self._put(start, Match(*start, key))

"""How much of what a level has not heard yet a set of meetings closes, and which set closes much."""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """Who can be put where, and what each would raise.

    `room`: P places, how many customers each takes. `place`, `candidate`: N pairs, by place. `first`: N + 1,
    where each pair's hits begin in `cell` and `chance`: M hits; a cell is an issue as one level hears it.
    `weight`: what each cell is worth while nobody has raised it. A candidate is met once at most.
    """

    room: Any
    place: Any
    candidate: Any
    first: Any
    cell: Any
    chance: Any
    weight: Any
    candidates: int

    @property
    def pairs(self) -> int:
        return len(self.place)


def closed(field: Field, chosen: Any) -> float:
    """The expected worth of what the chosen pairs close: Σ weight · [1 − Π(1 − chance)].

    Shapes: any number of pairs, by their numbers. Units: those of the weights. Errors: none.
    Source: the coverage term of a monotone submodular objective (Nemhauser, Wolsey & Fisher 1978).

    >>> import numpy as np
    >>> one = np.zeros(2, int)
    >>> q, worth = np.array([0.5, 0.5]), np.array([8.0])
    >>> field = Field(one[:1] + 2, one, np.arange(2), np.arange(3), one, q, worth, 2)
    >>> closed(field, [0]), closed(field, [0, 1])
    (4.0, 6.0)
    """
    return float(field.weight @ (1 - _left(field, chosen)))


def _left(field: Field, chosen: Any) -> Any:
    """For each cell the chance that none of the chosen raises it."""
    import numpy as np

    left = np.ones(len(field.weight))
    hits = _hits(field, np.asarray(chosen, dtype=np.int64))
    np.multiply.at(left, field.cell[hits], 1 - field.chance[hits])
    return left


def _hits(field: Field, pairs: Any) -> Any:
    """The numbers of the hits of these pairs."""
    import numpy as np

    counts = field.first[pairs + 1] - field.first[pairs]
    starts = np.repeat(field.first[pairs] - np.cumsum(counts) + counts, counts)
    return starts + np.arange(counts.sum())


def filled(field: Field, begun: Any, *, among: Any = None, number: int | None = None) -> Any:
    """Pairs added to those begun with, each time the one that closes most, until nobody can be added.

    Shapes: numbers of pairs in, numbers of pairs out, sorted. Only pairs of `among` are added, `number` at
    most; of
    two that close as much the one with the smaller number.
    Units: none. Errors: none; of pairs begun with, those that do not fit together are left out.
    Source: lazy greedy (Minoux 1978); within a third of the best at worst, as two matroids meet here.

    >>> import numpy as np
    >>> one = np.zeros(2, int)
    >>> q, worth = np.array([0.5, 0.9]), np.array([8.0])
    >>> field = Field(one[:1] + 1, one, np.arange(2), np.arange(3), one, q, worth, 2)
    >>> filled(field, []).tolist()
    [1]
    """
    import numpy as np

    state = State(field)
    for pair in begun:
        if state.fits(pair):
            state.add(pair)
    first = np.bincount(
        np.repeat(np.arange(field.pairs), np.diff(field.first)),
        weights=np.array(state.open)[field.cell] * field.chance,
        minlength=field.pairs,
    )
    offered = range(field.pairs) if among is None else among.tolist()
    heap = [(-gain, pair) for pair, gain in zip(offered, first[offered].tolist(), strict=True)]
    heapify(heap)
    still = field.pairs if number is None else number
    while heap and still:
        before, pair = heappop(heap)
        if not state.fits(pair):
            continue
        now = -state.gain(pair)
        if now > before and heap and (now, pair) > heap[0]:
            heappush(heap, (now, pair))
        else:
            state.add(pair)
            still -= 1
    return np.array(sorted(state.chosen), dtype=np.int64)


class State:
    """What is chosen so far, in plain lists: single numbers are read from them faster than from arrays."""

    def __init__(self, field: Field) -> None:
        self.room: list[int] = field.room.tolist()
        self.free = [True] * field.candidates
        self.place: list[int] = field.place.tolist()
        self.candidate: list[int] = field.candidate.tolist()
        first, cell, chance = field.first.tolist(), field.cell.tolist(), field.chance.tolist()
        self.hits = [list(zip(cell[a:b], chance[a:b], strict=True)) for a, b in pairwise(first)]
        self.weight: list[float] = field.weight.tolist()
        self.open: list[float] = list(self.weight)
        self.raised: list[list[float]] = [[] for _ in self.weight]
        self.chosen: set[int] = set()

    def fits(self, pair: int) -> bool:
        return self.room[self.place[pair]] > 0 and self.free[self.candidate[pair]]

    def gain(self, pair: int) -> float:
        left = self.open
        return sum([left[cell] * chance for cell, chance in self.hits[pair]], 0.0)

    def add(self, pair: int) -> None:
        self.room[self.place[pair]] -= 1
        self.free[self.candidate[pair]] = False
        self.chosen.add(pair)
        for cell, chance in self.hits[pair]:
            self.raised[cell].append(chance)
            self.open[cell] *= 1 - chance

    def take_out(self, pair: int) -> None:
        self.room[self.place[pair]] += 1
        self.free[self.candidate[pair]] = True
        self.chosen.remove(pair)
        for cell, chance in self.hits[pair]:
            self.raised[cell].remove(chance)
            left = self.weight[cell]
            for other in self.raised[cell]:
                left *= 1 - other
            self.open[cell] = left

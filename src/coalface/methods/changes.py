"""A set of meetings made better by many small changes, some of them for the worse at first."""

import math
from random import Random
from typing import Any

from coalface.methods.coverage import Field, State, closed

# Moves that are tried, in all and for each pair; a loss of HOT (in the end COLD) times the usual worth of a
# cell is accepted with chance 1/e.
MOVES, EACH, HOT, COLD = 120_000, 100, 0.12, 0.003


def changed(field: Field, begun: Any, *, least: tuple[int, Any], seed: int) -> Any:
    """The best set on a walk from `begun`: one customer for another, or two places that give and take.

    Shapes: numbers of pairs in and out, sorted; `least`: so many pairs that are marked have to stay, if they
    were there. Units: none. Errors: none. The same seed gives the same walk; never worse than `begun`.
    Source: simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983).

    >>> import numpy as np
    >>> one = np.zeros(2, int)
    >>> q, worth = np.array([0.5, 0.9]), np.array([8.0])
    >>> field = Field(one[:1] + 1, one, np.arange(2), np.arange(3), one, q, worth, 2)
    >>> changed(field, [0], least=(0, np.zeros(2, bool)), seed=1).tolist()
    [1]
    """
    import numpy as np

    walk = _Changes(field, begun, least, Random(seed))
    usual = float(field.weight.mean()) if len(field.weight) else 0.0
    worth = best_worth = closed(field, begun)
    best = sorted(walk.state.chosen)
    if not best or not usual:
        return np.array(best, dtype=np.int64)
    moves = min(MOVES, EACH * field.pairs)
    for move in range(moves):
        if move % 1_000 == 0:
            heat = usual * HOT * (COLD / HOT) ** (move / moves)
            if worth > best_worth and heat < usual * HOT / 4:
                best, best_worth = sorted(walk.state.chosen), worth
        worth += walk.move(heat)
    if worth > best_worth:
        best = sorted(walk.state.chosen)
    return np.array(best, dtype=np.int64)


class _Changes:
    """The walk: what is chosen, by place, and which pair holds a customer."""

    def __init__(self, field: Field, begun: Any, least: tuple[int, Any], chance: Random) -> None:
        self.state, self.chance = State(field), chance.random
        self.marked: list[bool] | None = least[1].tolist() if least[0] else None
        self.pairs: list[list[int]] = [[] for _ in self.state.room]
        for pair, place in enumerate(self.state.place):
            self.pairs[place].append(pair)
        self.at = {
            both: pair for pair, both in enumerate(zip(self.state.place, self.state.candidate, strict=True))
        }
        self.chosen: list[list[int]] = [[] for _ in self.state.room]
        self.holder: dict[int, int] = {}
        for pair in begun:
            self.state.add(int(pair))
            self.chosen[self.state.place[pair]].append(int(pair))
            self.holder[self.state.candidate[pair]] = int(pair)
        self.places = [place for place, pairs in enumerate(self.chosen) if pairs]

    def _any(self, among: list[int]) -> int:
        return among[int(self.chance() * len(among))]

    def move(self, heat: float) -> float:
        """Try one change; what it adds, 0 if it is not made."""
        place = self._any(self.places)
        out, new = self._any(self.chosen[place]), self._any(self.pairs[place])
        if new in self.state.chosen:
            return 0.0
        held = self.holder.get(self.state.candidate[new])
        if held is None:
            return self._tried([out], [new], heat)
        other = self.state.place[held]
        back = self.at.get((other, self.state.candidate[out]))
        if back is None:
            back = self._any(self.pairs[other])
            if self.state.candidate[back] in self.holder:
                return 0.0
        return self._tried([out, held], [new, back], heat)

    def _tried(self, out: list[int], new: list[int], heat: float) -> float:
        state = self.state
        if self.marked and sum(self.marked[pair] for pair in new) < sum(self.marked[pair] for pair in out):
            return 0.0
        added = 0.0
        for pair in out:
            state.take_out(pair)
            added -= state.gain(pair)
        for pair in new:
            added += state.gain(pair)
            state.add(pair)
        if added >= 0 or self.chance() < math.exp(added / heat):
            self._keep(out, new)
            return added
        for pair in new:
            state.take_out(pair)
        for pair in out:
            state.add(pair)
        return 0.0

    def _keep(self, out: list[int], new: list[int]) -> None:
        for pair in out:
            self.chosen[self.state.place[pair]].remove(pair)
            del self.holder[self.state.candidate[pair]]
        for pair in new:
            self.chosen[self.state.place[pair]].append(pair)
            self.holder[self.state.candidate[pair]] = pair

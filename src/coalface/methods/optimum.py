"""The set of meetings that closes most: found quickly with a proof of how good it is, or exactly."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

from coalface.methods.branching import Branching
from coalface.methods.certificates import Certificate, certificate
from coalface.methods.changes import changed
from coalface.methods.coverage import Field, closed, filled
from coalface.methods.flows import Pairs, largest_flow

# As good as proven; seconds that branch and bound may take in all; from where on nothing is changed any more.
PROVEN, SECONDS, GOOD = 1e-7, 120.0, 0.997


@dataclass(frozen=True, slots=True)
class Best:
    """The chosen pairs, what they close, what nothing exceeds, and whether these are the best."""

    chosen: list[int]
    closed: float
    bound: float
    exact: bool


def best(field: Field, *, least: tuple[int, Any], exact_up_to: int, seed: int = 0) -> Best:
    """Choose pairs: each place as many as it has room for, each customer once, so that much is closed.

    `least`: so many of the pairs marked true have to be among them, as far as that is possible.
    Shapes: a field, a number and N booleans; `seed` is that of the changes. Units: those of the weights.
    Errors: none. Source: Minoux 1978; Kirkpatrick et al. 1983; Chambolle & Pock 2011; HiGHS.

    >>> import numpy as np
    >>> one = np.zeros(2, int)
    >>> q, worth = np.array([0.5, 0.9]), np.array([8.0])
    >>> field = Field(one[:1] + 1, one, np.arange(2), np.arange(3), one, q, worth, 2)
    >>> best(field, least=(0, np.zeros(2, bool)), exact_up_to=10)
    Best(chosen=[1], closed=7.2, bound=7.2, exact=True)
    >>> best(field, least=(1, np.array([True, False])), exact_up_to=0).chosen
    [0]
    """
    if not field.pairs:
        return Best([], 0.0, 0.0, True)
    least = _possible(field, least)
    proof = certificate(field)
    chosen = _quick(field, proof, least)
    worth = closed(field, chosen)
    if worth < proof.bound * GOOD:
        chosen = changed(field, chosen, least=least, seed=seed)
        worth = closed(field, chosen)
    if worth >= proof.bound * (1 - PROVEN):
        return Best(chosen.tolist(), worth, worth, True)
    if field.pairs <= exact_up_to:
        return exactly(field, Best(chosen.tolist(), worth, proof.bound, False), least=least)
    return Best(chosen.tolist(), worth, proof.bound, False)


def _possible(field: Field, least: tuple[int, Any]) -> tuple[int, Any]:
    """No more than as many marked pairs as fit together."""
    number, marked = least
    return (min(number, len(_fitting(field, marked))), marked) if number else least


def _fitting(field: Field, marked: Any) -> Any:
    """As many marked pairs as fit together at all."""
    import numpy as np

    among = np.flatnonzero(marked)
    pairs = Pairs(field.candidate[among], field.place[among])
    return among[largest_flow([1] * field.candidates, field.room, pairs).taken > 0]


def _quick(field: Field, proof: Certificate, least: tuple[int, Any]) -> Any:
    """The better of greedy and of what the relaxed optimum leans on, rounded."""
    import numpy as np

    number, marked = least
    sure = np.flatnonzero(proof.leaning > 0.5)
    rounded = sure[np.argsort(-proof.leaning[sure], kind="stable")]
    starts = [filled(field, rounded), filled(field, [])]
    chosen = max(starts, key=lambda pairs: closed(field, pairs))
    if marked[chosen].sum() >= number:
        return chosen
    kept = filled(field, [], among=np.flatnonzero(marked), number=number)
    return filled(field, kept if len(kept) >= number else _fitting(field, marked))


def exactly(field: Field, begun: Best, *, least: tuple[int, Any], seconds: float = SECONDS) -> Best:
    """The best choice by branch and bound, if that ends in time; else the best found, with the bound proved.

    Straight lines are drawn above what each cell closes, and closer wherever the relaxed optimum and later
    the best choice below them stand, until the two agree or the same choice comes again: then they differ by
    what the solver rounds off. What the relaxed optimum shows to be worse than what is known is left out. Of
    `least` no more is asked than fits together.
    Shapes: a field, a choice that keeps `least` with its bound, `least` as in `best`.
    Units: those of the weights; seconds for all of it.
    Where it ends in time, so it does with the same answer everywhere; else a quicker machine may find more.
    Errors: none. Source: outer approximation (Duran & Grossmann 1986) with the lines of Nemhauser & Wolsey
    1981; HiGHS.

    >>> import numpy as np
    >>> one = np.zeros(2, int)
    >>> q, worth = np.array([0.5, 0.9]), np.array([8.0])
    >>> field = Field(one[:1] + 1, one, np.arange(2), np.arange(3), one, q, worth, 2)
    >>> exactly(field, Best([0], 4.0, 8.0, False), least=(0, np.zeros(2, bool)))
    Best(chosen=[1], closed=7.2, bound=7.2, exact=True)
    """
    until = monotonic() + seconds
    model, now = Branching(field, _possible(field, least), scale=begun.bound), begun
    bound, seen = min(begun.bound, model.relaxed(until)), set[tuple[int, ...]]()
    while now.closed < bound * (1 - PROVEN) and monotonic() < until:
        found = model.best(better_than=now.closed, until=until)
        bound = min(bound, found.bound)
        if found.chosen is not None:
            worth = closed(field, found.chosen)
            if worth > now.closed or not now.chosen:
                now = Best(found.chosen, worth, bound, False)
        if not found.closer:
            break
        choice = tuple(found.chosen or ())
        if choice in seen:  # roofs that tell the truth of it were drawn, and nothing rises above it
            bound = now.closed
        seen.add(choice)
    if now.closed >= bound * (1 - PROVEN):
        return Best(now.chosen, now.closed, now.closed, True)
    return Best(now.chosen, now.closed, max(bound, now.closed), False)

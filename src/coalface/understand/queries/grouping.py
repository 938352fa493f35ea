"""Like is put to like: the clauses of a search as groups, those of the search before kept where they last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from .unnamed import Unnamed

SEED: Final = 11
TELLING: Final = 3
ENOUGH_VECTORS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Group:
    """Places of its clauses, the most telling of them first to third, its words, and which theme it was."""

    theme_id: int | None
    places: tuple[int, ...]
    telling: tuple[int, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """All groups of a search; `stability` compares it with the search before, on the clauses of both."""

    groups: tuple[Group, ...]
    noise: int
    shared: int
    stability: float | None


Grouped = Callable[..., Grouping]


def with_vectors(waiting: Sequence[Unnamed]) -> tuple[list[Unnamed], str]:
    """The clauses a search can compare, and the encoder their vectors are of.

    Vectors of other encoders say nothing beside these. Where fewer than half have one, words have to do.
    """
    counts: dict[str, int] = {}
    for one in waiting:
        if one.numbers:
            counts[one.encoder] = counts.get(one.encoder, 0) + 1
    best = max(sorted(counts), key=lambda name: counts[name], default="")
    if not best or counts[best] < ENOUGH_VECTORS * len(waiting):
        return list(waiting), ""
    return [one for one in waiting if one.numbers and one.encoder == best], best


def grouped(compared: Sequence[Unnamed], *, encoder: str, seed: int) -> Grouping:
    """The groups of `methods.themes`, with the numbers of the themes they go on with."""
    raise NotImplementedError

"""Themes from one week to the next: what lasted keeps its number, and how well that went is said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from .themes import carry_over


@dataclass(frozen=True, slots=True)
class Week:
    """Of each clause the theme (-1: none); terms and quotes by theme; `noise` and `shared` count clauses."""

    labels: tuple[int, ...]
    terms: Mapping[int, tuple[str, ...]]
    quotes: Mapping[int, tuple[int, ...]]
    noise: int
    shared: int
    stability: float | None


def next_week(
    texts: Sequence[str], before: Sequence[int], *, first_new: int, seed: int, numbers: Sequence[bytes] = ()
) -> Week:
    """Carry last week's themes over, and say how far both weeks agree on the clauses they share.

    Shapes: n texts, n labels of last week (-1: none) below `first_new`, and n vectors as they are stored
    (half-precision floats of one length), or none. Units: `stability` is the adjusted Rand index, 1 for the
    same groups, about 0 for groups by chance; None where nothing is shared.
    Errors: ValueError as `themes.carry_over`, or where vectors differ in length.
    Source: `themes.carry_over`; Hubert & Arabie (1985), Comparing partitions, Journal of Classification 2.

    >>> told = ["the card is late", "my card is late", "card is so late", "this card is late"]
    >>> week = next_week(told, [17, 17, 17, -1], first_new=40, seed=1)
    >>> week.labels, week.shared, week.stability
    ((17, 17, 17, 17), 3, 1.0)
    """
    found = carry_over(texts, before, first_new=first_new, seed=seed, vectors=_vectors(numbers))
    both = [pair for pair in zip(before, found.labels, strict=True) if pair[0] >= 0]
    return Week(
        labels=found.labels,
        terms=found.terms,
        quotes=found.medoids,
        noise=sum(label < 0 for label in found.labels),
        shared=len(both),
        stability=_adjusted_rand(both) if both else None,
    )


def _vectors(numbers: Sequence[bytes]) -> object | None:
    import numpy as np

    if not numbers:
        return None
    return np.stack([np.frombuffer(one, dtype=np.float16) for one in numbers]).astype(np.float32)


def _adjusted_rand(pairs: Sequence[tuple[int, int]]) -> float:
    together = _twos(Counter(pairs).values())
    one, other = (_twos(Counter(pair[side] for pair in pairs).values()) for side in (0, 1))
    by_chance = one * other / max(comb(len(pairs), 2), 1)
    most = (one + other) / 2
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)


def _twos(counts: Iterable[int]) -> int:
    return sum(comb(count, 2) for count in counts)

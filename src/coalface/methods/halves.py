"""Two halves of a group of short texts, by the words they use: a first cut for whoever splits it by hand.

Pure Python, because a page asks for it and a page loads no libraries.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WORD: Final = re.compile(r"[^\W\d_]{2,}")
ROUNDS: Final = 12
TERMS: Final = 4
LONG: Final = 4  # letters: shorter words tell little in most languages
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Halves:
    """For each text 0 or 1; `terms` are the words of each half that tell it from the other, best first."""

    labels: tuple[int, ...]
    terms: tuple[tuple[str, ...], tuple[str, ...]]


def halves(texts: Sequence[str]) -> Halves:
    """Cut texts in two by their words; all 0 where they cannot be told apart.

    Spherical 2-means on tf-idf weights, begun with a text far from the middle and the one that has least in
    common with it. Half 0 is the larger one (that of the first text, where they are even).

    Shapes: n texts give n labels. Units: none; a label is 0 or 1.
    Errors: none; texts without words lie in half 0.
    Source: Dhillon & Modha (2001), Concept decompositions, Machine Learning 42, 143-175.

    >>> found = halves(["The queue is long", "Long queue", "My card was blocked", "Card blocked again"])
    >>> found.labels
    (0, 0, 1, 1)
    >>> found.terms[1][:2]
    ('blocked', 'card')
    """
    weights = _weights(texts)
    labels = _cut(weights)
    if sum(labels) * 2 > len(labels) or (sum(labels) * 2 == len(labels) and labels and labels[0] == 1):
        labels = [1 - label for label in labels]
    words = [_mean(weights, labels, half) for half in (0, 1)]
    return Halves(tuple(labels), (_telling(words[0], words[1]), _telling(words[1], words[0])))


def _weights(texts: Sequence[str]) -> list[Weights]:
    counts = [Counter(WORD.findall(text.casefold())) for text in texts]
    found_in = Counter(word for count in counts for word in count)
    rows = [
        {word: (1 + math.log(n)) * math.log(1 + len(texts) / found_in[word]) for word, n in count.items()}
        for count in counts
    ]
    return [_normed(row) for row in rows]


def _normed(row: Weights) -> Weights:
    length = math.sqrt(sum(value * value for value in row.values()))
    return {word: value / length for word, value in row.items()} if length else {}


def _likeness(one: Weights, other: Weights) -> float:
    few, many = sorted((one, other), key=len)
    return sum(value * many.get(word, 0.0) for word, value in few.items())


def _cut(rows: Sequence[Weights]) -> list[int]:
    with_words = [place for place, row in enumerate(rows) if row]
    if len(with_words) < 2:
        return [0] * len(rows)
    whole = _normed(_sum(rows))
    first = min(with_words, key=lambda place: _likeness(rows[place], whole))
    second = min(with_words, key=lambda place: (_likeness(rows[place], rows[first]), place == first))
    if _likeness(rows[first], rows[second]) > 1 - 1e-9:
        return [0] * len(rows)
    centres = [rows[first], rows[second]]
    labels: list[int] = []
    for _ in range(ROUNDS):
        before = labels
        labels = [int(_likeness(row, centres[1]) > _likeness(row, centres[0])) for row in rows]
        if labels == before:
            break
        centres = [_normed(_mean(rows, labels, half)) for half in (0, 1)]
    return labels


def _sum(rows: Sequence[Weights]) -> Weights:
    total: dict[str, float] = defaultdict(float)
    for row in rows:
        for word, value in row.items():
            total[word] += value
    return dict(total)


def _mean(rows: Sequence[Weights], labels: Sequence[int], half: int) -> Weights:
    mine = [row for row, label in zip(rows, labels, strict=True) if label == half]
    return {word: value / len(mine) for word, value in _sum(mine).items()} if mine else {}


def _telling(mine: Weights, theirs: Weights) -> tuple[str, ...]:
    apart = {word: value - theirs.get(word, 0.0) for word, value in mine.items()}
    ranked = sorted(
        (word for word, value in apart.items() if value > 0), key=lambda word: (-apart[word], word)
    )
    longer = [word for word in ranked if len(word) >= LONG]
    return tuple((longer or ranked)[:TERMS])

"""A router of a few lines: a text is what most of its words were said of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Route:
    """Its guess."""

    label: str | None
    confidence: float
    runners_up: tuple[tuple[str, float], ...]


class TinyRouter:
    """The share of a text's words that were said of each label; where there are vectors, the nearest."""

    def __init__(self) -> None:
        self.words: dict[str | None, set[str]] = defaultdict(set)
        self.rows: list[tuple[np.ndarray, str]] = []

    @classmethod
    def fit(
        cls, texts: Sequence[str], labels: Sequence[str | None], *, vectors: np.ndarray | None
    ) -> "TinyRouter":
        return cls().learn(texts, labels, vectors=vectors)

    def learn(
        self, texts: Sequence[str], labels: Sequence[str | None], *, vectors: np.ndarray | None
    ) -> "TinyRouter":
        for text, label in zip(texts, labels, strict=True):
            self.words[label] |= _words(text)
        if vectors is not None:
            self.rows += zip(vectors, labels, strict=True)
        return self

    def predict(self, texts: Sequence[str], *, vectors: np.ndarray | None) -> list[Route]:
        if vectors is not None and self.rows:
            return [self._nearest(one) for one in vectors]
        return [self._by_words(text) for text in texts]

    def _by_words(self, text: str) -> Route:
        words = _words(text)
        shares = {label: len(words & known) / len(words) for label, known in self.words.items()}
        return _route(shares)

    def _nearest(self, one: np.ndarray) -> Route:
        near = {label: 0.0 for _, label in self.rows}
        for row, label in self.rows:
            near[label] = max(near[label], float(row @ one))
        return _route(near)


def _route(shares: dict[str, float]) -> Route:
    nobody = shares.pop(None, 0.0)
    ranked = sorted(shares.items(), key=lambda each: (-each[1], each[0]))
    (best, share), *rest = ranked
    if share < 0.5 or share < nobody:
        return Route(None, 1 - share, tuple(ranked))
    return Route(best, share, tuple(rest))


def _words(text: str) -> set[str]:
    return {word.strip(".,!?").lower() for word in text.split()}

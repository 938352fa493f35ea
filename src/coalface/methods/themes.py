"""What customers speak of that nobody has named yet: groups of clauses, their words and their best quotes."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from .grouping import centres, groups, in_order, neighbours, unit
from .telling import READ, small_words, telling

# Fewer clauses are no theme; quotes shown for each.
LEAST, QUOTES = 3, 3
# From which cosine, or share of common letter sequences, two clauses say the same.
SAME, SAME_LETTERS = 0.97, 0.8
# Words beside meaning, whole words beside letters in one row; quotes are typical first, different second.
_WORDS_COUNT, _WHOLE_COUNT, _TYPICAL = 0.15, 0.3, 0.6
# A new clause joins a theme if it lies as near as nine of ten of its clauses do.
JOINS = 0.1
_FEATURES, _WIDTH = 60_000, 150
_WORD = re.compile(r"\w+")


class Auto(Enum):
    AUTO = "auto"


AUTO: Literal[Auto.AUTO] = Auto.AUTO


@dataclass(frozen=True, slots=True)
class Themes:
    """Of each clause the theme (-1: none); of each theme telling words and the places of its best quotes."""

    labels: tuple[int, ...]
    terms: Mapping[int, tuple[str, ...]]
    medoids: Mapping[int, tuple[int, ...]]
    noise_share: float


def discover(texts: Sequence[str], *, seed: int, vectors: Any = AUTO) -> Themes:
    """Group clauses by what they speak of; how many groups there are is found.

    Shapes: n texts; `vectors` n × d, a row of zeros where there is none, None for words alone; left out they
    are made where the encoder is installed. n labels out, from 0; -1 is noise, also for a text without words.
    Units: `noise_share` 0 to 1. A theme has three clauses or more, repeated ones counted. Its terms come
    most telling first; its medoids are the positions of up to three different clauses, quotes to be shown
    word for word. The same seed gives the same themes.
    Errors: ValueError if vectors and texts differ in number.
    Source: grouping.py; c-TF-IDF of Grootendorst 2022 (BERTopic); quotes by maximal marginal relevance
    (Carbonell & Goldstein 1998). What says the same is counted once while grouping.

    >>> told = ["the card is late", "my card is late", "card is so late", "rude staff", "such rude staff"]
    >>> themes = discover([*told, "Rude staff!", "?"], seed=1, vectors=None)
    >>> themes.labels, themes.terms[0][0], themes.medoids[0], round(themes.noise_share, 2)
    ((0, 0, 0, 1, 1, 1, -1), 'card', (2, 0, 1), 0.14)
    """
    heap = _heap(texts, vectors, seed)
    return _told(heap, _grouped(heap, seed))


def carry_over(
    texts: Sequence[str], before: Sequence[int], *, first_new: int, seed: int, vectors: Any = AUTO
) -> Themes:
    """This week's themes, without moving anything that has one.

    Shapes: n texts and n labels of last week, -1 for what is new or had none; vectors as for `discover`.
    Units: numbers as they were given; what is found anew is numbered from `first_new`. A clause that has a
    theme keeps it. One that has none joins the nearest theme if it lies as near to its centre as nine of
    ten of the theme's clauses. Then all are grouped as by `discover`, and a group of which most clauses have
    no theme becomes a new one, of these.
    Errors: ValueError if texts, labels and vectors differ in number, or a label is not below `first_new`.
    Source: own rule (frozen themes with a reject option); measured in benchmarks/understand_themes.py.

    >>> told = ["the card is late", "my card is late", "card is late again", "card is late", "rude"]
    >>> before = [17, 17, 17, -1, -1, -1, -1, -1]
    >>> carry_over([*told, "so rude", "Rude!", "rude."], before, first_new=40, seed=1, vectors=None).labels
    (17, 17, 17, 17, 40, 40, 40, 40)
    """
    import numpy as np

    if len(before) != len(texts) or any(label >= first_new for label in before):
        raise ValueError("Every text needs its label of last week, below the first new one")
    heap = _heap(texts, vectors, seed)
    labels = np.array(before, dtype=np.int64)
    numbers = sorted({label for label in before if label >= 0})
    if numbers:
        known = np.searchsorted(numbers, labels) * (labels >= 0) - (labels < 0)
        centre = centres(heap.rows, known)
        reach = _reach(heap, known, len(centre))
        open_ones = np.flatnonzero(known < 0)
        _join(labels, open_ones, heap.rows[open_ones], centre, reach, numbers)
    found = np.where(labels < 0, _fresh(_grouped(heap, seed), labels), -1)
    labels = np.where(found >= 0, found + first_new, labels)
    return _told(heap, labels)


@dataclass(frozen=True, slots=True)
class _Heap:
    """Texts as given, as rows, as two views, and which of them say the same (-1: no word)."""

    texts: Sequence[str]
    rows: Any
    views: tuple[Any, Any]
    fold: Any


def _heap(texts: Sequence[str], vectors: Any, seed: int) -> _Heap:
    import numpy as np

    folded = [_folded(text) for text in texts]
    spoken = [place for place, text in enumerate(folded) if text]
    words = _by_meaning_of_words([folded[place] for place in spoken], seed)
    views = [np.zeros((len(texts), view.shape[1]), dtype=np.float32) for view in words]
    for whole, view in zip(views, words, strict=True):
        whole[spoken] = view
    both = _beside(views[1], views[0], _WHOLE_COUNT)
    rows, pair = both, (views[0], views[1])
    if vectors is AUTO:
        vectors = _encoded(texts)
    if vectors is not None:
        meaning = np.asarray(vectors, dtype=np.float32)
        if len(meaning) != len(texts):
            raise ValueError("Every text needs its vector")
        meaning = unit(meaning)
        rows = _beside(meaning, both, _WORDS_COUNT)
        pair = (meaning, both)
    return _Heap(texts, rows, pair, _says_the_same(folded, rows, vectors is not None))


def _beside(much: Any, little: Any, share: float) -> Any:
    """Two descriptions of each row as one, of which the second counts a share."""
    import numpy as np

    return unit(np.hstack([much * (1 - share) ** 0.5, little * share**0.5]))


def _encoded(texts: Sequence[str]) -> Any:
    from .vectors import encoder

    encode = encoder()
    return None if encode is None else encode(texts)


def _folded(text: str) -> str:
    """Words without case, signs and spelling variants, the beginning of a very long text."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text[:READ]).casefold()))


def _by_meaning_of_words(folded: Sequence[str], seed: int) -> tuple[Any, Any]:
    """Latent meaning by telling words, and by letters of all words: two n × 150 at most."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not folded:
        return _latent(None, 0, seed), _latent(None, 0, seed)
    told: dict[str, Any] = {"sublinear_tf": True, "max_features": _FEATURES, "dtype": np.float32}
    by_word = TfidfVectorizer(token_pattern=r"\w+", **told).fit_transform(_telling(folded))
    by_letter = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), **told).fit_transform(folded)
    return _latent(by_word, len(folded), seed), _latent(by_letter, len(folded), seed)


def _telling(folded: Sequence[str]) -> list[str]:
    """Without little words; all of them where there is no other."""
    small = small_words()
    return [" ".join(word for word in text.split() if word not in small) or text for text in folded]


def _latent(counts: Any, texts: int, seed: int) -> Any:
    import numpy as np
    from sklearn.decomposition import TruncatedSVD

    if not texts:
        return np.zeros((0, 1), dtype=np.float32)
    if min(counts.shape) <= _WIDTH:
        return _turned(counts)
    found = TruncatedSVD(_WIDTH, random_state=seed).fit_transform(counts)
    return unit(found).astype(np.float32)


def _turned(counts: Any) -> Any:
    """The same rows in as few columns as there are rows: every angle between them stays."""
    import numpy as np

    if counts.shape[1] <= counts.shape[0]:
        return unit(counts.toarray())
    length, axes = np.linalg.eigh((counts @ counts.T).toarray().astype(np.float64))
    return unit(axes * np.sqrt(np.clip(length, 0, None))).astype(np.float32)


def _says_the_same(folded: Sequence[str], rows: Any, meaning: bool) -> Any:
    """For each text the first that says the same: -1 without a word."""
    import numpy as np

    first: dict[str, int] = {}
    fold = np.array([first.setdefault(text, place) if text else -1 for place, text in enumerate(folded)])
    distinct = np.array(list(first.values()), dtype=np.int64)[: None if first else 0]
    distinct = distinct[[bool(folded[place]) for place in distinct]] if len(distinct) else distinct
    if len(distinct) < 2:
        return fold.astype(np.int64)
    places, near = neighbours(rows[distinct], 10)
    said_by = np.arange(len(distinct))
    for one, other in zip(*np.nonzero(near >= (SAME if meaning else SAME_LETTERS)), strict=True):
        later = int(places[one, other])
        first_said = said_by[one] == one and said_by[later] == later and one < later
        if first_said and (meaning or _same_letters(folded[distinct[one]], folded[distinct[later]])):
            said_by[later] = one
    by_place = dict(zip(distinct.tolist(), distinct[said_by].tolist(), strict=True))
    return np.array([by_place.get(place, -1) for place in fold.tolist()], dtype=np.int64)


def _same_letters(one: str, other: str) -> bool:
    a, b = ({text[at : at + 3] for at in range(max(1, len(text) - 2))} for text in (one, other))
    return len(a & b) >= SAME_LETTERS * len(a | b)


def _grouped(heap: _Heap, seed: int) -> Any:
    """A label for each text; what says the same is grouped once, and counted as often as it was said."""
    import numpy as np

    heads, member, count = np.unique(heap.fold, return_inverse=True, return_counts=True)
    found = np.full(len(heads), -1, dtype=np.int64)
    spoken = heads >= 0
    views = [view[heads[spoken]] for view in heap.views]
    found[spoken] = groups(heap.rows[heads[spoken]], views, seed=seed)
    alone = spoken & (found < 0) & (count >= LEAST)
    found[alone] = found.max(initial=-1) + 1 + np.arange(alone.sum())
    return _large_enough(found[member])


def _large_enough(labels: Any) -> Any:
    import numpy as np

    sizes = np.bincount(labels + 1, minlength=1)
    return in_order(np.where(sizes[labels + 1] < LEAST, -1, labels))


def _fresh(found: Any, known: Any) -> Any:
    """Of the groups of all clauses those of which most belong to no theme yet, numbered from 0."""
    import numpy as np

    sizes = np.bincount(found + 1, minlength=1)
    without = np.bincount(found[known < 0] + 1, minlength=len(sizes))
    mostly = without > sizes / 2
    mostly[0] = False
    return _large_enough(np.where(mostly[found + 1] & (known < 0), found, -1))


def _reach(heap: _Heap, known: Any, themes: int) -> Any:
    """How near to the centre of the others nine of ten clauses of each theme lie; what says the same once."""
    import numpy as np

    heads = np.unique(np.where(known >= 0, heap.fold, -1))
    heads = heads[heads >= 0]
    reach = np.full(themes, SAME)
    for number in range(themes):
        rows = heap.rows[heads[known[heads] == number]]
        if len(rows) > 1:
            reach[number] = np.quantile((rows * unit(rows.sum(axis=0) - rows)).sum(axis=1), JOINS)
    return reach


def _join(labels: Any, places: Any, rows: Any, centre: Any, reach: Any, numbers: Sequence[int]) -> None:
    """Give each of these places the number of its nearest theme, if it is near enough."""
    import numpy as np

    if not len(places):
        return
    near = rows @ centre.T
    best = near.argmax(axis=1)
    enough = near[np.arange(len(best)), best] >= reach[best]
    labels[places[enough]] = np.array(numbers)[best[enough]]


def _told(heap: _Heap, labels: Any) -> Themes:
    import numpy as np

    numbers = sorted(set(labels.tolist()) - {-1})
    return Themes(
        tuple(labels.tolist()),
        telling(heap.texts, labels.tolist()),
        {number: _quotes(heap, np.flatnonzero(labels == number)) for number in numbers},
        float((labels == -1).mean()) if len(labels) else 0.0,
    )


def _quotes(heap: _Heap, members: Any) -> tuple[int, ...]:
    """The most typical clause first, then those typical and unlike it."""
    import numpy as np

    heads = np.array(list({heap.fold[place]: place for place in members[::-1].tolist()}.values()))[::-1]
    rows = heap.rows[heads]
    typical = rows @ unit(heap.rows[members].sum(axis=0, keepdims=True))[0]
    chosen = [int(typical.argmax())]
    while len(chosen) < min(QUOTES, len(heads)):
        worth = _TYPICAL * typical - (1 - _TYPICAL) * (rows @ rows[chosen].T).max(axis=1)
        worth[chosen] = -np.inf
        chosen.append(int(worth.argmax()))
    return tuple(int(heads[place]) for place in chosen)

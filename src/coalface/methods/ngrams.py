"""Labels from words and pieces of words: a linear support vector machine and naive Bayes on the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

CHARACTERS, MANY, FEATURES = 6_000, 3_000, 60_000
# Hyperplanes are kept whole, so the number of stems and pairs sets what a worker's memory holds.
STEMS, STEMS_OF_MANY = 20_000, 12_000
# Fixed, not tuned: five letters are most of a stem; nine words on is to the end of a plain clause.
STEM, REACH = 5, 9
SMOOTHING, MARGIN = 0.1, 1.0
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The vocabulary: stems, pairs of stems, 2 to 5 letters in a row within words; sublinear tf-idf."""

    words: Any
    letters: Any

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Pieces | None":
        """Learned from these texts; None where no text holds a single word."""
        import numpy as np
        from sklearn.feature_extraction.text import TfidfVectorizer

        short = [text[:CHARACTERS] for text in texts]
        if not any(character.isalnum() for text in short for character in text):
            return None
        many = len(texts) >= MANY
        common: dict[str, Any] = {
            "sublinear_tf": True,
            "dtype": np.float32,
            "min_df": 2 if many else 1,
        }
        most = STEMS_OF_MANY if many else STEMS
        words = TfidfVectorizer(analyzer=stems, max_features=most, **common)
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), max_features=FEATURES, **common)
        return cls(words.fit(short), letters.fit(short))

    def rows(self, texts: Sequence[str]) -> Any:
        """A sparse row for each text, of length 1 in words and in letters."""
        from scipy.sparse import hstack

        short = [text[:CHARACTERS] for text in texts]
        return hstack([self.words.transform(short), self.letters.transform(short)], format="csr")

    def only(self, known: Any, rows: Any) -> Any:
        """The same rows as if the other pieces had never been heard of."""
        from scipy.sparse import diags, hstack
        from sklearn.preprocessing import normalize

        kept = (rows @ diags(known.astype(rows.dtype))).tocsc()
        kept.eliminate_zeros()
        split = len(self.words.vocabulary_)
        return hstack([normalize(kept[:, :split]), normalize(kept[:, split:])], format="csr")


@dataclass(frozen=True, slots=True)
class Words:
    """Two opinions on the same rows: `hyperplanes` need many examples, `counts` work with few."""

    hyperplanes: Any
    offsets: Any
    counts: Any

    @classmethod
    def fit(cls, rows: Any, targets: Any, numbers: int) -> "Words":
        """From n sparse rows and n label numbers below `numbers`; a label without example scores lowest."""
        import numpy as np
        from scipy.sparse import csr_matrix
        from sklearn.svm import LinearSVC

        said = csr_matrix(
            (np.ones(len(targets), np.float32), (targets, np.arange(len(targets)))), (numbers, len(targets))
        )
        counts = (said @ rows).toarray()
        planes, offsets = np.zeros_like(counts), np.full(numbers, -MARGIN, np.float32)
        there = np.unique(targets)
        if len(there) > 1:
            machine = LinearSVC(random_state=0, tol=1e-2).fit(rows, targets)
            two = len(there) == 2
            coefficients = np.vstack([-machine.coef_, machine.coef_]) if two else machine.coef_
            planes[there] = coefficients
            offsets[there] = np.r_[-machine.intercept_, machine.intercept_] if two else machine.intercept_
        return cls(planes, offsets, counts)

    def scores(self, rows: Any) -> tuple[Any, Any]:
        """Twice n × labels: side and distance from the hyperplanes, and log-likelihood of the pieces."""
        import numpy as np

        shares = self.counts + SMOOTHING
        logs = np.log(shares) - np.log(shares.sum(1, keepdims=True))
        weight = np.maximum(np.asarray(rows.sum(1)).reshape(-1, 1), 1e-9)
        return rows @ self.hyperplanes.T + self.offsets, (rows @ logs.T) / weight**0.5

    def learn(self, rows: Any, targets: Any, numbers: int) -> "Words":
        """Count the pieces; move the hyperplanes just far enough (Crammer et al. 2006)."""
        import numpy as np

        more = numbers - len(self.counts)
        planes, counts = (np.pad(kept, ((0, more), (0, 0))) for kept in (self.hyperplanes, self.counts))
        offsets = np.pad(self.offsets, (0, more), constant_values=-MARGIN)
        for at, number in enumerate(targets):
            row = rows[at]
            counts[number, row.indices] += row.data
            found = np.asarray(row @ planes.T).ravel() + offsets
            found[number] -= MARGIN
            rival = int(found.argmax())
            if rival != number and row.nnz:
                step = (found[rival] - found[number]) / (2 * float(row.data @ row.data))
                planes[number, row.indices] += step * row.data
                planes[rival, row.indices] -= step * row.data
        return replace(self, hyperplanes=planes, offsets=offsets, counts=counts)


def stems(text: str) -> list[str]:
    """The beginnings of the words, and each pair of them that stand near each other, in any order.

    Shapes: a text, a list of strings. Units: none. Errors: none. Source: truncation for inflected words
    (McNamee, Nicholas & Mayfield 2009), pairs within a window (Metzler & Croft 2005).

    >>> stems("Cards blocked, card")
    ['cards', 'block', 'card', 'block cards', 'card cards', 'block card']
    """
    words = [word[:STEM] for word in _WORD.findall(text.lower())]
    pairs = ((one, other) for at, one in enumerate(words) for other in words[at + 1 : at + 1 + REACH])
    return [*words, *(f"{min(pair)} {max(pair)}" for pair in pairs)]


def out_of_fold(pieces: Pieces, rows: Any, targets: Any, numbers: int, folds: Any) -> tuple[Any, Any]:
    """What each example scores with its fold left out of the learning, words only it uses left out as well.

    Shapes: n sparse rows, n label numbers, n fold numbers; gives twice n × `numbers`. Units: as
    `Words.scores`. Errors: none. Source: stacked generalisation (Wolpert 1992).

    >>> import numpy
    >>> texts = ["card lost", "card gone", "long queue", "queue again"]
    >>> pieces = Pieces.of(texts)
    >>> folds, targets = numpy.array([0, 1, 0, 1]), numpy.array([0, 0, 1, 1])
    >>> planes, _ = out_of_fold(pieces, pieces.rows(texts), targets, 2, folds)
    >>> planes.argmax(1).tolist()
    [0, 0, 1, 1]
    """
    import numpy as np

    planes, counts = (np.zeros((len(targets), numbers), np.float32) for _ in range(2))
    for fold in np.unique(folds):
        held = folds == fold
        known = rows[~held].getnnz(0) > 0
        learned = Words.fit(rows[~held], targets[~held], numbers)
        planes[held], counts[held] = learned.scores(pieces.only(known, rows[held]))
    return planes, counts

"""Which issue a clause belongs to, learned from what people settled; and when to leave it to a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final, cast

from coalface.methods.calibration import Blend, blended
from coalface.methods.kernels import Kernel, turns
from coalface.methods.ngrams import Pieces, Words, out_of_fold
from coalface.methods.vectors import Encoder, encoder

AUTO: Final = "auto"
# What is more likely right than wrong is said, and less as well where silence would cost too many right
# answers – as long as what is said is right more often than not, and not farther off than what was learned:
# by its farthest thousandth, and by a thousandth of a bell curve, for a few examples have no thousandth.
# Examples without a label show what to leave alone: then so much of them is, by the lower end of a 95 %
# interval, at the price of at most so many right answers.
EVEN, GIVEN_UP = 0.5, 0.0005
FARTHEST, THOUSANDTH = 0.001, 3.09
LEFT_ALONE, CERTAIN, GIVEN_UP_AT_MOST = 0.80, 1.645, 0.10
SETTLED, NEXT = 0.95, 4
CHECKED, CHECKED_OUTSIDE, FEW = 4_000, 1_000, 2_000
_START = (3.0, 3.0, 0.5)


@dataclass(frozen=True, slots=True)
class Route:
    """`label` None: left to a person. `confidence`: how likely this very answer is right."""

    label: str | None
    confidence: float
    runners_up: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Judge:
    """A blend of opinions; the confidence, and the nearness to anything learned, below which none is said."""

    blend: Blend
    threshold: float
    nearest: float | None = None


@dataclass(frozen=True, slots=True)
class Router:
    """Learns from texts and labels, says where new texts belong, learns a correction at once.

    Source: opinions of a Gaussian kernel on vectors, a linear machine and naive Bayes on n-grams, blended on
    examples that each opinion had not seen (`calibration`), with a threshold from the same.

    >>> texts = ["card lost", "my card is gone", "long queue", "queue again"]
    >>> router = Router.fit(texts, ["card", "card", "queue", "queue"], vectors=None)
    >>> router.predict(["where is my card"], vectors=None)[0].label
    'card'
    >>> corrected = router.learn(["where is my card"], ["post"], vectors=None)
    >>> corrected.predict(["Where is my card"], vectors=None)[0].label
    'post'
    """

    labels: tuple[str | None, ...]
    pieces: Pieces | None
    words: Words | None
    kernel: Kernel | None
    by_words: _Judge
    by_both: _Judge
    settled: dict[str, int] = field(default_factory=dict)

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str | None], *, vectors: Any = AUTO) -> "Router":
        """From n texts with the labels people gave them; None means: none of the labels.

        `vectors`: n × d rows of length 1, a row of zeros for a text without one; None: words alone;
        left out: made here if the optional packages are there. ValueError unless lengths agree.
        """
        import numpy as np

        if len(texts) != len(labels):
            raise ValueError(f"{len(texts)} texts, {len(labels)} labels")
        known: tuple[str | None, ...] = tuple(sorted({label for label in labels if label is not None}))
        known += (None,) if None in labels else ()
        number = {label: at for at, label in enumerate(known)}
        targets = np.array([number[label] for label in labels], dtype=int)
        rows = _vectors(texts, vectors)
        pieces = Pieces.of(texts)
        empty = cls(known, None, None, None, _Judge(Blend(_START[1:]), 0.0), _Judge(Blend(_START), 0.0))
        if pieces is None or len(known) < 2:
            return replace(
                empty, settled={_key(text): at for text, at in zip(texts, targets.tolist(), strict=True)}
            )
        return _fitted(replace(empty, pieces=pieces), pieces.rows(texts), rows, targets)

    def predict(self, texts: Sequence[str], *, vectors: Any = AUTO) -> list[Route]:
        """One route for each text, in order; see `fit` for `vectors`."""
        import numpy as np

        if not self.labels or not len(texts):
            return [Route(None, 0.0) for _ in texts]
        if self.pieces is None or self.words is None:
            return [self._only(text) for text in texts]
        rows = self.pieces.rows(texts)
        dense = _vectors(texts, vectors) if self.kernel else None
        has = np.zeros(len(texts), bool) if dense is None else dense.any(1)
        routes = [Route(None, 0.0) for _ in texts]
        for judge, places in ((self.by_words, ~has & (rows.getnnz(1) > 0)), (self.by_both, has)):
            at = np.flatnonzero(places)
            if len(at):
                opinions, far = list(self.words.scores(rows[at])), np.zeros(len(at), bool)
                if judge is self.by_both and self.kernel is not None and dense is not None:
                    near = self.kernel.scores(dense[at])
                    opinions = [_clearer(near), *opinions]
                    far = near.sum(1) < judge.nearest if judge.nearest is not None else far
                for place, route in zip(at, self._routes(judge, opinions, far), strict=True):
                    routes[place] = route
        return [self._as_settled(text, route) for text, route in zip(texts, routes, strict=True)]

    def learn(self, texts: Sequence[str], labels: Sequence[str | None], *, vectors: Any = AUTO) -> "Router":
        """A router that knows these, too: the same words get this label from now on. `self` stays."""
        import numpy as np

        known = self.labels + tuple(dict.fromkeys(label for label in labels if label not in self.labels))
        number = {label: at for at, label in enumerate(known)}
        targets = np.array([number[label] for label in labels], dtype=int)
        settled = self.settled | {_key(text): at for text, at in zip(texts, targets.tolist(), strict=True)}
        words, kernel = self.words, self.kernel
        if self.pieces is not None and words is not None:
            words = words.learn(self.pieces.rows(texts), targets, len(known))
        if kernel is not None:
            rows = _vectors(texts, vectors)
            has = np.zeros(len(texts), bool) if rows is None else rows.any(1)
            kernel = kernel.learn(
                rows[has] if rows is not None else kernel.landmarks[:0], targets[has], len(known)
            )
        by_both = self.by_both
        if len(known) > len(self.labels):  # how near its examples lie has not been seen yet
            by_both = replace(by_both, nearest=None)
        return replace(self, labels=known, words=words, kernel=kernel, by_both=by_both, settled=settled)

    def _routes(self, judge: _Judge, opinions: Sequence[Any], far: Any) -> list[Route]:
        """Shares → likeliest label and the next; the rest of the shares makes room for the corrected one."""
        import numpy as np

        shares = judge.blend.shares(opinions)
        outside = self.labels.index(None) if None in self.labels else -1
        nobody = shares[:, outside].copy() if outside >= 0 else np.zeros(len(shares))
        if outside >= 0:
            shares[:, outside] = -1
        order = np.argsort(-shares, axis=1, kind="stable")[:, : NEXT + 1]
        highest = np.take_along_axis(shares, order[:, :1], 1)[:, 0]
        sure = judge.blend.sure(highest)
        sure = np.where(far, np.minimum(sure, judge.threshold), sure)
        room = (1 - sure) / np.maximum(1 - highest, 1e-6)
        found = []
        for row, places in enumerate(order):
            ranked = [(self.labels[at], float(sure[row])) for at in places[:1]]
            ranked += [
                (self.labels[at], float(min(sure[row], shares[row, at] * room[row]))) for at in places[1:]
            ]
            named = tuple((label, round(chance, 6)) for label, chance in ranked if label is not None)
            none = float(min(1.0, nobody[row] * room[row]))
            if named and not far[row] and sure[row] >= judge.threshold and sure[row] >= none:
                found.append(Route(named[0][0], named[0][1], named[1:]))
            else:
                found.append(Route(None, round(none, 6), named[:NEXT]))
        return found

    def _as_settled(self, text: str, route: Route) -> Route:
        """What a person said of the same words stands."""
        at = self.settled.get(_key(text))
        if at is None or self.labels[at] == route.label is not None:
            return route
        label = self.labels[at]
        others = ((route.label, route.confidence), *route.runners_up) if route.label else route.runners_up
        left = tuple((name, min(chance, 1 - SETTLED)) for name, chance in others if name not in (label, None))
        return Route(label, SETTLED, left[:NEXT])

    def _only(self, text: str) -> Route:
        """With fewer than two labels nothing tells one from another: only the very same words are known."""
        at = self.settled.get(_key(text))
        names = tuple((label, 0.5) for label in self.labels if label is not None)[:NEXT]
        return Route(None, 0.0, names) if at is None else Route(self.labels[at], SETTLED)


def _fitted(bare: Router, rows: Any, dense: Any, targets: Any) -> Router:
    """Learn everything; then judge every example as if it had not been learned, for blend and threshold."""
    import numpy as np

    numbers = len(bare.labels)
    outside = numbers - 1 if bare.labels[-1] is None else -1
    turn = turns(targets)
    words = Words.fit(rows, targets, numbers)
    pieces, checks = cast(Pieces, bare.pieces), 10 if len(targets) < FEW else 3
    counted = out_of_fold(pieces, rows, targets, numbers, turn % checks)
    at, each = _checked(targets, turn, outside)
    opinions = [scores[at] for scores in counted]
    fitted = replace(bare, words=words, by_words=_judge(opinions, targets[at], _START[1:], each, outside))
    has = np.zeros(len(targets), bool) if dense is None else dense.any(1)
    if not has.any():
        return fitted
    kernel = Kernel.fit(dense[has], targets[has], numbers)
    with_one = has[at]
    alone = kernel.without_itself(dense[at[with_one]], targets[at[with_one]])
    opinions = [_clearer(alone), *(scores[with_one] for scores in opinions)]
    both = _judge(opinions, targets[at[with_one]], _START, each[with_one], outside)
    # Leaving one out is exact only where no example serves as a landmark for others.
    if outside < 0 and len(alone) and len(kernel.landmarks) == has.sum():
        near = alone.sum(1)
        farthest = min(np.quantile(near, FARTHEST), near.mean() - THOUSANDTH * near.std())
        both = replace(both, nearest=float(farthest))
    return replace(fitted, kernel=kernel, by_both=both)


def _clearer(scores: Any) -> Any:
    """Half-way between how near the examples of a label are and how much nearer than those of the others."""
    centred = scores - scores.mean(1, keepdims=True)
    return centred / (centred.std(1, keepdims=True) + 1e-6) ** 0.5


def _checked(targets: Any, turn: Any, outside: int) -> tuple[Any, Any]:
    """Which examples set the blend, and for how many each speaks; a label's only example tells nothing."""
    import numpy as np

    several = np.bincount(targets)[targets] > 1
    found, weights = [], []
    for group, most in ((targets != outside, CHECKED), (targets == outside, CHECKED_OUTSIDE)):
        places = np.flatnonzero(group & several)
        if len(places):
            some = places[np.sort(np.random.default_rng(0).permutation(len(places))[:most])]
            found.append(some)
            weights.append(np.full(len(some), len(places) / len(some)))
    return (np.concatenate(found), np.concatenate(weights)) if found else (np.zeros(0, int), np.zeros(0))


def _judge(opinions: Sequence[Any], targets: Any, start: Sequence[float], each: Any, outside: int) -> _Judge:
    """The blend, and the confidence below which no label is given."""
    import numpy as np

    blend = blended(opinions, targets, start, each, outside)
    if not len(targets):
        return _Judge(blend, 0.0)
    shares = blend.shares(opinions)
    if outside >= 0:
        shares[:, outside] = -1
    sure, right = blend.sure(shares.max(1)), shares.argmax(1) == targets
    without = sure[targets == outside]
    if not right.any():
        return _Judge(blend, 0.0)
    if not len(without):
        return _Judge(blend, _worth_saying(sure))
    margin = CERTAIN * (LEFT_ALONE * (1 - LEFT_ALONE) / len(without)) ** 0.5
    wanted = float(np.quantile(without, min(1.0, LEFT_ALONE + margin)))
    return _Judge(blend, min(wanted, float(np.quantile(sure[right], GIVEN_UP_AT_MOST))))


def _worth_saying(sure: Any) -> float:
    """The confidence from which on a label is given where nothing shows what to leave alone."""
    import numpy as np

    rising = np.sort(sure)
    lost = np.cumsum(rising) / rising.sum()
    first = min(int(np.searchsorted(lost, GIVEN_UP)), len(rising) - 1)
    cheap = min(EVEN, float(rising[first]))
    if rising.mean() >= EVEN:
        return cheap
    falling = rising[::-1]
    mostly_right = np.cumsum(falling) / np.arange(1, len(falling) + 1) >= EVEN
    return max(cheap, float(falling[mostly_right][-1]) if mostly_right.any() else EVEN)


def _vectors(texts: Sequence[str], vectors: Any) -> Any:
    import numpy as np

    if isinstance(vectors, str):
        encode = _encoder()
        return encode(texts) if encode else None
    if vectors is None:
        return None
    rows = np.asarray(vectors, dtype=np.float32)
    if len(rows) != len(texts):
        raise ValueError(f"{len(texts)} texts, {len(rows)} vectors")
    return rows


@cache
def _encoder() -> Encoder | None:
    return encoder()


def _key(text: str) -> str:
    return " ".join(text.casefold().split())

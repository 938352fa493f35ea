"""Ridge regression in a Gaussian kernel on sentence vectors: exact for few examples, landmarks for many."""

from dataclasses import dataclass, replace
from typing import Any

# Fixed, not tuned: neighbours within a cosine of .5 count exp(-1); a tenth of an example's worth of doubt.
NARROW, DOUBT, JITTER = 2.0, 0.1, 1e-3
LANDMARKS, CHUNK = 2_500, 1_000


@dataclass(frozen=True, slots=True)
class Kernel:
    """`scores` near 1 for a label whose examples lie near, near 0 far from everything learned."""

    landmarks: Any
    inverse: Any
    weights: Any

    @classmethod
    def fit(cls, vectors: Any, targets: Any, numbers: int) -> "Kernel":
        """From n × d rows of length 1 and n label numbers below `numbers`; takes n × 2,500² steps at most."""
        import numpy as np
        from scipy.linalg import cho_factor, cho_solve

        landmarks = vectors[chosen(targets, LANDMARKS)]
        count = len(landmarks)
        inner, told = np.zeros((count, count)), np.zeros((count, numbers))
        for at in range(0, len(vectors), CHUNK):
            near = _near(vectors[at : at + CHUNK], landmarks)
            inner += near.T @ near
            told += near.T @ np.eye(numbers)[targets[at : at + CHUNK]]
        inner += DOUBT * _near(landmarks, landmarks)
        inner[np.diag_indices(count)] += DOUBT * JITTER
        inverse = cho_solve(cho_factor(inner, lower=True, overwrite_a=True), np.eye(count), overwrite_b=True)
        return cls(landmarks, inverse, inverse @ told)

    def scores(self, vectors: Any) -> Any:
        """n × labels."""
        import numpy as np

        found = np.zeros((len(vectors), self.weights.shape[1]), dtype=np.float32)
        light = self.weights.astype(np.float32)
        for at in range(0, len(vectors), CHUNK):
            found[at : at + CHUNK] = _near(vectors[at : at + CHUNK], self.landmarks, np.float32) @ light
        return found

    def without_itself(self, vectors: Any, targets: Any) -> Any:
        """What each example would have scored had it not been learned from: leave-one-out in closed form."""
        import numpy as np

        found = np.zeros((len(vectors), self.weights.shape[1]), dtype=np.float32)
        for at in range(0, len(vectors), CHUNK):
            near = _near(vectors[at : at + CHUNK], self.landmarks)
            own = np.einsum("ij,ij->i", near @ self.inverse, near)[:, None]
            said = np.eye(self.weights.shape[1])[targets[at : at + CHUNK]]
            found[at : at + CHUNK] = (near @ self.weights - own * said) / np.maximum(1 - own, JITTER)
        return found

    def learn(self, vectors: Any, targets: Any, numbers: int) -> "Kernel":
        """One example after the other, each by a rank-one change of the inverse (Sherman & Morrison 1950)."""
        import numpy as np

        inverse, width = self.inverse.copy(), self.weights.shape[1]
        weights = np.pad(self.weights, ((0, 0), (0, numbers - width)))
        for near, number in zip(_near(vectors, self.landmarks), targets, strict=True):
            turned = inverse @ near
            missing = np.eye(numbers)[number] - near @ weights
            step = turned / (1 + near @ turned)
            inverse -= np.outer(step, turned)
            weights += np.outer(step, missing)
        return replace(self, inverse=inverse, weights=weights)


def chosen(targets: Any, at_most: int) -> Any:
    """Which examples stand for all: every label gets its turn before one gets a second.

    Shapes: n label numbers, gives at most `at_most` places in rising order. Units: none. Errors: none.
    Always the same for the same targets. Source: landmarks as in Nyström's method (Williams & Seeger 2001).

    >>> import numpy
    >>> chosen(numpy.array([0, 0, 0, 0, 1, 1]), 3).size
    3
    """
    import numpy as np

    if len(targets) <= at_most:
        return np.arange(len(targets))
    mixed = np.random.default_rng(0).permutation(len(targets))
    turn = turns(np.asarray(targets)[mixed])
    return np.sort(mixed[np.argsort(turn, kind="stable")[:at_most]])


def turns(targets: Any) -> Any:
    """How many examples of the same label came before.

    Shapes: n label numbers, n counts. Units: none. Errors: none. Source: own.

    >>> import numpy
    >>> turns(numpy.array([7, 8, 7, 7])).tolist()
    [0, 0, 1, 2]
    """
    import numpy as np

    order = np.argsort(targets, kind="stable")
    ordered = np.asarray(targets)[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.zeros(0, int)
    lengths = np.diff(np.r_[starts, len(ordered)])
    found = np.zeros(len(ordered), dtype=int)
    found[order] = np.arange(len(ordered)) - np.repeat(starts, lengths)
    return found


def _near(vectors: Any, landmarks: Any, kind: Any = float) -> Any:
    import numpy as np

    return np.exp(NARROW * ((vectors @ landmarks.T).astype(kind) - 1))

"""Several opinions on one label become one probability that is right as often as it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Blend:
    """How much each opinion weighs; how sure it may be: logit(sure) = steep · logit(share) + shift."""

    weights: tuple[float, ...]
    steep: float = 1.0
    shift: float = 0.0

    def shares(self, opinions: Sequence[Any]) -> Any:
        """n × labels that sum to 1, before the last correction."""
        return _softmax(sum(weight * scores for weight, scores in zip(self.weights, opinions, strict=True)))

    def sure(self, highest: Any) -> Any:
        """The probability that the likeliest label is right, given its share."""
        return _sigmoid(self.steep * _logit(highest) + self.shift)


def blended(
    opinions: Sequence[Any], targets: Any, start: Sequence[float], each: Any, outside: int = -1
) -> Blend:
    """The blend under which what turned out to be right was likeliest.

    Shapes: k arrays n × labels of scores made without the example itself, n label numbers, k weights to start
    from, n weights of examples. `outside`: number of the label that means none of them. Units: scores of
    any scale. Errors: none; without examples the start is kept.
    Source: opinion pools with temperature (Guo et al. 2017), then Platt 1999 on the highest share.

    >>> import numpy
    >>> scores = numpy.array([[1.0, 0.0], [0.0, 1.0], [0.9, 0.1], [0.2, 0.1]] * 5)
    >>> blend = blended([scores], numpy.array([0, 1, 0, 1] * 5), (1.0,), numpy.ones(20))
    >>> bool(blend.weights[0] > 1)
    True
    """
    import numpy as np
    from scipy.optimize import minimize

    if not len(targets):
        return Blend(tuple(start))
    at = np.arange(len(targets))
    part = each / each.sum()

    def missed(weights: Any) -> tuple[float, Any]:
        shares = Blend(tuple(weights)).shares(opinions)
        slopes = [((shares * scores).sum(1) - scores[at, targets]) @ part for scores in opinions]
        return float(-np.log(shares[at, targets] + TINY) @ part), np.array(slopes, dtype=float)

    found = minimize(missed, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start))
    blend = Blend(tuple(float(weight) for weight in found.x))
    shares = blend.shares(opinions)
    if outside >= 0:
        shares[:, outside] = 0
    return _corrected(blend, shares.max(1), shares.argmax(1) == targets, each)


def _corrected(blend: Blend, highest: Any, right: Any, each: Any) -> Blend:
    """Platt's two numbers, held near (1, 0) by as much as two examples would."""
    import numpy as np
    from scipy.optimize import minimize

    logits = _logit(highest)

    def missed(line: Any) -> float:
        chance = np.clip(_sigmoid(line[0] * logits + line[1]), TINY, 1 - TINY)
        lost = -np.where(right, np.log(chance), np.log1p(-chance)) @ each
        return float(lost + (line[0] - 1) ** 2 + line[1] ** 2)

    steep, shift = minimize(missed, (1.0, 0.0), method="L-BFGS-B", bounds=[(0.05, 10), (-10, 10)]).x
    return Blend(blend.weights, float(steep), float(shift))


def calibration_error(sure: Any, right: Any, bins: int = 15) -> float:
    """How far confidence and share of right answers lie apart, on average: the expected calibration error.

    Shapes: n confidences, n truths. Units: probability. Errors: none; 0 for nothing.
    Source: Naeini et al. 2015, bins of equal width.

    >>> calibration_error([0.8] * 10, [True] * 8 + [False] * 2)
    0.0
    """
    import numpy as np

    confidence, truth = np.asarray(sure, float), np.asarray(right, float)
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(float((confidence - truth)[place == one].sum())) for one in np.unique(place)]
    return round(sum(gaps) / max(len(confidence), 1), 12)


def _softmax(scores: Any) -> Any:
    import numpy as np

    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def _logit(share: Any) -> Any:
    import numpy as np

    kept = np.clip(np.asarray(share, float), TINY, 1 - TINY)
    return np.log(kept) - np.log1p(-kept)


def _sigmoid(value: Any) -> Any:
    import numpy as np

    return 1 / (1 + np.exp(-np.clip(value, -30, 30)))

"""What every figure carries: the estimate, its interval, how much it rests on, and how it was reached."""

import math
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure with its 95 % interval (unless asked otherwise).

    `estimate`, `low` and `high` share one unit; None means "cannot be said", never zero.
    `n` is the number of observations; `method` is a code such as "wilson" or "exact_poisson".
    """

    estimate: float | None
    low: float | None
    high: float | None
    n: int
    method: str


def wilson(successes: int, n: int, confidence: float = 0.95) -> Estimate:
    """A share with its Wilson score interval.

    Shapes: two counts. Units: shares between 0 and 1. With n = 0 nothing is known: None, 0 to 1.
    Errors: ValueError unless 0 ≤ successes ≤ n and 0 < confidence < 1.
    Source: Wilson (1927), J. Am. Stat. Assoc. 22:209–212.

    >>> share = wilson(8, 10)
    >>> print(f"{share.estimate:.2f} ({share.low:.4f}–{share.high:.4f})")
    0.80 (0.4902–0.9433)
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share")
    z = two_sided_z(confidence)
    if n == 0:
        return Estimate(None, 0.0, 1.0, 0, "wilson")
    share = successes / n
    shrink = 1 + z * z / n
    centre = (share + z * z / (2 * n)) / shrink
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / shrink
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == n else centre + half
    return Estimate(share, low, high, n, "wilson")


def two_sided_z(confidence: float) -> float:
    """The normal quantile that leaves half of what is not covered on either side.

    Shapes: one number in, one out. Units: standard deviations. Errors: ValueError unless 0 < confidence < 1.
    Source: the standard normal distribution.

    >>> round(two_sided_z(0.95), 4)
    1.96
    """
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence lies between 0 and 1, not {confidence}")
    return NormalDist().inv_cdf((1 + confidence) / 2)

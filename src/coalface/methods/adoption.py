"""Was something new taken up by those it was offered to?"""

from dataclasses import dataclass

from coalface.methods.results import Estimate, wilson

ADOPTED = "adopted"
NOT_ADOPTED = "not_adopted"
NOT_ENOUGH_EVIDENCE = "not_enough_evidence"


@dataclass(frozen=True, slots=True)
class Adoption:
    """The share that took it up, and what that says beside the share written down beforehand."""

    share: Estimate
    ruling: str


def adoption(adopted: int, offered: int, smallest_share: float) -> Adoption:
    """Adopted when the interval lies at or above the smallest share, not adopted when it lies below.

    Shapes: two counts and a share. Units: customers; shares between 0 and 1; the interval is Wilson's, 95 %.
    Errors: ValueError unless 0 ≤ adopted ≤ offered and 0 < smallest_share ≤ 1.
    Source: Wilson (1927), J. Am. Stat. Assoc. 22:209–212; the rule is our own.

    >>> found = adoption(30, 100, 0.2)
    >>> print(f"{found.share.low:.3f}–{found.share.high:.3f} {found.ruling}")
    0.219–0.396 adopted
    """
    if not 0 < smallest_share <= 1:
        raise ValueError(f"{smallest_share} is no share that has to take it up")
    share = wilson(adopted, offered)
    low, high = share.low or 0.0, 1.0 if share.high is None else share.high
    if low >= smallest_share:
        return Adoption(share, ADOPTED)
    return Adoption(share, NOT_ADOPTED if high < smallest_share else NOT_ENOUGH_EVIDENCE)

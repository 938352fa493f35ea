"""What counts, exposures and shares have to be before anything is computed from them."""

import math


def want_counts(*counts: float) -> None:
    """Refuse counts that nobody can have counted.

    Shapes: numbers. Units: events. Errors: ValueError for one that is negative, missing or not finite.
    Source: own.

    >>> want_counts(0, 42)
    """
    if any(not 0 <= count < math.inf for count in counts):
        raise ValueError("A count is known, finite and cannot be negative")


def want_exposures(*exposures: float) -> None:
    """Refuse exposures that no rate can be taken of.

    Shapes: numbers. Units: those of what was done. Errors: ValueError unless all are positive and finite.
    Source: own.

    >>> want_exposures(10_000, 0.5)
    """
    if any(not 0 < exposure < math.inf for exposure in exposures):
        raise ValueError("An exposure is positive and finite")


def want_shares(*shares: float) -> None:
    """Refuse what is no share.

    Shapes: numbers. Units: shares. Errors: ValueError unless all lie between 0 and 1. Source: own.

    >>> want_shares(0.05, 0.8)
    """
    if any(not 0 < share < 1 for share in shares):
        raise ValueError("Alpha, power, confidence and the smallest effect lie between 0 and 1")

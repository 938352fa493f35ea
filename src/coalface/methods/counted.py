"""What counts, exposures and shares have to be before anything is computed from them."""

import math
from collections.abc import Iterable
from typing import Any

# Up to here a floating number holds every whole one.
MOST = 2**53


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


def is_row(given: Any) -> bool:
    """Whether something holds many values in order, such as a list, a tuple, an array or what yields them.

    Shapes: anything. Units: none. Errors: none. Source: own.

    >>> is_row([1, 2]), is_row(range(3)), is_row(7), is_row("7")
    (True, True, False, False)
    """
    if isinstance(given, str | bytes | dict | set | frozenset):
        return False
    return isinstance(given, Iterable) and getattr(given, "ndim", 1) != 0


def number(given: Any, what: str) -> float:
    """One number, whatever type it comes in.

    Shapes: a number of any library; `what` names it in the error. Units: those given.
    Errors: ValueError for what is no number. Source: own.

    >>> number(7, "A count")
    7.0
    """
    if given is None or isinstance(given, str | bytes):
        raise ValueError(f"{what} is a number, not {given!r}")
    try:
        return float(given)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{what} is a number, not {type(given).__name__}") from None


def whole(given: Any, what: str) -> int:
    """One whole number, whatever type it comes in.

    Shapes: as `number`. Units: those given. Errors: ValueError for what is no whole number, or is not finite.
    Source: own.

    >>> whole(7.0, "A count")
    7
    """
    value = number(given, what)
    if not math.isfinite(value) or value != math.floor(value):
        raise ValueError(f"{what} is a whole number, not {given}")
    return int(value)


def whole_counts(given: Any) -> tuple[int, ...]:
    """A row of counts, or the one that is given alone.

    Shapes: a number or a row of them. Units: events. Errors: ValueError for an empty row and for counts that
    are missing, negative, no whole numbers, or more than a floating number can tell apart. Source: own.

    >>> whole_counts([4, 6.0]), whole_counts(7)
    ((4, 6), (7,))
    """
    values = list(given) if is_row(given) else [given]
    if not values or any(value is None for value in values):
        raise ValueError("At least one count is needed, and none may be missing")
    numbers = [number(value, "A count") for value in values]
    want_counts(*numbers)
    if any(value != math.floor(value) for value in numbers):
        raise ValueError("Counts are whole numbers")
    if sum(numbers) > MOST:
        raise ValueError("More than 2^53 events cannot be told apart")
    return tuple(map(int, numbers))

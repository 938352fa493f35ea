"""What one verified insight cost, with what the small number of them leaves open."""

from dataclasses import dataclass

from coalface.methods.contact import frequency


@dataclass(frozen=True, slots=True)
class CostOfOne:
    """What one cost; None where nothing was verified. `high` is None where none may have been expected."""

    each: float | None
    low: float
    high: float | None
    n: int


def cost_of_one(total: float, count: int) -> CostOfOne:
    """A sum divided by a count that could have come out otherwise: Poisson, exact, 95 %.

    Shapes: a sum and a count. Units: those of the sum. Errors: ValueError for a negative sum or count.
    Source: Garwood (1936), Biometrika 28:437–442, for the count; the sum is taken as known.

    >>> one = cost_of_one(80_000, 10)
    >>> print(f"{one.each:.0f} ({one.low:.0f}–{one.high:.0f})")
    8000 (4350–16683)
    """
    if total < 0 or count < 0:
        raise ValueError(f"{total} for {count}")
    many = frequency(count, 1, per=1)
    high = total / many.low if many.low else None
    return CostOfOne(total / count if count else None, total / (many.high or 1.0), high, count)

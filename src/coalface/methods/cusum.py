"""Poisson CUSUM: the week in which a rate has most likely moved, looked at every week."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .counted import is_row, number, want_counts, want_exposures


@dataclass(frozen=True, slots=True)
class Cusum:
    """Sums that signal when counts move from the rate in control to the rate out of control.

    Both rates are events per period; `limit` is the decision limit h. An out-of-control rate below the one
    in control looks for a fall (early success), one above it for a rise (relapse).
    Errors: ValueError for rates or a limit that are not positive, or rates that are equal.
    Source: Lucas (1985), Technometrics 27:129–144.

    >>> fall = Cusum(in_control=10, out_of_control=6, limit=8)
    >>> round(fall.k, 4), fall.signal([11, 9, 7, 6, 5, 7, 4])
    (7.8305, 7)
    """

    in_control: float
    out_of_control: float
    limit: float

    def __post_init__(self) -> None:
        rates = (self.in_control, self.out_of_control, self.limit)
        want_exposures(*(number(each, "A rate or a limit") for each in rates))
        if self.in_control == self.out_of_control:
            raise ValueError("A rate out of control differs from the one in control")

    @property
    def k(self) -> float:
        """The reference value: counts beyond it add to the sum, others take from it."""
        apart = math.log(self.in_control) - math.log(self.out_of_control)
        return (self.in_control - self.out_of_control) / apart

    def sums(self, counts: Iterable[float]) -> tuple[float, ...]:
        """The sum after each period; never below 0."""
        if not is_row(counts):
            raise ValueError("A count for each period is needed, in their order")
        row = [number(count, "A count") for count in counts]
        want_counts(*row)
        towards = 1 if self.out_of_control > self.in_control else -1
        reference, sums, now = self.k, [], 0.0
        for count in row:
            now = max(0.0, now + towards * (count - reference))
            sums.append(now)
        return tuple(sums)

    def signal(self, counts: Iterable[float]) -> int | None:
        """The first period, counted from 1, whose sum exceeds the limit; None for none."""
        return next((week for week, now in enumerate(self.sums(counts), 1) if now > self.limit), None)

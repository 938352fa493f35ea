"""The windows before and after a fix: counts and exposures, in whatever shape they come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from .counted import is_row, number, want_exposures, whole_counts


@dataclass(frozen=True, slots=True)
class Windows:
    """Counts and exposures of each period; one period each where only totals are known.

    >>> issue = windows([4, 6, 5], [2, 1], exposure=100)
    >>> issue.total_before, issue.exposure_total_before, issue.total_after, issue.exposure_total_after
    (15, 300.0, 3, 200.0)
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    exposure_before: tuple[float, ...]
    exposure_after: tuple[float, ...]

    @property
    def total_before(self) -> int:
        return sum(self.before)

    @property
    def total_after(self) -> int:
        return sum(self.after)

    @property
    def exposure_total_before(self) -> float:
        return sum(self.exposure_before)

    @property
    def exposure_total_after(self) -> float:
        return sum(self.exposure_after)

    def alike(self, other: "Windows") -> bool:
        """Whether the other has the same periods."""
        return len(self.before) == len(other.before) and len(self.after) == len(other.after)

    def without(self, first: int, stop: int) -> "Windows":
        """The same without some of the periods before."""
        return replace(
            self,
            before=self.before[:first] + self.before[stop:],
            exposure_before=self.exposure_before[:first] + self.exposure_before[stop:],
        )

    def up_to(self, periods: int) -> "Windows":
        """The same with only the first of the periods after."""
        return replace(self, after=self.after[:periods], exposure_after=self.exposure_after[:periods])


def windows(before: Any, after: Any, exposure: Any) -> Windows:
    """What was counted before and after, with its exposure, from totals or from periods.

    Shapes: `before` and `after` are whole numbers (totals) or rows of them (a count a period).
    `exposure` is one of: a number (every window has it; with rows: every period); a pair (before, after) of
    numbers (the whole windows; spread evenly over their periods) or of rows (a number a period; for a total
    their sum); one row with a number for each period before, then after; or a mapping of before and after.
    Units: events; orders, customers or contacts. Errors: ValueError for an empty window, counts that are
    negative, missing or no whole numbers, exposures missing, not positive or of another length, and one
    number for a total beside periods. Source: own.

    >>> windows(42, 18, (10_000, 9_000)).exposure_after
    (9000.0,)
    """
    early, late = whole_counts(before), whole_counts(after)
    if not is_row(exposure) and not isinstance(exposure, dict) and is_row(before) != is_row(after):
        raise ValueError("A total beside periods needs the exposure of each window: a pair (before, after)")
    done_early, done_late = _exposures(exposure, len(early), len(late))
    return Windows(early, late, done_early, done_late)


def _exposures(given: Any, early: int, late: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    if given is None:
        raise ValueError("Without an exposure there is no rate: give orders, customers or contacts")
    if isinstance(given, dict):
        given = [given.get(key) for key in ("before", "after")]
    if is_row(given):
        parts = _sides(list(given), early, late)
    else:
        every = number(given, "An exposure")
        parts = [every] * early, [every] * late
    want_exposures(*parts[0], *parts[1])
    return tuple(parts[0]), tuple(parts[1])


def _sides(given: list[Any], early: int, late: int) -> tuple[list[float], list[float]]:
    """The exposures before and after, of a pair or of one row for all periods."""
    if len(given) == 2 and (early + late > 2 or any(map(is_row, given))):
        return _window(given[0], early), _window(given[1], late)
    if len(given) == early + late:
        return _window(given[:early], early), _window(given[early:], late)
    raise ValueError(f"Exposures for {early} periods before and {late} after are needed, not {len(given)}")


def _window(given: Any, periods: int) -> list[float]:
    if given is None:
        raise ValueError("The exposure of a window is missing")
    if not is_row(given):
        return [number(given, "An exposure") / periods] * periods
    values = [number(value, "An exposure") for value in given]
    if periods == 1 and values:
        want_exposures(*values)
        return [sum(values)]
    if len(values) != periods:
        raise ValueError(f"{periods} exposures are needed, not {len(values)}")
    return values


def running(counts: Sequence[float]) -> tuple[float, ...]:
    """Sums up to each period.

    Shapes: a sequence in, one of its length out. Units: those given. Errors: none. Source: own.

    >>> running([2, 1, 4])
    (2, 3, 7)
    """
    from itertools import accumulate

    return tuple(accumulate(counts))

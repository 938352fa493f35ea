"""The windows before and after a fix: counts and exposures, in whatever shape they come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from .counted import want_counts, want_exposures


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

    Shapes: `before` and `after` are whole numbers (totals) or sequences of them (a count a period).
    `exposure` is one of: a number (every window has it; with sequences: every period); a pair (before,
    after) of numbers (the whole windows; spread evenly over their periods) or of sequences (a number a
    period); or one sequence with a number for each period before, then after.
    Units: events; orders, customers or contacts. Errors: ValueError for an empty window, counts that are
    negative, missing or no whole numbers, and exposures missing, not positive or of another length.
    Source: own.

    >>> windows(42, 18, (10_000, 9_000)).exposure_after
    (9000.0,)
    """
    early, late = _counts(before), _counts(after)
    done_early, done_late = _exposures(exposure, len(early), len(late))
    return Windows(early, late, done_early, done_late)


def _is_many(given: Any) -> bool:
    return hasattr(given, "__len__") and not isinstance(given, str | bytes | dict)


def _counts(given: Any) -> tuple[int, ...]:
    values = list(given) if _is_many(given) else [given]
    if not values or any(value is None for value in values):
        raise ValueError("A window holds at least one count, and none is missing")
    want_counts(*map(float, values))
    if any(float(value) != int(value) for value in values):
        raise ValueError("Counts are whole numbers")
    return tuple(int(value) for value in values)


def _exposures(given: Any, early: int, late: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    if given is None:
        raise ValueError("Without an exposure there is no rate: give orders, customers or contacts")
    if not _is_many(given):
        parts = [float(given)] * early, [float(given)] * late
    elif len(given) == 2 and (early + late > 2 or any(map(_is_many, given))):
        parts = _window(given[0], early), _window(given[1], late)
    elif len(given) == early + late:
        parts = _window(given[:early], early), _window(given[early:], late)
    else:
        raise ValueError(
            f"Exposures for {early} periods before and {late} after are needed, not {len(given)}"
        )
    want_exposures(*parts[0], *parts[1])
    return tuple(parts[0]), tuple(parts[1])


def _window(given: Any, periods: int) -> list[float]:
    if given is None:
        raise ValueError("The exposure of a window is missing")
    if not _is_many(given):
        return [float(given) / periods] * periods
    if len(given) != periods or any(value is None for value in given):
        raise ValueError(f"{periods} exposures are needed, not {len(given)}")
    return [float(value) for value in given]


def compared(given: Any, issue: Windows) -> Windows:
    """The windows of a control group, of siblings or of all contacts, over those of the issue.

    Shapes: a pair (before, after) of totals or sequences, or a triple with an exposure of its own, or a
    mapping with the keys before, after and, where it has its own, exposure. Without one it has the issue's:
    period by period where its periods are the issue's, else in total.
    Units: events. Errors: ValueError for another shape, and those of `windows`. Source: own.

    >>> compared((100, 80), windows([20, 22], [9, 9], 500)).exposure_before
    (1000.0,)
    """
    if isinstance(given, dict):
        given = [given[key] for key in ("before", "after", "exposure") if given.get(key) is not None]
    if not _is_many(given) or len(given) not in (2, 3):
        raise ValueError(
            "What is compared with is a pair: before, after; or a triple: before, after, exposure"
        )
    if len(given) == 3:
        return windows(*given)
    early, late = _counts(given[0]), _counts(given[1])
    own_periods = len(early) == len(issue.before) and len(late) == len(issue.after)
    if own_periods:
        return replace(issue, before=early, after=late)
    return windows(early, late, (issue.exposure_total_before, issue.exposure_total_after))


def running(counts: Sequence[float]) -> tuple[float, ...]:
    """Sums up to each period.

    Shapes: a sequence in, one of its length out. Units: those given. Errors: none. Source: own.

    >>> running([2, 1, 4])
    (2, 3, 7)
    """
    from itertools import accumulate

    return tuple(accumulate(counts))

"""What an issue is compared with: a control group, siblings, all contacts, in whatever shape they come."""

from typing import Any

from .before_after import Windows, windows
from .counted import is_row, number, whole_counts

SAID = (
    "What is compared with is a pair (before, after) or a triple (before, after, exposure), each of totals or"
    " of the issue's periods; or one row for all periods; or a pair (counts, exposure) of such rows"
)
EITHER_WAY = "That can be read in two ways: name its parts, {'before': …, 'after': …, 'exposure': …}"


def compared(given: Any, issue: Windows, *, several: bool = False) -> Windows:
    """The windows of a control group, of siblings or of all contacts, over those of the issue.

    Shapes: a pair (before, after) of totals or rows, or a triple with an exposure of its own; one row for all
    of the issue's periods, or a pair (counts, exposure) of such rows; a mapping with the keys before, after
    and, where it has its own, exposure (or counts and exposure); or several of these, in a row or in a
    mapping by name, which are added up. Without an exposure of its own it has the issue's: period by period
    where its periods are the issue's, else in total. Two pairs of totals are two things where `several` are
    expected, else counts and their exposure.
    Units: events. Errors: ValueError for another shape, for one that can be read in two ways, for periods
    that are not the issue's, and those of `windows`. Source: own.

    >>> compared((100, 80), windows([20, 22], [9, 9], 500)).exposure_before
    (1000.0,)
    >>> compared([(100, 80), (20, 22), (4, 3)], windows(42, 18, 1)).before
    (124,)
    """
    if isinstance(given, Windows):
        return given
    if isinstance(given, dict):
        return _named(given, issue)
    if not is_row(given):
        raise ValueError(SAID)
    parts = [list(part) if is_row(part) else part for part in given]
    if all(map(_lone, parts)) or not parts:
        return _numbers(parts, issue)
    if len(parts) == 2 and not any(isinstance(part, dict | Windows) for part in parts):
        return _two(parts[0], parts[1], issue, several)
    small = all(_flat(part) and len(part) == 2 for part in parts) and len(issue.before) != 2
    if len(parts) == 3 and not small and all(_lone(part) or _flat(part) for part in parts[:2]):
        return windows(parts[0], parts[1], parts[2])
    if any(map(_lone, parts)):
        raise ValueError(SAID)
    return _several([compared(part, issue) for part in parts])


def _lone(part: Any) -> bool:
    return not isinstance(part, list | dict | Windows)


def _flat(part: Any) -> bool:
    return isinstance(part, list) and not any(is_row(value) or isinstance(value, dict) for value in part)


def _named(given: dict[Any, Any], issue: Windows) -> Windows:
    if {"before", "after"} <= set(given):
        return _pair(given["before"], given["after"], given.get("exposure"), issue)
    if "counts" in given:
        return _split(given["counts"], given.get("exposure"), issue)
    if not given or all(_lone(list(each) if is_row(each) else each) for each in given.values()):
        raise ValueError(SAID)
    return _several([compared(each, issue) for each in given.values()])


def _numbers(parts: list[Any], issue: Windows) -> Windows:
    """Totals before and after, perhaps with an exposure; or a count for each period."""
    if len(parts) == len(issue.before) + len(issue.after):
        return _split(parts, None, issue)
    if len(parts) not in (2, 3):
        raise ValueError(SAID)
    return _pair(parts[0], parts[1], parts[2] if len(parts) == 3 else None, issue)


def _two(first: Any, second: Any, issue: Windows, several: bool) -> Windows:
    """Before and after; or counts and exposure; or, where several are expected, two of them."""
    periods = len(issue.before) + len(issue.after)
    if not (_lone(first) or _flat(first)):
        if several:
            return _several([compared(part, issue) for part in (first, second)])
        if len(first) != 2 or not _may_be_exposure(first, second):
            raise ValueError(EITHER_WAY)
        return windows(first[0], first[1], second)
    lengths = [None if _lone(part) else len(part) for part in (first, second)]
    fits = lengths[0] in (None, len(issue.before)) and lengths[1] in (None, len(issue.after))
    if fits and (periods > 2 or lengths != [2, None]):
        return _pair(first, second, None, issue)
    if lengths == [2, 2] and several:
        return _several([compared(part, issue) for part in (first, second)])
    if lengths[0] == periods and lengths[1] in (None, 2, periods):
        if periods == 2 and not _may_be_exposure(first, second):
            raise ValueError(EITHER_WAY)
        return _split(first, second, issue)
    return _pair(first, second, None, issue)


def _may_be_exposure(counts: Any, exposure: Any) -> bool:
    """Whether there is at least as much exposure as there are events, wherever both are given."""
    if not is_row(counts):
        return is_row(exposure) or number(counts, "A count") <= number(exposure, "An exposure")
    row = list(counts)
    if not is_row(exposure):
        return all(_may_be_exposure(one, exposure) for one in row)
    done = list(exposure)
    if len(row) != len(done):
        return not any(map(is_row, done))
    return all(_may_be_exposure(one, other) for one, other in zip(row, done, strict=True))


def _split(counts: Any, exposure: Any, issue: Windows) -> Windows:
    """A row for all periods, parted where the issue's is."""
    row, at = whole_counts(counts), len(issue.before)
    if len(row) != at + len(issue.after):
        raise ValueError(f"{at} counts before and {len(issue.after)} after are needed, not {len(row)}")
    return _pair(row[:at], row[at:], exposure, issue)


def _pair(before: Any, after: Any, exposure: Any, issue: Windows) -> Windows:
    if exposure is not None:
        return windows(before, after, exposure)
    early, late = whole_counts(before), whole_counts(after)
    if len(early) == len(issue.before) and len(late) == len(issue.after):
        return Windows(early, late, issue.exposure_before, issue.exposure_after)
    at_once = len(issue.before) == len(issue.after) == 1
    if not at_once and (len(early) > 1 or len(late) > 1):
        raise ValueError(
            f"{len(issue.before)} periods before and {len(issue.after)} after are needed, or an exposure of"
            f" its own; not {len(early)} and {len(late)}"
        )
    return windows(early, late, (issue.exposure_total_before, issue.exposure_total_after))


def _several(each: list[Windows]) -> Windows:
    """All of them together: with the exposure that they share, or else the sum of theirs."""
    first = each[0]
    if not all(first.alike(one) for one in each):
        each = [
            windows(one.total_before, one.total_after, (one.exposure_total_before, one.exposure_total_after))
            for one in each
        ]
    early, late = (
        tuple(map(sum, zip(*side, strict=True)))
        for side in ([one.before for one in each], [one.after for one in each])
    )
    done = [(one.exposure_before, one.exposure_after) for one in each]
    if all(one == done[0] for one in done):
        return Windows(early, late, *done[0])
    done_early, done_late = (tuple(map(sum, zip(*side, strict=True))) for side in zip(*done, strict=True))
    return Windows(early, late, done_early, done_late)

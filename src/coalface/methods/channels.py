"""Complaints that went elsewhere: a way to complain was closed, or another issue took them in."""

import math

from .before_after import Windows
from .comparing import Comparison
from .rate_ratios import RateRatio, dispersed_ratio, log_change, wald

FELL, COLLAPSED = 0.95, 0.2


def channel_closed(issue: Windows, contacts: Windows, dispersion: float) -> bool:
    """Whether what is heard in all fell with the issue, so that its fall says nothing about the fix.

    Three signs, each enough: hardly anything else is heard any more (a fifth); everything else heard fell by
    more than 5 % and its interval lies below 1; all contacts fell, and the issue's share among them did not.
    Not where the issue itself surely rose, as it would not through a closed channel: where all contacts are
    the exposure, the rest falls whenever the issue rises.
    Shapes: windows of the issue and of all contacts, the issue included. Units: events.
    Errors: ValueError where fewer contacts than mentions of the issue are given. Source: METHODS §12.4.

    >>> from coalface.methods.before_after import windows
    >>> channel_closed(windows(42, 18, 1), windows(420, 180, 1), 1.0)
    True
    >>> channel_closed(windows(42, 18, 1), windows(420, 400, 1), 1.0)
    False
    >>> channel_closed(windows(110, 201, (316, 417)), windows(316, 417, (316, 417)), 1.0)
    False
    """
    others_before = contacts.total_before - issue.total_before
    others_after = contacts.total_after - issue.total_after
    if others_before < 0 or others_after < 0:
        raise ValueError("All contacts include those that name the issue")
    risen = _ratio(contacts, issue.total_before, issue.total_after, dispersion).low > 1
    if risen or not contacts.total_before:
        return False
    rest = _ratio(contacts, others_before, others_after, 1.0)
    everything = _ratio(contacts, contacts.total_before, contacts.total_after, 1.0)
    if (others_before and _at(rest) < COLLAPSED) or _at(everything) < COLLAPSED / 2:
        return True
    if _at(rest) < FELL and rest.high < 1:
        return True
    own = log_change(issue.total_after, 1, issue.total_before, 1)
    other = log_change(others_after, 1, others_before, 1)
    share = wald(own[0] - other[0], math.sqrt(dispersion * own[1] + other[1]), n=0, method="share")
    return everything.high < 1 and share.high >= 1


def substituted(issue: Windows, siblings: Windows, found: Comparison) -> bool:
    """Whether siblings of an issue rose by what it fell, so that complaints may only have moved.

    That is so when the rate of the family as a whole, compared like that of the issue, may not have changed,
    and the siblings rose by at least half of the fall and by more than chance alone easily does.
    Shapes: windows of the issue and of its siblings together; how the issue was compared. Units: events.
    Errors: those of `rate_ratio`. Source: METHODS §12.4.

    >>> from coalface.methods.comparing import compare
    >>> from coalface.methods.before_after import windows
    >>> issue = windows(42, 18, 1)
    >>> [substituted(issue, windows(30, after, 1), compare(issue, None)) for after in (31, 54)]
    [False, True]
    """
    family = _ratio(
        siblings,
        siblings.total_before + issue.total_before,
        siblings.total_after + issue.total_after,
        found.dispersion,
    )
    own = _ratio(siblings, siblings.total_before, siblings.total_after, found.dispersion, confidence=0.6)
    growth = siblings.exposure_total_after / siblings.exposure_total_before
    rise = siblings.total_after - siblings.total_before * growth
    fall = issue.total_before * issue.exposure_total_after / issue.exposure_total_before - issue.total_after
    return family.high >= 1 and own.low > 1 and rise >= fall / 2 > 0


def _ratio(
    windows: Windows, before: int, after: int, dispersion: float, confidence: float = 0.95
) -> RateRatio:
    return dispersed_ratio(
        after=after,
        exposure_after=windows.exposure_total_after,
        before=before,
        exposure_before=windows.exposure_total_before,
        dispersion=dispersion,
        confidence=confidence,
    )


def _at(ratio: RateRatio) -> float:
    return math.inf if ratio.estimate is None else ratio.estimate

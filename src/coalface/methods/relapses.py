"""A fix that worked for a while: proof at first, then a rise back to what was before."""

import math
from collections.abc import Sequence
from typing import Any

from .always_valid import always_valid
from .before_after import Windows, running
from .comparing import Comparison

FEWEST_AFTER = 6
STANDS_OUT = 3.5


def relapsed(issue: Windows, found: Comparison) -> bool:
    """Whether the counts after once proved that the fix worked, and have risen back since.

    The periods after are parted where two rates differ most; a rate is taken of what each period would have
    brought without a fix, so that no winter and no growing business is a relapse. It is one when the second
    is higher by a likelihood ratio whose signed root, over the dispersion, reaches 3.5 (parting at the best
    of many places alone brings 2 to 3), the first proves by its always-valid interval that the fix worked,
    and the second is not below what was before. A CUSUM started at the first proof would be called off by
    chance in one of ten good fixes: proof comes first where the rate happens to be low.
    Shapes: windows of a count a period (at least 6 after; else nothing can be said); how they were compared.
    Units: events. Errors: those of `always_valid`. Source: Hinkley (1970), Biometrika 57:1–17; own limit.

    >>> from coalface.methods.before_after import windows
    >>> from coalface.methods.comparing import compare
    >>> back = windows([10] * 20, [4] * 10 + [11] * 8, 1)
    >>> relapsed(back, compare(back, None))
    True
    """
    if len(issue.after) < FEWEST_AFTER:
        return False
    kept = issue.without(*found.spike) if found.spike else issue
    spread = found.dispersion if "dispersion" in found.used else 1.0
    done_before, done_after = kept.exposure_before, kept.exposure_after
    if found.pace:
        done_before, done_after = found.pace[: -len(issue.after)], found.pace[-len(issue.after) :]
        spread = max(1.0, found.pace_dispersion)
    events, done = running(issue.after), running(done_after)
    at, root = _parted(events, done)
    if root < STANDS_OUT * math.sqrt(spread):
        return False
    _, high = always_valid(
        after=[events[at], events[-1] - events[at]],
        exposure_after=[done[at], done[-1] - done[at]],
        before=kept.total_before,
        exposure_before=sum(done_before),
        dispersion=spread,
    )
    return bool(high[0] < 1 <= high[1])


def _parted(events: Sequence[float], done: Sequence[float]) -> tuple[int, float]:
    """The last period of the first part, and the signed root of the likelihood ratio; 0 where none rises."""
    import numpy as np

    seen, whole = np.asarray(events), done[-1]
    first, second = seen[:-1], seen[-1] - seen[:-1]
    share = np.asarray(done[:-1]) / whole
    rising = second * share > first * (1 - share)
    surprise = _surprise(first, seen[-1] * share) + _surprise(second, seen[-1] * (1 - share))
    root = np.sqrt(2 * np.maximum(surprise, 0))
    best = int(np.where(rising, root, 0.0).argmax())
    return best, float(root[best]) if rising[best] else 0.0


def _surprise(seen: Any, expected: Any) -> Any:
    import numpy as np

    return seen * np.log(np.where(seen > 0, seen, 1) / np.where(expected > 0, expected, 1))

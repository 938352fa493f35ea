"""A fix that worked for a while: proof at first, then a rise back to what was before."""

import math

from .always_valid import always_valid
from .before_after import Windows, running
from .comparing import Comparison
from .cusum import Cusum

FEWEST_AFTER = 6
# A limit of ln 400 in units of log-likelihood keeps false alarms at least 400 periods apart on average.
PERIODS_APART = 400


def relapsed(issue: Windows, found: Comparison) -> bool:
    """Whether the counts after once proved that the fix worked, and have risen back since.

    Proof is the always-valid interval below 1 up to some period; the rise is found by a Poisson CUSUM from
    the rate up to there to the rate before, over the periods since, and still stands at the end.
    Shapes: windows of a count a period (at least 6 after; else nothing can be said); how they were compared.
    Units: events. Errors: those of `always_valid`.
    Source: Lorden (1971), Annals of Mathematical Statistics 42:1897–1908, for the limit; Lucas (1985).

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
    events, done = running(issue.after), running(issue.exposure_after)
    _, high = always_valid(
        after=events,
        exposure_after=done,
        before=kept.total_before,
        exposure_before=kept.exposure_total_before,
        dispersion=spread,
    )
    proven = [place for place, end in enumerate(high) if end < 1]
    if not proven or proven[0] + 1 == len(events):
        return False
    first = proven[0]
    before, since = kept.total_before / kept.exposure_total_before, (events[first] + 0.5) / done[first]
    usual = done[-1] / len(done)
    rise = Cusum(since * usual, before * usual, spread * math.log(PERIODS_APART) / math.log(before / since))
    later = zip(issue.after[first + 1 :], issue.exposure_after[first + 1 :], strict=True)
    sums = rise.sums([count * usual / quantity for count, quantity in later])
    return sums[-1] > rise.limit

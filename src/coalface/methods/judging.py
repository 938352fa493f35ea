"""From a comparison to a ruling: what may be said about a fix, and what has to be said with it."""

from collections.abc import Sequence
from dataclasses import replace

from .before_after import Windows
from .comparing import Comparison
from .counted import number, want_shares
from .rate_ratios import RateRatio, events_needed
from .relapses import relapsed
from .verdicts import SAME_LOW, Verdict, says_better, says_same

ONCE = 0.01
WORTH_SAYING = {"spike_left_out", "trend", "season"}


def ruled(
    issue: Windows,
    found: Comparison,
    *,
    smallest_effect: float,
    doubts: Sequence[str] = (),
    alone: bool = True,
    once: bool = False,
) -> Verdict:
    """The verdict on windows that have been compared.

    Shapes: the windows, how they compared, the smallest effect that matters as a ratio, and doubts as codes
    (each keeps a fix from being verified); `alone`: there is no control group; `once`: nobody looks again and
    again, so that p below 1 % is enough beside the interval. Units: events and ratios.
    Errors: ValueError for a smallest effect outside 0..1. Source: own rules; docs/methods/verification.md.

    >>> from coalface.methods.before_after import windows
    >>> from coalface.methods.comparing import compare
    >>> issue = windows(42, 18, 1)
    >>> ruled(issue, compare(issue, None), smallest_effect=0.7).ruling
    'verified'
    """
    want_shares(number(smallest_effect, "The smallest effect"))
    naive = _naive(issue)
    by_exposure = issue.exposure_total_after / issue.exposure_total_before
    needed = events_needed(smallest_effect, exposure_ratio=by_exposure)
    enough = issue.total_before >= needed
    unseen = _unseen(issue, found, alone)
    found = _surer(found, unseen)
    sure = _sure(found, unseen, once)
    ruling = _ruling(found, smallest_effect, doubts, relapsed(issue, found), enough, sure)
    warnings = [*doubts]
    if _disagrees(naive, found.ratio):
        warnings.append("naive_disagrees")
    warnings += [code for code in found.used if code in WORTH_SAYING]
    warnings += ["no_control"] * alone + ["few_events"] * (not enough) + unseen
    return Verdict(
        ruling,
        found.ratio,
        found.plain,
        found.safe,
        naive,
        found.dispersion,
        needed,
        used=found.used,
        warnings=tuple(warnings),
        spike=found.spike,
    )


def _surer(found: Comparison, unseen: Sequence[str]) -> Comparison:
    """With the always-valid interval of the step, where that alone shows it and the season has been seen."""
    step = found.safe_step
    known = step is not None and says_better(step) and "season_unknown" not in unseen
    return replace(found, safe=step) if step and known and not says_better(found.safe) else found


def _sure(found: Comparison, unseen: Sequence[str], once: bool) -> bool:
    """Whether it is proven however often somebody looks, and by more than a season easily brings.

    What varies more than chance in less than a year may do so with the season.
    """
    may_be_season = "season_unknown" in unseen and "dispersion" in found.used
    below = SAME_LOW if may_be_season else 1.0
    if once:
        return found.ratio.p < ONCE and found.ratio.high < below
    return found.safe.high < below


def _ruling(
    found: Comparison,
    smallest_effect: float,
    doubts: Sequence[str],
    again: bool,
    enough: bool,
    sure: bool,
) -> str:
    """The earlier rule wins."""
    ratio = found.ratio
    if "channel_closed" in doubts:
        return "not_enough_evidence"
    if says_same(ratio):
        return "no_change"
    if ratio.low > 1 and found.whole.low > 1:
        return "worse"
    if again:
        return "relapsed"
    if sure and says_better(ratio) and not doubts:
        return "verified"
    large = ratio.estimate is not None and ratio.estimate <= smallest_effect
    if says_better(ratio) or (large and (enough or says_better(found.plain))):
        return "improved_not_proven"
    return "not_enough_evidence"


def _naive(issue: Windows) -> float | None:
    """What most people would say: the rate of all periods after over that of all before."""
    if not issue.total_before:
        return None
    early = issue.total_before / issue.exposure_total_before
    return issue.total_after / issue.exposure_total_after / early


def _disagrees(naive: float | None, ratio: RateRatio) -> bool:
    return naive is not None and (naive < SAME_LOW) != says_better(ratio)


def _unseen(issue: Windows, found: Comparison, alone: bool) -> list[str]:
    """What could not be looked for: anything in totals, a season in less than a year that stands alone."""
    if len(issue.before) == 1:
        return ["totals_only"]
    return ["season_unknown"] * (alone and len(issue.before) < found.year and "season" not in found.used)

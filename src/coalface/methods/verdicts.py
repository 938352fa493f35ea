"""What a verdict says: a ruling, the ratio behind it, and what has to be known with it, all as codes."""

from dataclasses import dataclass

from .counted import want_shares
from .rate_ratios import RateRatio
from .shrinkage import EmpiricalBayes

SAME_LOW, SAME_HIGH = 0.9, 1.1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said about a fix, and from what.

    `ruling`: verified · improved_not_proven · no_change · worse · not_enough_evidence · relapsed.
    `ratio`: rate after over rate before, adjusted for all that `used` names; `plain` is the same without
    dispersion and control group, `safe` the interval that may be looked at as often as one likes, and
    `naive` the point ratio of everything before to everything after, a spike left in (None: nothing before).
    `dispersion`: how many times as much as Poisson counts these vary; `needed`: the textbook's events before.
    `spike`: first and one after the last period left out of the baseline, both 0-based.
    `used`: exact · dispersion · control · expected · spike_left_out · trend · season · newey_west.
    `warnings`: channel_closed · substitution · not_below_expected · naive_disagrees · spike_left_out ·
    trend · season · no_control · few_events · totals_only (nothing to read a spike, dispersion
    or season from) · season_unknown (less than a year of periods, and no control group).

    >>> half = RateRatio(0.5, 0.4, 0.6, 0.001, 300, "exact_conditional")
    >>> Verdict("verified", half, half, half, 0.5, 1.0, 49.0).warnings
    ()
    """

    ruling: str
    ratio: RateRatio
    plain: RateRatio
    safe: RateRatio
    naive: float | None
    dispersion: float
    needed: float
    used: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    spike: tuple[int, int] | None = None


def says_better(ratio: RateRatio) -> bool:
    """Whether a whole interval lies below 1.

    Shapes: one ratio. Units: none. Errors: none. Source: own.

    >>> says_better(RateRatio(0.9, 0.8, 0.99, 0.04, 900, "exact_conditional"))
    True
    """
    return ratio.high < 1


def says_same(ratio: RateRatio) -> bool:
    """Whether a whole interval lies within 0.9 to 1.1, so that nothing that matters has changed.

    Shapes: one ratio. Units: none. Errors: none. Source: own; METHODS §12.4.

    >>> says_same(RateRatio(1.0, 0.95, 1.05, 1.0, 9_000, "exact_conditional"))
    True
    """
    return ratio.low >= SAME_LOW and ratio.high <= SAME_HIGH


def finding(
    *,
    ratio: RateRatio,
    after: int,
    expected: EmpiricalBayes | None,
    smallest_effect: float,
    decidable: bool,
) -> str:
    """What may be said about a fix, as a code; the earlier rule wins.

    Shapes: `ratio` of the window after to the one before, the count after, the expectation without a fix
    (None: not known, and then nothing is ever verified), the registered smallest effect as a ratio.
    Units: events and ratios in, a code out.
    Codes: "not_enough_evidence" while not decidable; "no_change" when the interval lies within 0.9 to 1.1;
    "worse" when it lies above 1; "verified" when it lies below 1 and the count is below the range expected
    without a fix; "improved_not_proven" when only one of these holds, or the estimate reaches the smallest
    effect without proof; else "not_enough_evidence".
    Errors: ValueError for a smallest effect outside 0..1. Source: own rules; they err against the fix.

    >>> ratio = RateRatio(0.4286, 0.2322, 0.7608, 0.0027, 60, "exact_conditional")
    >>> expected = EmpiricalBayes(expected=40, low=25, high=57, weight=0.1)
    >>> finding(ratio=ratio, after=18, expected=expected, smallest_effect=0.7, decidable=True)
    'verified'
    >>> finding(ratio=ratio, after=18, expected=None, smallest_effect=0.7, decidable=True)
    'improved_not_proven'
    """
    want_shares(smallest_effect)
    if not decidable:
        return "not_enough_evidence"
    if ratio.low >= SAME_LOW and ratio.high <= SAME_HIGH:
        return "no_change"
    if ratio.low > 1:
        return "worse"
    below_before = ratio.high < 1
    below_expected = expected is not None and after < expected.low
    if below_before and below_expected:
        return "verified"
    large_enough = ratio.estimate is not None and ratio.estimate <= smallest_effect
    if below_before or below_expected or large_enough:
        return "improved_not_proven"
    return "not_enough_evidence"

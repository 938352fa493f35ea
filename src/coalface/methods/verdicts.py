"""What a verdict says: a ruling, the ratio behind it, and what has to be known with it, all as codes."""

from dataclasses import dataclass

from .rate_ratios import RateRatio

SAME_LOW, SAME_HIGH = 0.9, 1.1
DOUBTS = ("channel_closed", "substitution", "not_below_expected")


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
    `estimate`, `low`, `high`, `p`, `n` (events) and `method` are those of `ratio`; `reasons` says why it is
    not verified: the doubts among the warnings · interval_reaches_1 · safe_interval_reaches_1 · came_back ·
    season_unknown (a season may bring as much).

    >>> half = RateRatio(0.5, 0.4, 0.6, 0.001, 300, "exact_conditional")
    >>> verdict = Verdict("verified", half, half, half, 0.5, 1.0, 49.0)
    >>> verdict.low, verdict.high, verdict.warnings, verdict.reasons
    (0.4, 0.6, (), ())
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

    @property
    def estimate(self) -> float | None:
        return self.ratio.estimate

    @property
    def low(self) -> float:
        return self.ratio.low

    @property
    def high(self) -> float:
        return self.ratio.high

    @property
    def p(self) -> float:
        return self.ratio.p

    @property
    def n(self) -> int:
        return self.ratio.n

    @property
    def method(self) -> str:
        return self.ratio.method

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is not verified; nothing where it is."""
        if self.ruling == "verified":
            return ()
        open_ended = ("interval_reaches_1",) * (not says_better(self.ratio))
        unsafe = ("safe_interval_reaches_1",) * (not says_better(self.safe))
        came_back = ("came_back",) * (self.ruling == "relapsed")
        found = (*(code for code in self.warnings if code in DOUBTS), *came_back, *open_ended, *unsafe)
        return found or tuple(code for code in self.warnings if code == "season_unknown")


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

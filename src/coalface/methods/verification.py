"""Did the fix work: rates before and after, what luck alone would have done, and what may be said."""

from typing import Any

from .before_after import windows
from .beside import compared
from .channels import channel_closed, substituted
from .comparing import compare, compare_steps
from .counted import is_row, whole, whole_counts
from .cusum import Cusum
from .judging import ruled
from .rate_ratios import RateRatio, events_needed, rate_ratio
from .registering import Plan, days_until_decidable, registered_events
from .shrinkage import (
    EmpiricalBayes,
    GammaPrior,
    Shrunk,
    TooFewSeries,
    empirical_bayes,
    expected_without_fix,
    prior_from,
)
from .verdicts import Verdict

__all__ = [
    "Cusum",
    "EmpiricalBayes",
    "GammaPrior",
    "Plan",
    "RateRatio",
    "Shrunk",
    "TooFewSeries",
    "Verdict",
    "days_until_decidable",
    "empirical_bayes",
    "events_needed",
    "expected_without_fix",
    "interrupted_series",
    "judge",
    "prior_from",
    "rate_ratio",
    "registered_events",
]

SMALLEST_EFFECT = 0.7


def judge(
    before: Any,
    after: Any,
    *,
    exposure: Any,
    control: Any = None,
    siblings: Any = None,
    all_contacts: Any = None,
    smallest_effect: float = SMALLEST_EFFECT,
    expected: EmpiricalBayes | None = None,
    dispersion: float | None = None,
    season: float | None = None,
) -> Verdict:
    """What may be said about a fix, looked at as often as one likes.

    Shapes: `before` and `after` are totals or a count a period; periods are worth more: from them a spike,
    dispersion, trend, season and relapse are read. `exposure` is a number, a pair or a row – see
    `before_after.windows`. `control`, `siblings` and `all_contacts` are pairs (before, after) of totals or
    rows, triples with an exposure of their own, or several of them – see `beside.compared`. Siblings are the
    issues a complaint could move to, without this one; all contacts are everything heard through the same
    channels, this issue included. `expected`: what luck alone would have left, from `empirical_bayes`, where
    known. `dispersion`, `season` (periods in a year; False: none): where known, else read from the periods.
    Units: events, and whatever was done; ratios out. The rules are those of docs/methods/verification.md.
    Errors: ValueError for exposures missing or not positive, counts negative or missing, windows without a
    period, rows of unequal length, a smallest effect outside 0..1. Source: METHODS §12; own rules, which err
    against the fix.

    >>> judge(42, 18, exposure=10_000).ruling
    'verified'
    >>> judge(42, 18, exposure=10_000, control=(100, 80)).ruling
    'improved_not_proven'
    >>> judge(42, 18, exposure=10_000, all_contacts=(420, 180)).warnings
    ('channel_closed', 'no_control', 'few_events', 'totals_only')
    """
    issue = windows(before, after, exposure)
    beside = None if control is None else compared(control, issue)
    found = compare(issue, beside, known_dispersion=dispersion, season=season)
    doubts = []
    if all_contacts is not None and channel_closed(issue, compared(all_contacts, issue), found.dispersion):
        doubts.append("channel_closed")
    if siblings is not None and substituted(issue, compared(siblings, issue, several=True), found):
        doubts.append("substitution")
    if expected is not None and not isinstance(expected, EmpiricalBayes):
        raise ValueError(f"What is expected comes from empirical_bayes, not as {type(expected).__name__}")
    if expected is not None and not issue.total_after < expected.low:
        doubts.append("not_below_expected")
    return ruled(issue, found, smallest_effect=smallest_effect, doubts=doubts, alone=beside is None)


def interrupted_series(
    counts: Any,
    exposure: Any,
    start: int,
    season: float | None = None,
    *,
    smallest_effect: float = SMALLEST_EFFECT,
) -> Verdict:
    """The step at a fix in a long series, with a log-linear trend and, where asked for, the season taken out.

    Shapes: a count for each period; an exposure for each, or one for all; `start` is the 0-based place of the
    first period after; `season` is the number of periods in a year (two harmonics), None or False for none,
    or True for 12 or 52, whichever the time before shows more clearly. Units: events.
    `plain` is the Poisson interval, `ratio` allows for dispersion and, where neighbours are alike, for that;
    `naive` is what a plain comparison of all before with all after says. Meant for a series that is looked at
    once: p below 1 % is enough where `judge` asks for an interval that may be looked at every week.
    Errors: ValueError for a start outside the series, too few periods for the model, and as `judge`.
    Source: Bernal, Cummins & Gasparrini (2017), Int. J. Epidemiology 46:348–355.

    >>> verdict = interrupted_series([40, 44, 38, 42, 40, 41, 36, 43, 9, 11, 10, 8, 9, 10, 9, 8], 1, start=8)
    >>> verdict.ruling, round(verdict.ratio.estimate, 2)
    ('verified', 0.24)
    """
    row, at = whole_counts(counts), whole(start, "The first period after")
    if not 0 < at < len(row) or isinstance(start, bool):
        raise ValueError(f"The first period after lies within the series, not at {start} of {len(row)}")
    done = list(exposure) if is_row(exposure) else exposure
    if is_row(done) and len(done) != len(row) and not all(map(is_row, done)):
        raise ValueError(
            f"An exposure for each of {len(row)} periods is needed, not {len(done)}, or one for all"
        )
    issue = windows(row[:at], row[at:], done)
    found = compare_steps(issue, season=season)
    return ruled(issue, found, smallest_effect=smallest_effect, once=True)

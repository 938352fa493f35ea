"""What people do today: a point ratio, a t-test on monthly counts, a structural time series."""

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import stats

from coalface.methods.rate_ratios import rate_ratio

FELL = 0.9
WEEKS_OF_A_MONTH = 4


def naive(before: Sequence[int], after: Sequence[int]) -> bool:
    """Fewer a week than before, by more than a tenth."""
    return float(np.mean(after)) < FELL * float(np.mean(before))


def exact(before: Sequence[int], after: Sequence[int]) -> bool:
    """The exact interval of the ratio of all before and all after lies below 1."""
    ratio = rate_ratio(
        after=int(sum(after)), exposure_after=len(after), before=int(sum(before)), exposure_before=len(before)
    )
    return ratio.high < 1


def t_test(before: Sequence[int], after: Sequence[int]) -> bool:
    """Welch's test of the counts of months, at 5 % and downwards."""
    early, late = _months(before), _months(after)
    if len(early) < 2 or len(late) < 2 or (np.ptp(early) == 0 and np.ptp(late) == 0):
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # months that are all alike
        answer = stats.ttest_ind(late, early, equal_var=False)
    return bool(answer.pvalue < 0.05 and answer.statistic < 0)


def _months(weeks: Sequence[int]) -> Any:
    whole = len(weeks) // WEEKS_OF_A_MONTH * WEEKS_OF_A_MONTH
    return np.asarray(weeks[len(weeks) - whole :]).reshape(-1, WEEKS_OF_A_MONTH).sum(axis=1)


def structural(before: Sequence[int], after: Sequence[int], control: Sequence[int] | None = None) -> bool:
    """CausalImpact's model: a local level, a control series beside it, and what it foresees for after.

    The sum after lies below 95 % of what was foreseen. Source: Brodersen et al. (2015), Ann. Appl. Stat. 9.
    """
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    n, m = len(before), len(after)
    early, late = (np.asarray(control[:n]), np.asarray(control[n:])) if control is not None else (None, None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = UnobservedComponents(np.asarray(before, dtype=float), "local level", exog=early).fit(
            disp=False, maxiter=100
        )
        draws = fitted.simulate(
            m,
            repetitions=200,
            anchor="end",
            exog=None if late is None else late.reshape(-1, 1),
            rng=1,
        )
    sums = np.asarray(draws).reshape(m, -1).sum(axis=0)
    return bool(sum(after) < np.quantile(sums, 0.025))

"""From a comparison to a ruling: what less than a year of weeks may say, and how often one may look."""

import numpy as np
import pytest

from coalface.methods.before_after import windows
from coalface.methods.comparing import compare
from coalface.methods.judging import ruled
from coalface.methods.verification import interrupted_series, judge

UNSTEADY = [
    14,
    25,
    9,
    30,
    12,
    22,
    31,
    10,
    18,
    27,
    8,
    24,
    15,
    29,
    11,
    21,
    26,
    13,
    19,
    28,
    9,
    23,
    16,
    30,
    12,
    20,
]


def test_what_varies_for_less_than_a_year_may_be_the_season():
    later = [
        13,
        9,
        16,
        7,
        12,
        15,
        10,
        14,
        8,
        17,
        11,
        13,
        10,
        14,
        9,
        15,
        12,
        11,
        16,
        10,
        13,
        9,
        14,
        12,
        10,
        15,
    ]
    verdict = judge(UNSTEADY, later, exposure=1)
    assert (verdict.ruling, "dispersion" in verdict.used) == ("improved_not_proven", True)
    assert (0.9 <= verdict.safe.high < 1, verdict.reasons) == (True, ("season_unknown",))
    beside = judge(UNSTEADY, later, exposure=1, control=([100] * 26, [100] * 26))
    assert "season_unknown" not in beside.warnings
    assert judge(UNSTEADY, [each // 2 for each in later], exposure=1).ruling == "verified"
    assert judge(UNSTEADY * 2, later, exposure=1).ruling == "verified"


# Half a year before and after, a year's wave of 10 to 40 % and dispersion 3: 5 of 100 without that rule.
def test_a_season_seldom_passes_for_a_fix():
    rng, week = np.random.default_rng(7), np.arange(52)
    verified = 0
    for _ in range(300):
        wave = rng.uniform(0.1, 0.4) * np.sin(2 * np.pi * (week / 52 + rng.random()))
        means = rng.gamma(5, 4) * np.exp(wave)
        counts = rng.poisson(rng.gamma(means / 2, 2)).tolist()
        verified += judge(counts[:26], counts[26:], exposure=1).ruling == "verified"
    assert verified / 300 <= 0.04


def test_what_is_looked_at_once_needs_less_than_what_is_looked_at_every_week():
    issue = windows([10] * 60, [8] * 30 + [9] * 10, 1)
    found = compare(issue, None)
    assert found.ratio.p < 0.01
    assert ruled(issue, found, smallest_effect=0.7).ruling == "improved_not_proven"
    assert ruled(issue, found, smallest_effect=0.7, once=True).ruling == "verified"


def test_a_smallest_effect_is_a_share_for_a_series_too():
    with pytest.raises(ValueError, match="between 0 and 1"):
        interrupted_series([10] * 20, 1, 10, smallest_effect=1.2)

"""Fixes that worked for a while."""

import numpy as np
import pytest

from coalface.methods.before_after import windows
from coalface.methods.comparing import compare
from coalface.methods.relapses import relapsed
from coalface.methods.verification import judge


@pytest.mark.parametrize(
    ("after", "again"),
    [
        ([4] * 10 + [11] * 8, True),
        ([4] * 18, False),
        ([11] * 18, False),
        ([4] * 10 + [7] * 8, False),  # risen, but still below what was before
        ([4, 4, 11, 11, 11], False),  # too few periods to say
        ([0] * 18, False),
    ],
)
def test_a_rise_back_after_proof_is_a_relapse(after, again):
    issue = windows([10] * 20, after, 1)
    assert relapsed(issue, compare(issue, None)) is again


def test_more_business_is_no_relapse():
    issue = windows([10] * 20, [4] * 10 + [12] * 8, [100] * 30 + [300] * 8)
    assert relapsed(issue, compare(issue, None)) is False


def test_what_the_control_group_does_too_is_no_relapse():
    before, after = [40] * 30, [16] * 10 + [40] * 8
    both = ([100] * 30, [100] * 10 + [250] * 8)
    assert judge(before, after, exposure=1).ruling == "relapsed"
    assert judge(before, after, exposure=1, control=both).ruling == "verified"
    steady = judge(before, after, exposure=1, control=([100] * 30, [100] * 18))
    assert steady.ruling == "relapsed"


def test_a_season_is_no_relapse():
    months = np.arange(72)
    usual = 100 * np.exp(0.3 * np.cos(2 * np.pi * months / 12))
    counts = np.random.default_rng(4).poisson(usual * np.where(months >= 52, 0.6, 1)).tolist()
    assert judge(counts[:52], counts[52:], exposure=1).ruling == "verified"

"""Intervals that stay true however often one looks."""

import math

import numpy as np
import pytest

from coalface.methods.always_valid import always_valid, always_valid_normal
from coalface.methods.rate_ratios import rate_ratio

HALVED = {"after": 18, "exposure_after": 1, "before": 42, "exposure_before": 1}


def test_looking_often_costs_width():
    (low,), (high,) = always_valid(**HALVED)
    usual = rate_ratio(**HALVED)
    assert (low, high) == pytest.approx((0.171, 0.974), abs=5e-4)
    assert low < usual.low < usual.high < high


def test_looked_at_every_week_it_seldom_leaves_the_truth_out():
    rng = np.random.default_rng(3)
    missed = 0
    for _ in range(400):
        before, after = rng.poisson(260), rng.poisson(10, 52).cumsum()
        low, high = always_valid(
            after=after, exposure_after=np.arange(1, 53), before=before, exposure_before=26
        )
        missed += bool((high < 1).any() or (low > 1).any())
    assert missed / 400 <= 0.05


def test_ends_are_open_where_nothing_was():
    (low,), (high,) = always_valid(**{**HALVED, "after": 0})
    assert (low, high < 0.4) == (0.0, True)
    (low,), (high,) = always_valid(**{**HALVED, "before": 0})
    assert (low > 1, high) == (True, math.inf)


def test_dispersion_widens_both():
    (_,), (high,) = always_valid(**HALVED)
    (_,), (wider,) = always_valid(**HALVED, dispersion=2)
    assert high < 1 < wider
    narrow, wide = (always_valid_normal(math.log(0.5), se)[1] for se in (0.1, 0.3))
    assert narrow < 1 < wide


@pytest.mark.parametrize(
    "wrong", [{"after": -1}, {"exposure_after": 0}, {"dispersion": 0.5}, {"alpha": 0}, {"before": math.nan}]
)
def test_an_impossible_interval_is_refused(wrong):
    with pytest.raises(ValueError, match=r"negative|positive|between"):
        always_valid(**{**HALVED, **wrong})


@pytest.mark.parametrize(("se", "alpha"), [(0, 0.05), (0.1, 5)])
def test_an_impossible_normal_interval_is_refused(se, alpha):
    with pytest.raises(ValueError, match=r"positive|between"):
        always_valid_normal(0, se, alpha=alpha)

"""How many events a fix has to be judged by, and when there will be enough of them."""

import numpy as np
import pytest

from coalface.methods.rate_ratios import rate_ratio
from coalface.methods.registering import Plan, days_until_decidable, registered_events


def days(**changed):
    usual = {
        "before": 60,
        "exposure_before": 60,
        "exposure_per_day_after": 1,
        "ratio": 0.5,
        "elapsed_exposure_after": 0,
    }
    return days_until_decidable(**{**usual, **changed})


def test_days_until_decidable_count_down_with_exposure():
    assert days() == 37
    assert days(elapsed_exposure_after=30) == 7
    assert days(elapsed_exposure_after=37) == days(elapsed_exposure_after=500) == 0
    assert days(exposure_per_day_after=2) == 19
    assert days(ratio=0.7) > days(ratio=0.5) > days(ratio=0.3)


def test_on_that_day_the_test_has_its_power_and_before_it_had_not():
    rng = np.random.default_rng(5)
    for waited, enough in ((days(), True), (days() - 4, False)):
        after = rng.poisson(60 * 0.5 * waited / 60, 4_000)
        shown = [
            rate_ratio(after=int(count), exposure_after=waited, before=60, exposure_before=60).high < 1
            for count in after
        ]
        assert (np.mean(shown) > 0.78) == enough


def test_some_counts_never_become_decidable():
    assert days(before=0) is None
    assert days(before=5) is None
    assert days(ratio=0.95) is None
    assert days(exposure_per_day_after=0) is None
    assert days(exposure_per_day_after=0, elapsed_exposure_after=60) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"before": -1},
        {"exposure_before": 0},
        {"ratio": 1},
        {"power": 0},
        {"exposure_per_day_after": -1},
        {"elapsed_exposure_after": -1},
    ],
)
def test_an_impossible_wait_is_refused(wrong):
    with pytest.raises(ValueError, match=r"negative|positive|between"):
        days(**wrong)


# METHODS §12.3: what is registered is what the rule really used needs, so more than the textbook's 49.
def test_registered_events_are_what_the_rule_needs():
    plain = registered_events(Plan(0.5, periods=1), seed=7)
    assert 85 < plain < 110
    assert registered_events(Plan(0.5, periods=1, dispersion=2), seed=7) == pytest.approx(2 * plain, rel=0.15)
    assert registered_events(Plan(0.5, periods=1, control=200), seed=7) > plain
    assert registered_events(Plan(0.4, periods=1, exposure_ratio=0.5), seed=7) > plain / 2


def test_a_control_group_can_be_too_small():
    with pytest.raises(ValueError, match="control group"):
        registered_events(Plan(0.7, periods=1, control=5), seed=7)


@pytest.mark.parametrize(
    "wrong",
    [{"ratio": 1}, {"ratio": 0}, {"power": 1}, {"control": 0}, {"dispersion": 0.5}, {"exposure_ratio": 0}],
)
def test_an_impossible_plan_is_refused(wrong):
    with pytest.raises(ValueError, match=r"ratio|rate|between|positive|negative"):
        Plan(**{"ratio": 0.5, **wrong})


def test_a_tiny_ratio_needs_a_dozen_events_and_a_tiny_effect_more_than_there_are():
    assert 8 < registered_events(Plan(0.02, periods=1), seed=7) < 30
    with pytest.raises(ValueError, match="the effect is too small"):
        registered_events(Plan(0.98, periods=1), seed=7)


@pytest.mark.parametrize("plan", [0.5, None, {"ratio": 0.5}])
def test_what_is_no_plan_is_refused(plan):
    with pytest.raises(ValueError, match="A Plan says"):
        registered_events(plan, seed=7)

"""Two rates compared: the exact interval, over-dispersion, a control group, and the textbook's events."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalface.methods.rate_ratios import (
    RateRatio,
    difference_in_differences,
    dispersed_ratio,
    events_needed,
    log_change,
    rate_ratio,
    wald,
)


# METHODS §12.1 (1), §15 A23: Gu et al. 2008, 60/51,477.5 against 30/54,308.7 → 2.110, exact 1.340–3.388.
def test_rate_ratio_matches_gu_2008():
    ratio = rate_ratio(after=60, exposure_after=51_477.5, before=30, exposure_before=54_308.7)
    assert (ratio.estimate, ratio.low, ratio.high) == pytest.approx((2.110, 1.340, 3.388), abs=1e-3)
    assert (ratio.n, ratio.method) == (90, "exact_conditional")


# METHODS §12.1 (1), §15 A24: R rateratio.test(c(2,9), c(17877,16660)) → .2071, .02177–1.00055, p .0501.
def test_rate_ratio_matches_r_and_its_p_agrees_with_its_interval():
    ratio = rate_ratio(after=2, exposure_after=17_877, before=9, exposure_before=16_660)
    assert ratio.estimate == pytest.approx(0.2071, abs=1e-4)
    assert (ratio.low, ratio.high) == pytest.approx((0.02177, 1.00055), abs=1e-5)
    assert ratio.p == pytest.approx(0.0501, abs=1e-4)


# METHODS §12.1 (1): 42 → 18 per 10,000 orders each: .4286 (.2322–.7608).
def test_rate_ratio_of_the_worked_example():
    ratio = rate_ratio(after=18, exposure_after=10_000, before=42, exposure_before=10_000)
    assert (ratio.estimate, ratio.low, ratio.high) == pytest.approx((0.4286, 0.2322, 0.7608), abs=1e-4)


def test_zero_counts_have_open_ends():
    none_after = rate_ratio(after=0, exposure_after=1, before=9, exposure_before=1)
    assert (none_after.estimate, none_after.low) == (0.0, 0.0)
    assert none_after.high == pytest.approx(1 / 0.025 ** (1 / 9) - 1)  # P(X = 0) = .025
    assert none_after.p == pytest.approx(2 * 0.5**9)
    none_before = rate_ratio(after=9, exposure_after=1, before=0, exposure_before=1)
    assert (none_before.estimate, none_before.high, none_before.p) == (None, math.inf, 2 * 0.5**9)
    assert none_before.low == pytest.approx(1 / none_after.high)
    neither = rate_ratio(after=0, exposure_after=1, before=0, exposure_before=1)
    assert neither == RateRatio(None, 0.0, math.inf, 1.0, 0, "exact_conditional")


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.1, 10))
def test_p_and_interval_never_disagree(after, before, exposure):
    ratio = rate_ratio(after=after, exposure_after=exposure, before=before, exposure_before=1)
    if abs(ratio.p - 0.05) > 1e-9:
        assert (ratio.p < 0.05) == (ratio.low > 1 or ratio.high < 1)


@given(st.integers(0, 60), st.integers(1, 60))
def test_more_confidence_is_a_wider_interval(after, before):
    usual = rate_ratio(after=after, exposure_after=1, before=before, exposure_before=1)
    wide = rate_ratio(after=after, exposure_after=1, before=before, exposure_before=1, confidence=0.99)
    assert wide.low <= usual.low <= usual.estimate <= usual.high <= wide.high


@pytest.mark.parametrize(
    "wrong",
    [{"after": -1}, {"before": -1}, {"exposure_after": 0}, {"exposure_before": math.inf}, {"confidence": 95}],
)
def test_an_impossible_ratio_is_refused(wrong):
    with pytest.raises(ValueError, match=r"negative|positive|between"):
        rate_ratio(**{"after": 1, "before": 1, "exposure_after": 1, "exposure_before": 1, **wrong})


# METHODS §12.3, §15 A28: 49.0, 80.2, 149.8, 354.7, 1,492.7.
def test_events_needed_matches_the_textbook():
    needed = [round(events_needed(ratio, 0.8), 1) for ratio in (0.5, 0.6, 0.7, 0.8, 0.9)]
    assert needed == [49.0, 80.2, 149.8, 354.7, 1492.7]
    assert events_needed(2.0) < events_needed(1.5)
    assert events_needed(0.5, exposure_ratio=0.5) == pytest.approx(events_needed(0.5) * 5 / 3)


@pytest.mark.parametrize(
    "wrong", [{"ratio": 0}, {"ratio": 1}, {"alpha": 0}, {"power": 1}, {"exposure_ratio": 0}]
)
def test_what_cannot_be_shown_needs_no_number(wrong):
    with pytest.raises(ValueError, match=r"ratio|between|positive"):
        events_needed(**{"ratio": 0.5, **wrong})


# METHODS §12.1 (1): 42 → 18 with φ = 2: .196–.936.
def test_dispersion_widens_the_interval():
    ratio = dispersed_ratio(after=18, exposure_after=10_000, before=42, exposure_before=10_000, dispersion=2)
    assert (ratio.low, ratio.high) == pytest.approx((0.196, 0.936), abs=5e-4)


# METHODS §12.1 (1), §15 A26: 42 → 18 with a control group 100 → 80: .5357 (.2866–1.0014).
def test_a_control_group_takes_out_what_fell_anyway():
    own, other = log_change(18, 10_000, 42, 10_000), log_change(80, 10_000, 100, 10_000)
    ratio = difference_in_differences(changed=own, control=other, n=240)
    assert (ratio.estimate, ratio.low, ratio.high) == pytest.approx((0.5357, 0.2866, 1.0014), abs=1e-4)


# z = 1.96 leaves the interval at 1, and p at .05.
def test_the_p_of_wald_agrees_with_its_interval():
    edge = wald(-1.959964, 1.0, n=9, method="wald")
    assert (edge.high, edge.p) == (pytest.approx(1), pytest.approx(0.05))


def test_an_empty_window_counts_half_an_event():
    assert log_change(0, 1, 9, 1) == (math.log(0.5 / 9.5), 1 / 0.5 + 1 / 9.5)


def test_a_dispersion_below_chance_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        dispersed_ratio(after=1, exposure_after=1, before=1, exposure_before=1, dispersion=0.5)


# R, ?poisson.test: poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)) → 1.971488, .8584264–4.2772659.
def test_rate_ratio_matches_the_example_of_r():
    ratio = rate_ratio(after=11, exposure_after=800, before=21, exposure_before=3_011)
    assert (ratio.estimate, ratio.low, ratio.high) == pytest.approx(
        (1.971488, 0.8584264, 4.2772659), abs=1e-6
    )


@pytest.mark.parametrize("ratio", [math.nan, math.inf, None, "half"])
def test_what_is_no_ratio_needs_no_number(ratio):
    with pytest.raises(ValueError, match="ratio"):
        events_needed(ratio)

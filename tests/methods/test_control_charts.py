"""Published charts come out as printed; chance alone is rarely called news."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalface.methods.control_charts import ControlChart, Signal, counts, p_chart, u_chart, xmr

FLOW_RATE = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# NIST/SEMATECH e-Handbook 6.3.3.2: chips that failed on 30 wafers, 50 from each.
FAILED = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9,
    6,
]  # fmt: skip
# NIST/SEMATECH e-Handbook 6.3.3.1: defects on 25 wafers, mean 16, limits 28 and 4.
DEFECTS = [
    16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13,
]  # fmt: skip


def test_the_flow_rates_of_the_handbook():  # METHODS §15 A20, NIST/SEMATECH e-Handbook 6.3.2.2
    chart = xmr(FLOW_RATE)
    assert (chart.centre, chart.n, chart.signals) == (pytest.approx(50.81), 10, ())
    assert (chart.high[0], chart.low[0]) == pytest.approx((55.8041, 45.8159), abs=1e-3)
    assert (len(chart.high), len(set(chart.high))) == (10, 1)


def test_the_wafers_of_the_handbook():  # METHODS §15 A21, NIST/SEMATECH e-Handbook 6.3.3.2
    chart = p_chart(FAILED, [50] * 30)
    assert chart.centre == pytest.approx(0.2313, abs=1e-4)
    assert (chart.high[0], chart.low[0]) == pytest.approx((0.4102, 0.0524), abs=1e-4)
    assert [(signal.at, signal.rule) for signal in chart.signals] == [(14, "above"), (22, "above")]


def test_counts_of_defects():  # METHODS §9: c̄ = 16 gives 28 and 4
    chart = u_chart(DEFECTS, [1] * 25)
    assert (chart.centre, chart.high[0], chart.low[0]) == (16.0, 28.0, 4.0)
    assert chart.signals == (Signal(23, "above", 23),)


def test_each_exposure_has_its_own_limits():  # METHODS §9: 24 per 1,000, n = 250 and 1,000
    chart = u_chart([24, 6], [1000, 250])
    assert (chart.high[1], chart.low[1]) == pytest.approx((0.05339, 0.0), abs=1e-5)
    assert (chart.high[0], chart.low[0]) == pytest.approx((0.03870, 0.00930), abs=1e-5)


UP_LAST, DOWN_LAST = [10, 12] * 8, [12, 10] * 8


def test_a_run_of_eight_on_one_side_is_news_and_seven_are_not():
    assert counts(DOWN_LAST + [14] * 7, baseline=16).signals == ()
    assert counts(DOWN_LAST + [14] * 9, baseline=16).signals == (
        Signal(23, "high", 16),
        Signal(24, "high", 16),
    )
    assert counts(UP_LAST + [9] * 8, baseline=16).signals == (Signal(23, "low", 16),)


def test_a_point_on_the_middle_ends_a_run():
    assert counts(DOWN_LAST + [14] * 7 + [11] + [14] * 7, baseline=16).signals == ()


def test_limits_come_from_the_baseline_alone():
    before = counts([10, 12] * 8, baseline=16)
    after = counts([10, 12] * 8 + [90, 0], baseline=16)
    assert (after.centre, after.high[0], after.n) == (before.centre, before.high[0], 16)
    assert [(signal.at, signal.rule) for signal in after.signals] == [(16, "above"), (17, "below")]


def test_clusters_widen_the_limits_beyond_chance_and_calm_never_narrows_them_below_it():
    assert counts([0, 20] * 8).high[0] == pytest.approx(10 + 3 * 20 / 1.128)
    assert counts([9] * 16).high[0] == pytest.approx(9 + 3 * 3)


@pytest.mark.parametrize(
    ("values", "missing", "n"),
    [([], "points", 0), ([9] * 11, "points", 11), ([0] * 40, "events", 40), ([0, 1] * 10, "events", 20)],
    ids=["none", "eleven weeks", "silence", "one in two weeks"],
)
def test_too_little_is_a_result(values, missing, n):
    assert counts(values) == ControlChart(None, (), (), (), n, "counts", missing)


@pytest.mark.parametrize(
    "chart",
    [
        lambda: xmr([1]),
        lambda: xmr([1, 2, float("nan")]),
        lambda: xmr([1, 2], baseline=1),
        lambda: p_chart([1], [1, 2]),
        lambda: p_chart([3], [2]),
        lambda: p_chart([0], [0]),
        lambda: u_chart([-1], [1]),
        lambda: u_chart([1], [0]),
        lambda: u_chart([], []),
        lambda: counts([1, -1]),
    ],
)
def test_what_is_no_chart_is_refused(chart):
    with pytest.raises(ValueError, match=r"baseline|sequences|negative"):
        chart()


@pytest.mark.parametrize("mean", [1, 2, 5, 20])
def test_chance_alone_is_called_news_in_few_of_its_weeks(mean):
    chance = random.Random(7)
    weeks = [_poisson(chance, mean) for _ in range(10_000)]
    alarms = len(counts(weeks).signals) / len(weeks)
    assert alarms < 0.02


def _poisson(chance: random.Random, mean: float) -> int:
    at, n = chance.expovariate(mean), 0
    while at < 1:
        at, n = at + chance.expovariate(mean), n + 1
    return n


@given(values=st.lists(st.integers(0, 10_000), max_size=60), baseline=st.integers(0, 60))
def test_any_counts_get_limits_around_their_centre_or_a_reason_why_not(values, baseline):
    chart = counts(values, baseline=baseline)
    if chart.missing:
        assert (chart.centre, chart.signals) == (None, ())
    else:
        assert len(chart.low) == len(chart.high) == len(values)
        assert all(0 <= low <= chart.centre <= high for low, high in zip(chart.low, chart.high, strict=True))
        assert all(signal.since <= signal.at < len(values) for signal in chart.signals)

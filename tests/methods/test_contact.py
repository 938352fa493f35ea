"""Contact: how lately, how often, how evenly, and with whom."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalface.methods.contact import (
    Adherence,
    Representativeness,
    UnderSampling,
    adherence,
    benjamini_hochberg,
    effective_segments,
    frequency,
    holm,
    recency,
    representativeness,
    resolution_rate,
    under_sampled,
)

BASE = {"private": 0.5, "family": 0.3, "trade": 0.15, "farm": 0.05}


def test_recency_counts_days_and_never_stays_never():
    today = date(2026, 3, 15)
    assert [recency(on, today) for on in (date(2026, 3, 1), today, None)] == [14, 0, None]
    with pytest.raises(ValueError, match="lies after"):
        recency(date(2026, 3, 16), today)


# Garwood 1936, the exact limits for 10 events: 4.795–18.390; for none 0–3.689.
def test_frequency_has_the_exact_poisson_interval():
    often = frequency(10, 90)
    assert (often.estimate, often.n, often.method) == (10.0, 10, "exact_poisson")
    assert (often.low, often.high) == pytest.approx((4.795, 18.390), abs=1e-3)
    assert frequency(0, 90).low == 0
    assert frequency(0, 90).high == pytest.approx(3.689, abs=1e-3)


def test_frequency_is_per_ninety_days_whatever_the_window():
    assert frequency(4, 180).estimate == 2
    assert frequency(4, 180, per=30).high == pytest.approx(frequency(4, 180).high / 3)


@pytest.mark.parametrize(("count", "days", "per"), [(-1, 90, 90), (1, 0, 90), (1, 90, 0)])
def test_a_frequency_without_days_is_refused(count, days, per):
    with pytest.raises(ValueError, match="not a rate"):
        frequency(count, days, per)


# METHODS §1.3: encounters on days 1, 2, 3, 80 of 90 with a cadence of 30: 44/90, 2/3, 77.
def test_bunched_encounters_look_on_time_but_do_not_keep_the_rhythm():
    assert adherence([1, 2, 3, 80], cadence=30, window=90) == Adherence(44 / 90, 2 / 3, 77)
    assert adherence([80, 3, 2, 2, 1, 1], cadence=30, window=90) == Adherence(44 / 90, 2 / 3, 77)


def test_no_encounter_keeps_no_rhythm():
    assert adherence([], cadence=30, window=90) == Adherence(0.0, None, None)


def test_an_encounter_before_the_window_still_counts_as_the_last_one():
    assert adherence([-10, 40, 60, 90], cadence=30, window=90) == Adherence((20 + 51) / 90, 2 / 3, 50)
    assert adherence([-40, -20], cadence=30, window=90) == Adherence(10 / 90, 0.0, 110)


def test_a_gap_still_open_is_late_only_once_it_is_longer_than_the_cadence():
    assert adherence([80], cadence=30, window=90) == Adherence(11 / 90, None, 10)
    assert adherence([1], cadence=30, window=90) == Adherence(31 / 90, 0.0, 89)


@pytest.mark.parametrize(("days", "cadence", "window"), [([91], 30, 90), ([1], 0, 90), ([1], 30, 0)])
def test_an_impossible_rhythm_is_refused(days, cadence, window):
    with pytest.raises(ValueError, match="after the window"):
        adherence(days, cadence=cadence, window=window)


@given(st.lists(st.integers(-50, 90), max_size=20), st.integers(1, 60))
def test_adherence_is_the_share_of_days_counted_one_by_one(days, cadence):
    kept = sum(any(0 <= day - met <= cadence for met in days) for day in range(1, 91))
    assert adherence(days, cadence=cadence, window=90).adherence == pytest.approx(kept / 90)


# METHODS §1.3b: 12 remarks, 5 fixed + 2 declined and told + 1 passed on = 8 → .667 (.391–.862).
def test_resolution_rate_of_eight_in_twelve():
    rate = resolution_rate(8, 12)
    assert (rate.estimate, rate.low, rate.high) == pytest.approx((0.667, 0.391, 0.862), abs=5e-4)


# METHODS §1.4: {20,10,8,2} → 3.205, base {.5,.3,.15,.05} → 3.133.
def test_effective_segments_match_the_reference():
    assert effective_segments([20, 10, 8, 2]) == pytest.approx(3.205, abs=5e-4)
    assert effective_segments(BASE.values()) == pytest.approx(3.133, abs=5e-4)
    assert [effective_segments(counts) for counts in ([], [0, 0], [9, 0])] == [0.0, 0.0, 1.0]
    with pytest.raises(ValueError, match="negative"):
        effective_segments([1, -1])


# METHODS §1.5 and §15 A30: TV .050, null mean .0955, 95 % .175, p ≈ .92.
def test_a_fair_sample_is_consistent_with_chance():
    fair = representativeness({"private": 20, "family": 10, "trade": 8, "farm": 2}, BASE)
    assert (fair.tv, fair.null_mean, fair.null_95) == pytest.approx((0.05, 0.0955, 0.175), abs=1e-3)
    assert fair.p == pytest.approx(0.92, abs=0.02)
    assert (fair.n, fair.verdict) == (40, "consistent")


# METHODS §1.5 and §15 A30: {38,2,0,0} → TV .450, p < 1e-5, here the smallest a simulation can say.
def test_a_lopsided_sample_is_skewed():
    skewed = representativeness({"private": 38, "family": 2}, BASE)
    assert skewed.tv == pytest.approx(0.45)
    assert (skewed.p, skewed.n, skewed.verdict) == (1 / 10_001, 40, "skewed")


def test_a_base_in_counts_and_in_another_order_says_the_same():
    met = {"private": 20, "family": 10, "trade": 8, "farm": 2}
    counts = {"farm": 150, "trade": 450, "family": 900, "private": 1500}
    one, other = representativeness(met, BASE), representativeness(met, counts)
    assert (one.tv, one.p) == pytest.approx((other.tv, other.p))


def test_few_encounters_are_too_few_and_none_say_nothing():
    assert representativeness({"private": 14}, BASE).verdict == "too_few"
    assert representativeness({"private": 14}, BASE).tv == pytest.approx(0.5)
    assert representativeness({}, BASE) == Representativeness(None, None, None, None, 0, "too_few")


def test_honest_samples_are_called_skewed_no_more_often_than_promised():
    import numpy as np

    samples = np.random.default_rng(7).multinomial(40, list(BASE.values()), size=300)
    verdicts = [
        representativeness(dict(zip(BASE, row.tolist(), strict=True)), BASE, draws=1_000).verdict
        for row in samples
    ]
    assert verdicts.count("skewed") <= 0.05 * 300 + 3 * math.sqrt(0.05 * 0.95 * 300)


@pytest.mark.parametrize(
    ("met", "base", "draws"),
    [({"a": -1}, BASE, 10), ({"a": 1}, {"a": -1.0}, 10), ({}, {}, 10), ({}, BASE, 0)],
)
def test_an_impossible_base_is_refused(met, base, draws):
    with pytest.raises(ValueError, match="base is not empty"):
        representativeness(met, base, draws=draws)


# METHODS §1.6 and §15 A31: 250 detractors in 1000, 3 among 40 met: expected 10, p .004103.
def test_unhappy_customers_kept_out_of_sight_are_noticed():
    unhappy = under_sampled(base=1000, base_marked=250, met=40, met_marked=3)
    assert unhappy.p == pytest.approx(0.004103, abs=1e-6)
    assert unhappy == UnderSampling(10.0, 3 / 40, 0.25, unhappy.p, "under_sampled")


def test_a_usual_share_of_unhappy_customers_is_consistent():
    assert under_sampled(base=1000, base_marked=250, met=40, met_marked=9).verdict == "consistent"
    assert under_sampled(base=10, base_marked=4, met=10, met_marked=4).verdict == "consistent"


def test_where_even_none_would_prove_nothing_it_is_too_few():
    assert under_sampled(base=1000, base_marked=250, met=8, met_marked=0).verdict == "too_few"
    assert under_sampled(base=1000, base_marked=0, met=40, met_marked=0).verdict == "too_few"
    assert under_sampled(base=4, base_marked=1, met=0, met_marked=0) == UnderSampling(
        0.0, None, 0.25, 1.0, "too_few"
    )
    assert under_sampled(base=0, base_marked=0, met=0, met_marked=0).share_base is None


@pytest.mark.parametrize(
    ("base", "marked", "met", "met_marked"), [(10, 11, 1, 0), (10, 5, 11, 1), (10, 5, 3, 4), (10, 9, 5, 0)]
)
def test_counts_that_contradict_each_other_are_refused(base, marked, met, met_marked):
    with pytest.raises(ValueError, match="cannot come from"):
        under_sampled(base=base, base_marked=marked, met=met, met_marked=met_marked)


# METHODS §1.7 (6): p = {.01,.02,.03,.04,.20} → Holm {.05,.08,.09,.09,.20}, BH {.05,.05,.05,.05,.20}.
def test_adjusted_p_values_match_the_reference_in_any_order():
    ps = [0.04, 0.01, 0.20, 0.03, 0.02]
    assert holm(ps) == pytest.approx([0.09, 0.05, 0.20, 0.09, 0.08])
    assert benjamini_hochberg(ps) == pytest.approx([0.05, 0.05, 0.20, 0.05, 0.05])
    assert (holm([]), benjamini_hochberg([])) == ([], [])
    assert holm([0.6, 0.7]) == [1.0, 1.0]


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_a_p_value_is_a_probability(adjust):
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjust([0.5, 1.5])


@given(st.lists(st.floats(0, 1), max_size=30))
def test_scipy_adjusts_by_benjamini_and_hochberg_alike(ps):
    from scipy.stats import false_discovery_control

    theirs = false_discovery_control(ps) if ps else []
    assert benjamini_hochberg(ps) == pytest.approx(list(theirs))

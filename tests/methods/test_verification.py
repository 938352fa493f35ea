"""What may be said about a fix: worked examples, and what keeps one from being verified."""

import numpy as np
import pytest

from coalface.methods.shrinkage import EmpiricalBayes
from coalface.methods.verification import interrupted_series, judge


# METHODS §12.1 (1), §15 A26: the flip is the test.
def test_a_control_group_flips_the_verdict():
    alone = judge(42, 18, exposure=10_000)
    assert (alone.ruling, alone.used) == ("verified", ("exact",))
    assert (alone.ratio.estimate, alone.ratio.low, alone.ratio.high) == pytest.approx(
        (0.4286, 0.2322, 0.7608), abs=1e-4
    )
    beside = judge(42, 18, exposure=10_000, control=(100, 80))
    assert beside.ruling == "improved_not_proven"
    assert (beside.ratio.estimate, beside.ratio.low, beside.ratio.high) == pytest.approx(
        (0.5357, 0.2866, 1.0014), abs=1e-4
    )
    assert (beside.plain.high, beside.naive) == pytest.approx((0.7608, 0.4286), abs=1e-4)
    assert beside.warnings == ("naive_disagrees", "few_events", "totals_only")


# METHODS §12.1 (1): φ = 2 gives .196–.936, which looking again and again does not bear.
def test_a_known_dispersion_is_used():
    verdict = judge(42, 18, exposure=10_000, dispersion=2)
    assert (verdict.ratio.low, verdict.ratio.high) == pytest.approx((0.196, 0.936), abs=5e-4)
    assert (verdict.ruling, verdict.used) == ("improved_not_proven", ("dispersion",))


SHAPES = {
    "totals": (lambda: judge(120, 60, exposure=(1_200, 1_200))),
    "periods": (lambda: judge([10] * 12, [5] * 12, exposure=100)),
    "pair_of_totals": (lambda: judge([10] * 12, [5] * 12, exposure=(1_200, 1_200))),
    "pair_of_periods": (lambda: judge([10] * 12, [5] * 12, exposure=([100] * 12, [100] * 12))),
    "one_row": (lambda: judge(np.full(12, 10), np.full(12, 5), exposure=np.full(24, 100.0))),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_counts_and_exposures_come_in_any_shape(shape):
    verdict = shape()
    assert (verdict.ruling, verdict.ratio.estimate, verdict.ratio.n) == ("verified", pytest.approx(0.5), 180)


CONTROLS = {
    "totals": (1_200, 1_150),
    "periods": ([100] * 12, [95] * 11 + [105]),
    "own_exposure": (1_200, 1_150, (600, 600)),
    "named": {"before": [100] * 12, "after": [95] * 11 + [105], "exposure": None},
}


@pytest.mark.parametrize("control", CONTROLS.values(), ids=CONTROLS)
def test_a_control_group_comes_in_any_shape(control):
    verdict = judge([10] * 12, [5] * 12, exposure=100, control=control)
    assert (verdict.ruling, verdict.ratio.estimate) == ("verified", pytest.approx(0.5 * 1_200 / 1_150))
    assert "no_control" not in verdict.warnings


@pytest.mark.parametrize(
    "wrong",
    [
        {"exposure": 0},
        {"exposure": None},
        {"exposure": (10, None)},
        {"exposure": (10, -1)},
        {"exposure": [1, 2, 3]},
        {"exposure": float("nan")},
        {"before": -1},
        {"before": []},
        {"before": [3, None]},
        {"after": 2.5},
        {"control": (1,)},
        {"control": (1, -2)},
        {"control": 7},
        {"all_contacts": (10, 10)},
        {"smallest_effect": 1.2},
    ],
)
def test_what_cannot_be_judged_is_refused(wrong):
    given = {"before": 42, "after": 18, "exposure": 1, **wrong}
    with pytest.raises(ValueError, match=r"."):
        judge(given.pop("before"), given.pop("after"), **given)


def test_a_closed_form_is_no_fix():
    closed = judge(42, 18, exposure=1, all_contacts=(420, 180))
    assert (closed.ruling, closed.warnings[0]) == ("not_enough_evidence", "channel_closed")
    silent = judge([10] * 26, [0] * 13, exposure=1, all_contacts=([100] * 26, [2] * 13))
    assert (silent.ruling, silent.warnings[0]) == ("not_enough_evidence", "channel_closed")
    half = judge([10] * 26, [1] * 13, exposure=1, all_contacts=([100] * 26, [60] * 13))
    assert (half.ruling, half.warnings[0]) == ("not_enough_evidence", "channel_closed")
    steady = judge(42, 18, exposure=1, all_contacts=(420, 400))
    assert (steady.ruling, "channel_closed" in steady.warnings) == ("verified", False)


def test_a_form_is_not_closed_where_more_came_in_by_it():
    """All cases as exposure: whenever the issue rises, the rest of them falls (San Francisco, 311)."""
    risen = judge(110, 201, exposure=(316, 417), all_contacts=(316, 417, (316, 417)))
    assert (risen.ruling, "channel_closed" in risen.warnings) == ("worse", False)


def test_complaints_that_moved_to_a_sibling_are_no_fix():
    moved = judge(42, 18, exposure=1, siblings=(30, 54))
    assert (moved.ruling, moved.warnings[0]) == ("improved_not_proven", "substitution")
    assert judge(42, 18, exposure=1, siblings=(30, 29)).ruling == "verified"


def test_a_spike_is_left_out_and_said():
    calm = [10, 9, 11, 10, 8, 12, 10, 9, 11, 10] * 2
    verdict = judge([*calm, 30, 34, 31], [10, 11, 9, 10, 10, 12], exposure=1)
    assert (verdict.spike, verdict.used) == ((20, 23), ("exact", "spike_left_out"))
    assert verdict.ratio.estimate == pytest.approx(62 / 6 / 10)
    assert verdict.ruling != "verified"
    assert verdict.naive < 0.9
    assert verdict.warnings[:2] == ("naive_disagrees", "spike_left_out")


def test_what_luck_would_have_left_keeps_a_fix_from_being_verified():
    likely = EmpiricalBayes(20, 12, 30, 0.5)
    verdict = judge(42, 18, exposure=1, expected=likely)
    assert (verdict.ruling, verdict.warnings[0]) == ("improved_not_proven", "not_below_expected")


@pytest.mark.parametrize(
    ("before", "after", "ruling"),
    [
        (10_000, 10_050, "no_change"),
        (30, 60, "worse"),
        (3, 1, "not_enough_evidence"),
        (0, 0, "not_enough_evidence"),
        (30, 0, "verified"),
        (200, 150, "improved_not_proven"),
    ],
)
def test_each_ruling(before, after, ruling):
    assert judge(before, after, exposure=1).ruling == ruling


def test_a_fix_that_held_for_a_while_has_relapsed():
    assert judge([10] * 20, [4] * 10 + [11] * 8, exposure=1).ruling == "relapsed"
    assert judge([10] * 20, [4] * 18, exposure=1).ruling == "verified"


# METHODS §12.1 (3), §15 A25: Bernal et al. 2017 is tested with the file; here its shape, made up.
def test_an_interrupted_series_tells_a_step_from_trend_and_season():
    months = np.arange(60)
    usual = 200 * np.exp(0.01 * months + 0.2 * np.sin(2 * np.pi * months / 12))
    counts = np.random.default_rng(1).poisson(usual * np.where(months >= 36, 0.8, 1))
    verdict = interrupted_series(counts.tolist(), [1.0] * 60, 36, 12)
    assert (verdict.ruling, verdict.used) == ("verified", ("trend", "season"))
    assert verdict.ratio.estimate == pytest.approx(0.8, abs=0.04)
    assert verdict.naive > 1
    assert "naive_disagrees" in verdict.warnings
    with pytest.raises(ValueError, match="within the series"):
        interrupted_series(counts.tolist(), 1, 60, 12)
    with pytest.raises(ValueError, match="too few"):
        interrupted_series([1, 2, 3, 4], 1, 2, 12)

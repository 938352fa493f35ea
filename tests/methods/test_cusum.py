"""Poisson CUSUM: the week in which a rate has most likely moved."""

import numpy as np
import pytest

from coalface.methods.cusum import Cusum

WORKED = [11, 9, 7, 6, 5, 7, 4]


# METHODS §12.1 (5), §15 A29.
def test_cusum_matches_the_worked_series():
    fall = Cusum(in_control=10, out_of_control=6, limit=8)
    assert fall.k == pytest.approx(7.8305, abs=1e-4)
    sums = fall.sums(WORKED)
    assert sums == pytest.approx((0, 0, 0.830, 2.661, 5.491, 6.322, 10.152), abs=1e-3)
    assert (fall.signal(WORKED), fall.signal([10, 10, 10]), fall.signal([])) == (7, None, None)
    assert Cusum(in_control=6, out_of_control=10, limit=8).signal([6, 5, 12, 12, 13]) == 4


def test_counts_come_in_any_row():
    fall = Cusum(10, 6, 8)
    wanted = fall.sums(WORKED)
    for row in (tuple(WORKED), np.array(WORKED), np.array(WORKED, dtype=float), iter(WORKED)):
        assert [type(each) for each in fall.sums(row)] == [float] * 7
    assert fall.sums(each for each in WORKED) == wanted


# METHODS §12.1 (5): h = 8: ARL0 ≈ 276, ARL1 ≈ 5.0 (simulated, ±2 %).
@pytest.mark.parametrize(("rate", "length", "within"), [(10, 276, 30), (6, 5.0, 0.3)])
def test_cusum_has_its_run_lengths(rate, length, within):
    draw = np.random.default_rng(3)
    fall = Cusum(in_control=10, out_of_control=6, limit=8)
    runs = [fall.signal(draw.poisson(rate, 4_000).tolist()) for _ in range(500)]
    assert np.mean([run for run in runs if run]) == pytest.approx(length, abs=within)


@pytest.mark.parametrize(
    ("rates", "said"),
    [((6, 6, 8), "differs"), ((0, 6, 8), "positive"), ((6, 5, -1), "positive"), ((None, 6, 8), "a number")],
)
def test_an_impossible_chart_is_refused(rates, said):
    with pytest.raises(ValueError, match=said):
        Cusum(*rates)


@pytest.mark.parametrize(
    ("counts", "said"), [([1, -1], "negative"), ([float("nan")], "known"), (5, "in their order")]
)
def test_impossible_counts_are_refused(counts, said):
    with pytest.raises(ValueError, match=said):
        Cusum(10, 6, 8).sums(counts)

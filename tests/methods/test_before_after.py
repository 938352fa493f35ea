"""Counts and exposures in every shape that somebody may bring, and what is refused, with a reason."""

from decimal import Decimal

import numpy as np
import pytest

from coalface.methods.before_after import Windows, running, windows

HALVED = Windows((10, 10, 10), (5, 5), (100.0,) * 3, (100.0,) * 2)
SHAPES = {
    "a_number_for_every_period": ([10] * 3, [5] * 2, 100),
    "a_pair_of_whole_windows": ([10] * 3, [5] * 2, (300, 200)),
    "a_pair_of_rows": ((10,) * 3, (5,) * 2, ([100] * 3, [100] * 2)),
    "one_row": ([10] * 3, [5] * 2, [100] * 5),
    "named": ([10] * 3, [5] * 2, {"before": 300, "after": [100, 100]}),
    "arrays": (np.full(3, 10), np.full(2, 5.0), np.full(5, 100)),
    "whatever_yields_them": (iter([10] * 3), map(int, "55"), (each for each in [100] * 5)),
    "decimals": ([Decimal(10)] * 3, [Decimal(5)] * 2, Decimal(100)),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_periods_come_in_any_shape(shape):
    assert windows(*shape) == HALVED


@pytest.mark.parametrize("exposure", [1_000, (1_000, 1_000), ([400, 600], [1_000]), np.float64(1_000)])
def test_totals_come_with_their_exposure_in_any_shape(exposure):
    assert windows(np.int64(42), np.array(18), exposure) == Windows((42,), (18,), (1_000.0,), (1_000.0,))


@pytest.mark.parametrize(
    ("before", "after", "exposure", "said"),
    [
        ([], [1], 1, "At least one count"),
        ([1, None], [1], 1, "none may be missing"),
        ([1, float("nan")], [1], 1, "known, finite"),
        ([1, -1], [1], 1, "cannot be negative"),
        ([1.5], [1], 1, "whole numbers"),
        (["4"], [1], 1, "A count is a number, not '4'"),
        ({3, 4}, [1], 1, "A count is a number, not set"),
        ([[1, 2]], [1], 1, "A count is a number, not list"),
        (10**20, 1, 1, "cannot be told apart"),
        (1, 1, None, "Without an exposure"),
        (1, 1, "many", "An exposure is a number"),
        (1, 1, 0, "positive and finite"),
        ([1, 1], [1], [5, 5, 0], "positive and finite"),
        ([1, 1], [1], (5, None), "missing"),
        ([1, 1], [1], ([5], [5]), "2 exposures are needed, not 1"),
        ([1, 1], [1], [5] * 4, "2 periods before and 1 after are needed, not 4"),
        (120, [5] * 12, 100, "a pair"),
    ],
)
def test_what_is_no_window_is_refused_with_what_is_wanted(before, after, exposure, said):
    with pytest.raises(ValueError, match=said):
        windows(before, after, exposure)


def test_windows_can_be_cut():
    issue = windows([1, 2, 3], [4, 5], 10)
    assert issue.without(1, 2) == windows([1, 3], [4, 5], 10)
    assert issue.up_to(1) == windows([1, 2, 3], [4], 10)
    assert (issue.alike(issue), issue.alike(issue.up_to(1))) == (True, False)
    assert running(issue.before) == (1, 3, 6)

"""Control groups, siblings and all contacts, in every shape in which somebody may bring them."""

import numpy as np
import pytest

from coalface.methods.before_after import Windows, windows
from coalface.methods.beside import compared

WEEKS = windows([10] * 4, [5] * 3, 100)
TOTALS = windows(42, 18, 10_000)
SAME = Windows((9,) * 4, (8,) * 3, (100.0,) * 4, (100.0,) * 3)
SHAPES = {
    "a_pair": ([9] * 4, [8] * 3),
    "a_triple": ([9] * 4, [8] * 3, 100),
    "one_row": [9] * 4 + [8] * 3,
    "an_array": np.array([9] * 4 + [8] * 3),
    "counts_and_exposure": ([9] * 4 + [8] * 3, [100] * 7),
    "counts_and_one_exposure": ([9] * 4 + [8] * 3, 100),
    "counts_and_whole_windows": ([9] * 4 + [8] * 3, (400, 300)),
    "pair_of_pairs": (([9] * 4, [8] * 3), ([100] * 4, [100] * 3)),
    "named": {"before": [9] * 4, "after": [8] * 3, "exposure": None},
    "named_row": {"counts": [9] * 4 + [8] * 3, "exposure": [100] * 7},
    "windows": SAME,
    "several": [([4] * 4, [4] * 3), ([3] * 4, [3] * 3), ([2] * 4, [1] * 3)],
    "several_by_name": {"north": ([5] * 4, [5] * 3), "south": ([4] * 4, [3] * 3)},
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_what_is_compared_with_comes_in_any_shape(shape):
    assert compared(shape, WEEKS) == SAME


def test_totals_take_the_exposure_of_the_issue_or_have_their_own():
    assert compared((100, 80), WEEKS) == windows(100, 80, (400, 300))
    assert compared((100, 80, (50, 60)), WEEKS) == windows(100, 80, (50, 60))
    assert compared((100, 80), TOTALS) == windows(100, 80, 10_000)
    assert compared(((100, 80), (10_000, 9_000)), TOTALS) == windows(100, 80, (10_000, 9_000))
    assert compared(([25] * 4, [20] * 4), TOTALS) == windows(100, 80, 10_000).__class__(
        (25,) * 4, (20,) * 4, (2_500.0,) * 4, (2_500.0,) * 4
    )


def test_two_pairs_are_two_siblings():
    assert compared([(30, 54), (2, 3)], TOTALS, several=True) == windows(32, 57, 10_000)
    assert compared([(30, 54), (2, 3)], WEEKS, several=True) == windows(32, 57, (400, 300))
    pairs = [([4] * 4, [4] * 3), ([5] * 4, [4] * 3)]
    assert compared(pairs, WEEKS, several=True) == SAME


def test_places_with_exposures_of_their_own_are_added_up_with_them():
    north, south = (10, 8, (100, 90)), (20, 20, (300, 310))
    assert compared({"north": north, "south": south}, TOTALS) == windows(30, 28, (400, 400))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (7, "pair"),
        ([], "pair"),
        ((1,), "pair"),
        ((1, 2, 3, 4), "pair"),
        ({}, "pair"),
        ("ab", "pair"),
        (
            ([9] * 4, [8] * 2),
            "4 periods before and 3 after are needed, or an exposure of its own; not 4 and 2",
        ),
        ({"counts": [9] * 6}, "4 counts before and 3 after are needed, not 6"),
        ([([9] * 4, [8] * 3), ([2] * 4, [1] * 3)], "two ways"),
        ((1, -2), "negative"),
    ],
)
def test_what_cannot_be_compared_with_is_refused_with_what_is_wanted(given, said):
    with pytest.raises(ValueError, match=said):
        compared(given, WEEKS)

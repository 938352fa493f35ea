"""What counts, exposures and shares have to be."""

import math

import numpy as np
import pytest

from coalface.methods.counted import is_row, number, want_counts, want_exposures, want_shares, whole


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf])
def test_a_count_is_known_and_not_negative(wrong):
    with pytest.raises(ValueError, match="negative"):
        want_counts(0, wrong)


@pytest.mark.parametrize("wrong", [0, -1, math.nan, math.inf])
def test_an_exposure_is_positive(wrong):
    with pytest.raises(ValueError, match="positive"):
        want_exposures(1, wrong)


@pytest.mark.parametrize("wrong", [0, 1, 80, math.nan])
def test_a_share_lies_between_nothing_and_all(wrong):
    with pytest.raises(ValueError, match="between"):
        want_shares(0.5, wrong)


def test_what_holds_many_in_order_is_a_row():
    assert [is_row(each) for each in ([], (1,), np.arange(2), iter([]))] == [True] * 4
    assert [is_row(each) for each in ("12", b"1", {1}, {1: 2}, 7, np.array(7), None)] == [False] * 7


@pytest.mark.parametrize("wrong", [None, "7", [7], object()])
def test_what_is_no_number_is_named(wrong):
    with pytest.raises(ValueError, match="A start is a number, not"):
        number(wrong, "A start")


def test_a_whole_number_may_come_as_any_type():
    assert [whole(each, "A start") for each in (7, 7.0, np.int64(7), np.float32(7))] == [7] * 4
    with pytest.raises(ValueError, match=r"whole number, not 7\.5"):
        whole(7.5, "A start")

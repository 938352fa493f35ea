"""What one cost, with what the count leaves open."""

import pytest

from coalface.methods.costs import CostOfOne, cost_of_one


def test_the_interval_is_that_of_the_count():
    # Garwood (1936): of ten events the exact 95 % interval is 4.795 to 18.390.
    one = cost_of_one(80_000, 10)
    assert (one.each, one.n) == (8_000, 10)
    assert (round(80_000 / one.high, 3), round(80_000 / one.low, 3)) == (4.795, 18.390)


def test_of_none_there_is_a_lower_end_only():
    none = cost_of_one(3_689, 0)
    assert (none.each, round(none.low), none.high, none.n) == (None, 1_000, None, 0)


def test_what_cost_nothing_cost_nothing():
    assert cost_of_one(0, 2) == CostOfOne(0, 0, 0, 2)


@pytest.mark.parametrize("wrong", [(-1, 1), (1, -1)], ids=str)
def test_less_than_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match=r"for|rate"):
        cost_of_one(*wrong)

"""A share and its Wilson interval."""

import pytest

from coalface.methods.results import Estimate, two_sided_z, wilson


# METHODS §15 A15: 8/10 → .4902–.9433, 45/50 → .7864–.9565.
@pytest.mark.parametrize(
    ("successes", "n", "low", "high"), [(8, 10, 0.4902, 0.9433), (45, 50, 0.7864, 0.9565)]
)
def test_wilson_gives_the_reference_intervals(successes, n, low, high):
    share = wilson(successes, n)
    assert (share.estimate, share.n, share.method) == (successes / n, n, "wilson")
    assert (share.low, share.high) == pytest.approx((low, high), abs=1e-4)


def test_of_nobody_nothing_is_known():
    assert wilson(0, 0) == Estimate(None, 0.0, 1.0, 0, "wilson")


def test_none_and_all_touch_the_ends_exactly():
    assert (wilson(0, 7).low, wilson(7, 7).high) == (0.0, 1.0)
    assert wilson(0, 7).high == pytest.approx(1 - wilson(7, 7).low)


def test_more_confidence_is_a_wider_interval():
    assert wilson(8, 10, confidence=0.99).low < wilson(8, 10).low


@pytest.mark.parametrize(("successes", "n"), [(3, 2), (-1, 2), (0, -1)])
def test_a_share_above_its_whole_is_refused(successes, n):
    with pytest.raises(ValueError, match="not a share"):
        wilson(successes, n)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_is_a_probability(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        two_sided_z(confidence)

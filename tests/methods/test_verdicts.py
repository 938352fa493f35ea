"""What a verdict says of itself: its numbers, and why it is not verified."""

import math

import pytest

from coalface.methods.rate_ratios import RateRatio
from coalface.methods.verdicts import says_better, says_same
from coalface.methods.verification import judge


def test_a_verdict_gives_its_numbers():
    verdict = judge(42, 18, exposure=10_000)
    assert (verdict.estimate, verdict.low, verdict.high) == pytest.approx((0.4286, 0.2322, 0.7608), abs=1e-4)
    assert (verdict.p, verdict.n, verdict.method) == (verdict.ratio.p, 60, "exact_conditional")
    assert (verdict.naive, verdict.reasons) == (pytest.approx(0.4286, abs=1e-4), ())


@pytest.mark.parametrize(
    ("given", "more", "reasons"),
    [
        ((3, 1), {}, ("interval_reaches_1", "safe_interval_reaches_1")),
        ((200, 150), {}, ("safe_interval_reaches_1",)),
        ((42, 18), {"all_contacts": (420, 180)}, ("channel_closed",)),
        ((42, 18), {"siblings": (30, 54)}, ("substitution",)),
        (([10] * 20, [4] * 10 + [11] * 8), {}, ("came_back", "safe_interval_reaches_1")),
        ((42, 18), {"control": (100, 80)}, ("interval_reaches_1", "safe_interval_reaches_1")),
    ],
)
def test_a_verdict_says_why_it_is_not_verified(given, more, reasons):
    assert judge(*given, exposure=1, **more).reasons == reasons


@pytest.mark.parametrize(
    ("low", "high", "better", "same"),
    [
        (0.4, 0.6, True, False),
        (0.92, 0.99, True, True),
        (0.9, 1.1, False, True),
        (0.0, math.inf, False, False),
    ],
)
def test_intervals_say_better_or_the_same(low, high, better, same):
    ratio = RateRatio(0.95, low, high, 0.1, 9, "exact_conditional")
    assert (says_better(ratio), says_same(ratio)) == (better, same)

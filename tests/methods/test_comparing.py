"""Before and after compared: which season is looked for, what a control group without events leaves."""

import numpy as np
import pytest

from coalface.methods.before_after import windows
from coalface.methods.comparing import compare, compare_steps
from coalface.methods.verification import judge


def waves(year, periods, fall_at, seed=5):
    at = np.arange(periods)
    usual = 100 * np.exp(0.3 * np.cos(2 * np.pi * at / year)) * np.where(at >= fall_at, 0.6, 1)
    counts = np.random.default_rng(seed).poisson(usual).tolist()
    return windows(counts[:fall_at], counts[fall_at:], 1)


@pytest.mark.parametrize(("year", "periods", "at"), [(12, 84, 60), (12, 60, 36), (52, 130, 104)])
def test_months_and_weeks_are_told_apart_by_what_was_before(year, periods, at):
    found = compare(waves(year, periods, at), None)
    assert found.ratio.estimate == pytest.approx(0.6, abs=0.05)
    assert "season" in found.used
    assert compare_steps(waves(year, periods, at), season=True).year == year


def test_a_season_can_be_said_or_ruled_out():
    issue = waves(12, 84, 60)
    assert compare(issue, None, season=12).ratio == compare(issue, None).ratio
    assert "season" not in compare(issue, None, season=False).used
    with pytest.raises(ValueError, match="such as 12 or 52"):
        compare(issue, None, season=1)


@pytest.mark.parametrize("wrong", [-1, float("nan")])
def test_a_dispersion_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="negative"):
        compare(windows(42, 18, 1), None, known_dispersion=wrong)


def test_a_fix_that_leaves_nothing_is_proven_beside_a_control_group_too():
    gone = judge([10] * 60, [0] * 20, exposure=1, control=([10] * 60, [10] * 20))
    assert (gone.ruling, gone.safe.high < 0.5) == ("verified", True)
    few = judge([1] * 8, [0] * 8, exposure=1, control=([10] * 8, [10] * 8))
    assert few.ruling != "verified"


@pytest.mark.parametrize("control", [(0, 0), ([0] * 12, [0] * 12)])
def test_a_control_group_without_events_proves_nothing(control):
    assert judge([10] * 12, [5] * 12, exposure=1, control=control).ruling == "improved_not_proven"


# Passengers killed or seriously injured in Great Britain, in front and in the rear, to whom the seat belt law
# of 31 January 1983 did not apply: February 1983 to December 1984 and those months two years before, summed
# from R's `Seatbelts`. Harvey & Durbin (1986), J. R. Statist. Soc. A 149:187–227: 30 % fewer in front only.
def test_seat_belts_saved_those_in_front():
    front, rear = (18_171, 13_132), (9_026, 9_378)
    verdict = judge(*front, exposure=1, control=rear)
    assert (verdict.ruling, verdict.estimate) == ("verified", pytest.approx(0.696, abs=5e-4))
    assert verdict.low < 0.70 < verdict.high
    assert judge(*rear, exposure=1).ruling != "verified"

"""Interrupted series: the step at a fix, against published ones, and with ends that hold nothing."""

import csv

import numpy as np
import pytest

from coalface.methods.interrupted import Series, Step, drifts, season_of, seasonal, step_of
from coalface.methods.verification import interrupted_series

MONTHS = np.arange(60)
WAVES = (200 * np.exp(0.2 * np.sin(2 * np.pi * MONTHS / 12))).astype(int)


def series(counts, start=36, control=None):
    n = len(counts)
    beside = None if control is None else tuple(map(int, control))
    return Series(tuple(map(int, counts)), (1.0,) * n, tuple(range(n)), start, beside)


# METHODS §12.1 (3), §15 A25: Bernal, Cummins & Gasparrini (2017), IJE 46:348–355, with its published data.
@pytest.mark.real
def test_the_smoking_ban_of_sicily(real_data):
    with (real_data / "sicily" / "sicily.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counts, people = [int(row["aces"]) for row in rows], [float(row["stdpop"]) for row in rows]
    plain = interrupted_series(counts, people, 36)
    said = (plain.plain.estimate, plain.plain.low, plain.plain.high)
    assert said == pytest.approx((0.894, 0.865, 0.925), abs=6e-4)
    assert (plain.low, plain.high) == pytest.approx((0.839, 0.953), abs=1e-3)
    assert plain.dispersion == pytest.approx(3.56, abs=0.01)
    season = interrupted_series(counts, people, 36, 12)
    assert (season.estimate, season.low, season.high) == pytest.approx((0.885, 0.839, 0.933), abs=6e-4)
    assert (season.ruling, season.naive) == ("verified", pytest.approx(1.034, abs=6e-4))
    assert "naive_disagrees" in season.warnings
    assert interrupted_series(counts, people, 36, True) == season


def test_a_winter_after_the_fix_is_no_relapse():
    counts = np.random.default_rng(2).poisson(WAVES * np.where(MONTHS >= 44, 0.8, 1))
    verdict = interrupted_series(counts, 1, 44, 12)
    assert (verdict.ruling, verdict.estimate) == ("verified", pytest.approx(0.8, abs=0.05))


def test_what_came_back_beside_a_season_has_relapsed():
    back = WAVES * np.where((MONTHS >= 36) & (MONTHS < 46), 0.5, 1)
    assert interrupted_series(np.random.default_rng(2).poisson(back), 1, 36, 12).ruling == "relapsed"


SHAPES = {
    "list": (WAVES.tolist(), [1.0] * 60, 36, 12),
    "tuple": (tuple(WAVES.tolist()), 1, np.int64(36), 12.0),
    "array": (WAVES, np.ones(60), 36.0, 12),
    "floats": (WAVES.astype(float), 1.0, 36, np.int64(12)),
    "what_yields_them": (iter(WAVES), iter([1.0] * 60), 36, True),
    "two_windows": (WAVES, ([1.0] * 36, [1.0] * 24), 36, 12),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_series_comes_in_any_shape(shape):
    assert interrupted_series(*shape) == interrupted_series(WAVES.tolist(), 1, 36, 12)


@pytest.mark.parametrize("season", [None, False])
def test_no_season_is_said_either_way(season):
    assert "season" not in interrupted_series(WAVES, 1, 36, season).used


@pytest.mark.parametrize("season", [2, 3, 4, 7, 52.18])
def test_a_season_may_have_any_length(season):
    assert "season" in interrupted_series(WAVES, 1, 36, season).used


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"start": 0}, "within the series, not at 0 of 60"),
        ({"start": 60}, "within the series"),
        ({"start": -3}, "within the series"),
        ({"start": True}, "within the series"),
        ({"start": None}, "The first period after is a number"),
        ({"start": 36.5}, "whole number"),
        ({"start": MONTHS >= 36}, "is a number, not ndarray"),
        ({"season": 1}, "such as 12 or 52, not 1"),
        ({"season": float("nan")}, "such as 12 or 52"),
        ({"season": "monthly"}, "A season is a number"),
        ({"season": 104}, "60 periods are too few for a season of 104"),
        ({"exposure": None}, "Without an exposure"),
        ({"exposure": (1, 1)}, "for each of 60 periods is needed, not 2"),
        ({"exposure": [1.0] * 59 + [0.0]}, "positive"),
        ({"counts": 42}, "within the series"),
        ({"counts": []}, "At least one count"),
        ({"counts": [1, 2, 3], "start": 2, "season": None}, "too few for a step"),
    ],
)
def test_what_is_no_series_is_refused_with_what_is_wanted(changed, said):
    with pytest.raises(ValueError, match=said):
        interrupted_series(**{"counts": WAVES, "exposure": 1, "start": 36, "season": 12, **changed})


def test_a_side_without_any_event_has_an_end():
    gone = interrupted_series([*WAVES[:36], *[0] * 24], 1, 36, 12)
    assert (gone.ruling, gone.naive, gone.high < 0.1) == ("verified", 0, True)
    assert interrupted_series([0] * 30 + [5] * 30, 1, 30).ruling == "worse"
    nothing = interrupted_series([0] * 60, 1, 36, 12)
    assert (nothing.ruling, nothing.estimate, nothing.n) == ("not_enough_evidence", None, 0)


def test_what_never_changes_is_no_step(recwarn):
    flat = interrupted_series([10] * 60, 1, 36, 12)
    assert (flat.ruling, flat.estimate) == ("not_enough_evidence", pytest.approx(1))
    assert [str(each.message) for each in recwarn] == []


def test_a_control_group_takes_the_season_out():
    rng = np.random.default_rng(3)
    control = rng.poisson(WAVES)
    issue = rng.poisson(WAVES * np.where(MONTHS >= 36, 0.7, 1))
    step = step_of(series(issue, control=control), trend=False, season=None)
    assert np.exp(step.log_ratio) == pytest.approx(0.7, abs=0.03)
    assert step.n == issue.sum() + control.sum()
    assert len(step.pace) == 60


def test_what_drifts_is_seen():
    rising = np.linspace(10, 40, 60)
    assert drifts(series(rising, 60), season=12) == (True, False)
    assert drifts(series(WAVES, 60), season=12)[1] is True
    assert drifts(series([10] * 60, 60), season=12) == (False, False)
    assert drifts(series([1, 9, 1], 3), season=None) == (False, False)
    assert seasonal(series(WAVES, 60), 12) < 1e-6 < seasonal(series(WAVES, 60), 52)
    assert (seasonal(series(WAVES, 60), 104), season_of(None)) == (1.0, None)


def test_a_step_says_both_intervals():
    step = Step(np.log(0.5), 0.2, 0.1, 4.0, 0.0, 90, ("trend",))
    assert step.plain().high < step.ratio().high < 1

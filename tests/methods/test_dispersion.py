"""How much more counts vary than chance alone would have it."""

import numpy as np
import pytest

from coalface.methods.dispersion import dispersion, lags_of, surprises


@pytest.mark.parametrize("wanted", [1.0, 3.0])
def test_the_dispersion_of_many_periods_is_recovered(wanted):
    rng = np.random.default_rng(1)
    means = np.full(4_000, 20.0) if wanted == 1 else rng.gamma(20 / (wanted - 1), wanted - 1, 4_000)
    assert dispersion(rng.poisson(means).tolist(), [1.0] * 4_000) == pytest.approx(wanted, rel=0.06)


def test_what_moves_a_control_group_too_is_no_dispersion():
    rng = np.random.default_rng(2)
    moves = rng.uniform(10, 60, 400)
    issue, control = rng.poisson(moves).tolist(), rng.poisson(2 * moves).tolist()
    assert dispersion(issue, [1.0] * 400) > 4
    assert dispersion(issue, [1.0] * 400, control) == pytest.approx(1, abs=0.2)


def test_neighbours_that_are_alike_vary_more_in_sum():
    waves = (20 + 8 * np.sin(np.arange(104) / 8)).round().astype(int).tolist()
    alone = sum(each**2 for each in surprises(waves, [1.0] * 104)[0]) / 103
    assert dispersion(waves, [1.0] * 104) > 2 * alone


@pytest.mark.parametrize("counts", [[], [4, 14, 8], [10] * 20, [0] * 20])
def test_what_cannot_be_said_is_no_dispersion(counts):
    assert dispersion(counts, [1.0] * len(counts)) in (0.0, 1.0)


# Newey & West (1994): ⌊4·(n/100)^(2/9)⌋.
def test_the_neighbours_looked_at_grow_slowly():
    assert [lags_of(n) for n in (10, 59, 100, 1_000)] == [2, 3, 4, 6]


@pytest.mark.parametrize(("counts", "exposures"), [([-1] * 9, [1] * 9), ([1] * 9, [0] * 9)])
def test_impossible_periods_are_refused(counts, exposures):
    with pytest.raises(ValueError, match=r"negative|positive"):
        dispersion(counts, exposures)

"""The run of periods before a fix that stands out."""

import numpy as np
import pytest

from coalface.methods.spikes import standing_out

CALM = [10, 9, 11, 10, 8, 12, 10, 9, 11, 10]


@pytest.mark.parametrize(
    ("counts", "run"),
    [
        ([*CALM, 30, 28, 10, 9], (10, 12)),
        ([*CALM, 30, 34, 31], (10, 13)),
        ([30, 31, *CALM, *CALM], None),  # long ago: nobody picks a fix for that
        ([*CALM, *CALM], None),
        ([10] * 6 + [30], None),  # too few periods to say
        ([0] * 20, None),
        ([*CALM, 0, 0, 0], None),  # a lull is no spike
    ],
)
def test_what_stands_out_lately_is_found(counts, run):
    assert standing_out(counts, [1] * len(counts)) == run


def test_more_business_is_no_spike():
    assert standing_out([*CALM, 30, 28, 10, 9], [1.0] * 10 + [3.0, 3.0, 1.0, 1.0]) is None


def test_chance_alone_seldom_stands_out():
    draws = np.random.default_rng(1).poisson(10, (300, 52)).tolist()
    assert sum(standing_out(row, [1.0] * 52) is not None for row in draws) / 300 < 0.25


@pytest.mark.parametrize(("counts", "exposures"), [([-1] * 9, [1] * 9), ([1] * 9, [0] * 9)])
def test_impossible_periods_are_refused(counts, exposures):
    with pytest.raises(ValueError, match=r"negative|positive"):
        standing_out(counts, exposures)

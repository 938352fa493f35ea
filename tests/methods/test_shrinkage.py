"""What a count would have done by itself: a prior from other series, and what it makes of a spike."""

import numpy as np
import pytest

from coalface.methods.shrinkage import (
    EmpiricalBayes,
    GammaPrior,
    TooFewSeries,
    empirical_bayes,
    expected_without_fix,
    prior_from,
)


# METHODS §12.2, §15 A27: prior mean 10, marginal variance 30 (so 20 between themes): 25 seen → 20.0, w = 1/3.
def test_empirical_bayes_draws_a_spike_back_towards_the_others():
    without = empirical_bayes(before=25, exposure_before=1, exposure_after=1, prior=GammaPrior(10, 20, 30))
    assert (without.expected, without.weight) == pytest.approx((20.0, 1 / 3))
    assert without.low < 20 < without.high


def test_empirical_bayes_follows_the_exposure():
    prior = GammaPrior(10, 20, 30)
    once = empirical_bayes(before=25, exposure_before=1, exposure_after=1, prior=prior)
    twice = empirical_bayes(before=25, exposure_before=1, exposure_after=2, prior=prior)
    assert twice.expected == pytest.approx(2 * once.expected)
    longer = empirical_bayes(before=250, exposure_before=10, exposure_after=1, prior=prior)
    assert longer.weight < once.weight
    assert 24 < longer.expected < 25


def test_series_that_do_not_differ_leave_no_room_for_the_own_count():
    same = empirical_bayes(before=25, exposure_before=1, exposure_after=1, prior=GammaPrior(10, 0, 30))
    assert same == EmpiricalBayes(10.0, 4.0, 17.0, 1.0)  # the Poisson quantiles of mean 10


@pytest.mark.parametrize("prior", [GammaPrior(0, 1, 3), GammaPrior(1, -1, 3)])
def test_an_impossible_prior_is_refused(prior):
    with pytest.raises(ValueError, match="prior"):
        empirical_bayes(before=1, exposure_before=1, exposure_after=1, prior=prior)


# Gamma(5, scale 2) has mean 10 and variance 20 (METHODS §12.2).
@pytest.mark.parametrize("exposure", [1, 4])
def test_the_prior_is_recovered_from_many_series(exposure):
    rng = np.random.default_rng(2)
    counts = rng.poisson(rng.gamma(5, 2, 4_000) * exposure)
    prior = prior_from(counts.tolist(), [exposure] * 4_000)
    assert prior.mean == pytest.approx(10, rel=0.02)
    assert prior.variance == pytest.approx(20, rel=0.08)
    assert prior.series == 4_000


def test_unequal_exposures_are_allowed_for():
    rng = np.random.default_rng(4)
    exposures = rng.uniform(0.2, 5, 3_000)
    prior = prior_from(rng.poisson(rng.gamma(5, 2, 3_000) * exposures).tolist(), exposures.tolist())
    assert (prior.mean, prior.variance) == (pytest.approx(10, rel=0.02), pytest.approx(20, rel=0.1))


def test_the_prior_of_few_series_is_the_most_likely_one():
    from scipy.stats import nbinom

    counts = [4, 9, 15, 7, 12, 3, 22, 8]
    prior = prior_from(counts, [1] * 8)

    def likelihood(mean, variance):
        shape = mean * mean / variance
        return nbinom.logpmf(counts, shape, shape / (shape + mean)).sum()

    best = likelihood(prior.mean, prior.variance)
    for mean, variance in ((1.05, 1), (0.95, 1), (1, 1.1), (1, 0.9)):
        assert likelihood(prior.mean * mean, prior.variance * variance) < best


def test_series_more_alike_than_luck_allows_have_no_variance():
    assert prior_from([10, 10, 10, 10], [1, 1, 1, 1]) == GammaPrior(10.0, 0.0, 4)
    assert prior_from([9, 10, 11, 10], [1, 1, 1, 1]) == GammaPrior(10.0, 0.0, 4)
    assert prior_from([10, 20, 40, 5], [1, 2, 4, 0]) == GammaPrior(10.0, 0.0, 3)


@pytest.mark.parametrize(
    ("counts", "exposures"), [([], []), ([3, 4], [1, 1]), ([3, 4, 5], [1, 1, 0]), ([0, 0, 0], [1, 1, 1])]
)
def test_too_few_series_teach_nothing(counts, exposures):
    with pytest.raises(TooFewSeries, match="series with"):
        prior_from(counts, exposures)


@pytest.mark.parametrize(
    ("counts", "exposures"), [([1, 2], [1]), ([1, 2, -3], [1, 1, 1]), ([1, 2, 3], [1, 1, -1])]
)
def test_impossible_series_are_refused(counts, exposures):
    with pytest.raises(ValueError, match=r"one exposure|negative"):
        prior_from(counts, exposures)


# METHODS §12.2, §15 A27: prior mean 10, marginal variance 30: 25 seen → 20.0, w = 1/3.
def test_many_issues_tell_what_to_expect_of_each():
    known = expected_without_fix([25, 10], mean=10, variance=30)
    assert (known.expected, known.weight) == (pytest.approx((20.0, 10.0)), pytest.approx(1 / 3))
    learnt = expected_without_fix([25, 10, 10, 5, 5, 5])
    assert (learnt.mean, learnt.variance) == pytest.approx((10, 60))
    assert learnt.expected[0] == pytest.approx(25 - 15 / 6)
    assert all(
        low < each < high for low, each, high in zip(learnt.low, learnt.expected, learnt.high, strict=True)
    )


def test_issues_that_vary_no_more_than_chance_are_all_expected_at_the_mean():
    assert expected_without_fix([10, 9, 11]).expected == (10.0, 10.0, 10.0)


@pytest.mark.parametrize("counts", [[], [3, 4], [0, 0, 0]])
def test_too_few_issues_tell_nothing(counts):
    with pytest.raises(TooFewSeries, match="series with"):
        expected_without_fix(counts)


def test_counts_of_many_issues_come_in_any_row():
    wanted = expected_without_fix([25, 10, 10, 5, 5, 5])
    for row in (np.array([25, 10, 10, 5, 5, 5]), (25.0, 10, 10, 5, 5, 5), iter([25, 10, 10, 5, 5, 5])):
        found = expected_without_fix(row)
        assert (found, {type(each) for each in found.expected}) == (wanted, {float})


@pytest.mark.parametrize(
    ("counts", "known", "said"),
    [
        (25, {}, "in a row"),
        ({"late": 25}, {}, "in a row"),
        ([[2, 5], [1, 4], [3, 3]], {}, "is a number, not list"),
        ([25.5, 1, 3], {}, "whole numbers"),
        ([25, -1, 3], {}, "negative"),
        ([25], {"mean": 0, "variance": 3}, "positive, not 0"),
        ([25], {"mean": 10}, "or mean and variance"),
    ],
)
def test_what_are_no_counts_of_issues_is_refused(counts, known, said):
    with pytest.raises(ValueError, match=said):
        expected_without_fix(counts, **known)

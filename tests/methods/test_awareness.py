"""Awareness of a person, and what a level knows."""

import time

import numpy as np
import pytest

from coalface.methods.awareness import Coverage, Sightings, awareness, level_coverage
from coalface.methods.results import Estimate


def sightings(*rows):
    return Sightings(*(list(column) for column in zip(*rows, strict=True))) if rows else Sightings(*[[]] * 5)


# METHODS §2.2: doing today 1.000; 90 days ago .500; .6 at 45 d with .3 at 200 d .46128.
def test_awareness_matches_the_reference():
    assert awareness([(1, 0)]) == 1.0
    assert awareness([(1, 90)]) == 0.5
    assert awareness([(0.6, 45), (0.3, 200)]) == pytest.approx(0.46128, abs=5e-6)
    assert awareness([]) == 0.0


# METHODS §2.2: weights after 0/30/90/180/365 days are 1, .794, .5, .25, .060.
def test_awareness_fades_by_half_every_half_life():
    faded = [awareness([(1, age)]) for age in (0, 30, 90, 180, 365)]
    assert faded == pytest.approx([1, 0.794, 0.5, 0.25, 0.060], abs=5e-4)
    assert awareness([(1, 30)], half_life=30) == 0.5


@pytest.mark.parametrize("sighting", [(1.1, 0), (-0.1, 0), (1, -1), (float("nan"), 0), (1, float("nan"))])
def test_a_sighting_out_of_range_is_refused(sighting):
    with pytest.raises(ValueError, match="outside"):
        awareness([sighting])


@pytest.mark.parametrize("half_life", [0, -1, float("nan")])
def test_a_half_life_is_positive(half_life):
    with pytest.raises(ValueError, match="half-life"):
        awareness([], half_life=half_life)


def test_a_level_knows_through_someone_and_through_the_typical_person():
    level = level_coverage(
        sightings((0, 0, 0.6, 45, 1), (0, 0, 0.3, 200, 2), (1, 1, 1, 0, 3)), persons=2, issues=2
    )
    assert level.known == pytest.approx((0.46128, 1.0), abs=5e-6)
    assert level.someone.estimate == pytest.approx((0.46128 + 1) / 2, abs=5e-6)
    assert level.typical.estimate == pytest.approx((0.46128 + 1) / 4, abs=5e-6)
    assert level.someone.n == 3


def test_an_issue_of_more_value_weighs_more():
    seen = sightings((0, 0, 1, 0, 1), (0, 1, 0.5, 0, 2))
    assert level_coverage(seen, persons=1, issues=2, values=[3, 1]).someone.estimate == 0.875


def test_without_sightings_nothing_is_known_and_there_is_no_interval():
    nothing = Estimate(0.0, None, None, 0, "bootstrap")
    assert level_coverage(sightings(), persons=3, issues=2) == Coverage(nothing, nothing, (0.0, 0.0))


def test_one_source_alone_has_no_interval():
    alone = level_coverage(sightings((0, 0, 0.5, 0, 9), (1, 0, 0.5, 0, 9)), persons=2, issues=1)
    assert alone.someone == Estimate(0.5, None, None, 1, "bootstrap")


@pytest.mark.parametrize(("persons", "issues", "values"), [(0, 2, None), (2, 0, None), (2, 2, [0, 0])])
def test_without_persons_or_issues_there_is_no_estimate(persons, issues, values):
    level = level_coverage(sightings(), persons=persons, issues=issues, values=values)
    assert level.someone == level.typical == Estimate(None, None, None, 0, "bootstrap")
    assert level.known == (0.0,) * issues


def test_the_interval_holds_the_estimate_and_stays_between_nothing_and_all():
    rng = np.random.default_rng(3)
    for size in (2, 5, 40):
        seen = Sightings(
            rng.integers(0, 6, size).tolist(),
            rng.integers(0, 8, size).tolist(),
            rng.choice([0.3, 0.6, 1.0], size).tolist(),
            rng.choice([0, 30, 90], size).tolist(),
            list(range(size)),
        )
        level = level_coverage(seen, persons=6, issues=8, draws=100)
        for figure in (level.someone, level.typical):
            assert 0 <= figure.low <= figure.estimate <= figure.high <= 1
        assert level.someone.estimate >= level.typical.estimate


def test_the_interval_lies_around_the_estimate_and_not_below_it():
    seen = sightings(*[(0, issue, 0.5, 0, issue) for issue in range(40)])
    figure = level_coverage(seen, persons=1, issues=40).someone
    assert figure.estimate == 0.5
    assert figure.estimate - figure.low == pytest.approx(figure.high - figure.estimate, abs=0.02)
    assert 0.03 < figure.high - figure.low < 0.2


def test_the_same_seed_gives_the_same_interval():
    seen = sightings(*[(n % 3, n % 4, 0.6, n, n) for n in range(20)])
    assert level_coverage(seen, persons=3, issues=4, seed=5) == level_coverage(
        seen, persons=3, issues=4, seed=5
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(2, 0, 1, 0, 1)], "outside 2 persons"),
        ([(0, 2, 1, 0, 1)], "outside 2 persons"),
        ([(-1, 0, 1, 0, 1)], "outside 2 persons"),
        ([(0, 0, 1.5, 0, 1)], "weight"),
        ([(0, 0, 1, -1, 1)], "weight"),
    ],
)
def test_sightings_out_of_range_are_refused(rows, message):
    with pytest.raises(ValueError, match=message):
        level_coverage(sightings(*rows), persons=2, issues=2)


def test_unequal_sequences_and_negative_values_are_refused():
    with pytest.raises(ValueError, match="one length"):
        level_coverage(Sightings([0], [0], [1], [0], []), persons=1, issues=1)
    for values in ([1, 1], [-1]):
        with pytest.raises(ValueError, match="as many values"):
            level_coverage(sightings(), persons=1, issues=1, values=values)


def test_twenty_thousand_sightings_take_a_few_seconds():
    rng = np.random.default_rng(1)
    size = 20_000
    seen = Sightings(
        rng.integers(0, 100, size).tolist(),
        rng.integers(0, 40, size).tolist(),
        rng.choice([0.3, 0.6, 1.0], size).tolist(),
        rng.integers(0, 400, size).tolist(),
        rng.integers(0, 8_000, size).tolist(),
    )
    began = time.thread_time()
    level_coverage(seen, persons=100, issues=40, draws=500)
    assert time.thread_time() - began < 5

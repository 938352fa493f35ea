"""How likely a customer is to raise an issue."""

from random import Random

import pytest

from coalface.methods.raising import CERTAIN, TIGHTEST, Chances, Heard, chances


def test_the_strength_of_the_prior_is_found_where_it_is_known():
    rng, heard, groups = Random(1), {}, {}
    for number in range(4_000):
        group = "ab"[number % 2]
        chance = rng.betavariate(*{"a": (2, 8), "b": (4, 6)}[group])
        times = rng.randint(1, 6)
        heard[str(number)] = Heard(times, {"x": sum(rng.random() < chance for _ in range(times))})
        groups[str(number)] = group
    found = chances(heard, groups)
    assert found.within == pytest.approx(10, rel=0.1)  # Beta(2, 8) and Beta(4, 6): 10 occasions
    assert found.by_group["a"]["x"] == pytest.approx(0.2, abs=0.02)
    assert found.by_group["b"]["x"] == pytest.approx(0.4, abs=0.02)


def test_who_says_it_each_time_is_no_surprise_and_never_certain():
    told = {name: Heard(40, {"x": 40}) for name in "abc"} | {name: Heard(40, {"y": 40}) for name in "de"}
    found = chances(told, {})
    assert found.within == 1.0
    assert found.own["a"]["x"] == CERTAIN
    assert found.own["d"] == {"x": pytest.approx(0.6 / 41), "y": CERTAIN}


def test_who_was_never_heard_is_like_their_segment_and_an_unknown_segment_like_everybody():
    found = chances({"a": Heard(2, {"x": 1}), "b": Heard(2, {"x": 1})}, {"a": "trade", "b": "trade"})
    assert (found.of("c", "trade"), found.of("c", "private")) == (found.by_group["trade"], found.overall)
    assert found.within == TIGHTEST


def test_nobody_heard_is_no_chance_and_more_raised_than_asked_is_an_error():
    assert chances({}, {}) == Chances({}, {}, {}, TIGHTEST, TIGHTEST)
    with pytest.raises(ValueError, match="more occasions"):
        chances({"a": Heard(1, {"x": 2})}, {})

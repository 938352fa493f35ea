"""Who should be met next."""

from collections import Counter

import pytest

from coalface.methods.matching import Choice, stratified_choice

BASE = {"private": 1500, "family": 900, "trade": 450, "farm": 150}


def meet_many(times, *, eligible, base=BASE, seed=0):
    met = Counter()
    chosen = []
    for step in range(times):
        choice = stratified_choice(base=base, met=met, eligible=eligible, seed=seed + step)
        met[choice.stratum] += 1
        chosen.append(choice.chosen)
    return met, chosen


def names(*strata):
    return {stratum: [f"{stratum}-{number}" for number in range(30)] for stratum in strata}


def distance(met, base=BASE):
    return sum(abs(met[s] / met.total() - base[s] / sum(base.values())) for s in base) / 2


@pytest.mark.parametrize("seed", [0, 1_000, 2_000])
def test_many_draws_come_to_resemble_the_base(seed):
    met, _ = meet_many(400, eligible=names(*BASE), seed=seed)
    assert distance(met) < 0.01  # a plain random sample of 400 lies .03 off


def test_customers_of_a_small_stratum_are_chosen_too():
    met, chosen = meet_many(60, eligible=names(*BASE))
    assert 2 <= met["farm"] <= 4  # 5 % of 60 is 3
    assert len(set(chosen)) > 35


def test_within_a_stratum_everybody_has_the_same_chance():
    eligible = {"private": ["Ada", "Ben", "Cai"]}
    counts = Counter(
        stratified_choice(base=BASE, met={}, eligible=eligible, seed=seed).chosen for seed in range(3_000)
    )
    assert all(900 < count < 1_100 for count in counts.values())


def test_the_draw_depends_on_the_seed_and_not_on_the_order():
    shuffled = {stratum: list(reversed(who)) for stratum, who in reversed(names(*BASE).items())}
    reversed_base = dict(reversed(BASE.items()))
    for seed in range(50):
        one = stratified_choice(base=BASE, met={"farm": 1}, eligible=names(*BASE), seed=seed)
        assert one == stratified_choice(base=reversed_base, met={"farm": 1}, eligible=shuffled, seed=seed)


def test_the_stratum_behind_is_chosen_and_says_by_how_much():
    choice = stratified_choice(
        base={"private": 90, "trade": 10}, met={"private": 20}, eligible={"trade": ["Ada", "Ada"]}, seed=1
    )
    assert choice == Choice("Ada", "trade", 2.1, 1)


def test_a_stratum_ahead_of_its_share_waits():
    drawn = {
        stratified_choice(base=BASE, met={"private": 9}, eligible=names("private", "farm"), seed=s).stratum
        for s in range(50)
    }
    assert drawn == {"farm"}


def test_nobody_eligible_is_nobody_chosen():
    assert stratified_choice(base=BASE, met={}, eligible={"farm": []}, seed=1) is None
    assert stratified_choice(base=BASE, met={}, eligible={}, seed=1) is None


def test_with_no_deficit_left_the_draw_follows_the_base():
    eligible = names("family", "farm")
    met = {"family": 500, "farm": 500}
    drawn = Counter(
        stratified_choice(base=BASE, met=met, eligible=eligible, seed=seed).stratum for seed in range(700)
    )
    assert drawn["family"] == pytest.approx(600, abs=40)  # 900 of 1,050


@pytest.mark.parametrize("base", [{}, {"new": 0, "other": 0}])
def test_strata_the_base_does_not_know_are_drawn_by_who_is_eligible(base):
    choice = stratified_choice(base=base, met={"new": 1}, eligible={"new": ["Ada"]}, seed=1)
    assert choice == Choice("Ada", "new", -1.0, 1)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        stratified_choice(base={"a": -1}, met={}, eligible={"a": ["Ada"]}, seed=1)

"""Those met beside the base: judged with the number of judged in mind, and with the traces of staging."""

import math

import pytest
from benchmarks.plan_fairness import psi
from hypothesis import given
from hypothesis import strategies as st

from coalface.methods.contact import representativeness
from coalface.methods.fairness import (
    Difference,
    Evenness,
    Reweighted,
    evenness,
    judged_together,
    mean_difference,
    reweighted,
    staging,
)
from coalface.methods.results import wilson

BASE = {"private": 0.5, "family": 0.3, "trade": 0.15, "farm": 0.05}
FAIR = {"private": 20, "family": 10, "trade": 8, "farm": 2}
LOPSIDED = {"private": 38, "family": 2}


def test_many_people_are_judged_at_once():
    judged = judged_together({"ada": FAIR, "bob": LOPSIDED, "eva": {"farm": 3}}, BASE)
    assert {who: one.verdict for who, one in judged.items()} == {
        "ada": "consistent",
        "bob": "skewed",
        "eva": "too_few",
    }
    # Two are judged, so the smaller p of 1/10,001 counts twice (Benjamini & Hochberg 1995).
    assert (judged["bob"].p, judged["eva"].p) == (pytest.approx(2 / 10_001), None)
    assert judged["ada"].figures == representativeness(FAIR, BASE)


def test_one_lucky_draw_among_many_is_not_blamed():
    draw = {"private": 27, "family": 8, "trade": 5, "farm": 0}
    alone = representativeness(draw, {"private": 0.5, "family": 0.35, "trade": 0.1, "farm": 0.05})
    assert alone.p < 0.2
    crowd = {"odd": {"private": 27, "family": 6, "trade": 4, "farm": 3}, **{str(n): FAIR for n in range(20)}}
    assert {one.verdict for one in judged_together(crowd, BASE).values()} == {"consistent"}


# Of a base of 40 customers all 40 are met: without replacement no honest draw differs at all.
def test_in_a_small_base_nobody_is_met_twice():
    base = {"private": 20, "family": 12, "trade": 6, "farm": 2}
    everybody = representativeness(base, base, whole=True)
    assert (everybody.tv, everybody.null_95, everybody.p) == (0, 0, 1)
    half = {"private": 16, "family": 4}
    assert representativeness(half, base, whole=True).p < representativeness(half, base).p
    with pytest.raises(ValueError, match="41 met"):
        representativeness({"private": 41}, base, whole=True)


# METHODS §1.5 and §15 A30: PSI .02350 for the fair sample; smoothed with .5 1.0461 for the lopsided one.
def test_the_index_that_benchmarks_stand_beside_has_its_published_values():
    assert psi(FAIR.values(), BASE.values()) == pytest.approx(0.0235, abs=5e-5)
    assert psi([38, 2, 0, 0], BASE.values()) == pytest.approx(1.0461, abs=5e-5)


# METHODS §1.5: JSD .004227 bits, Aitchison .33649, χ² 1.000 (p .8013) and 32.53 (p 4.0e−7).
def test_other_distances_of_the_same_samples_have_their_published_values():
    from scipy.spatial.distance import jensenshannon
    from scipy.stats import chisquare

    met, base = [count / 40 for count in FAIR.values()], list(BASE.values())
    assert jensenshannon(met, base, 2) ** 2 == pytest.approx(0.004227, abs=5e-7)
    logs = [math.log(one / other) for one, other in zip(met, base, strict=True)]
    assert math.dist(logs, [sum(logs) / 4] * 4) == pytest.approx(0.33649, abs=5e-6)
    expected = [40 * share for share in base]
    assert chisquare(list(FAIR.values()), expected) == pytest.approx((1.0, 0.8013), abs=5e-5)
    assert chisquare([38, 2, 0, 0], expected).statistic == pytest.approx(32.53, abs=5e-3)
    assert chisquare([38, 2, 0, 0], expected).pvalue == pytest.approx(4.0e-7, abs=5e-9)


# Austin (2009): (mean − mean) / √((s² + s²) / 2); base 1..9 has mean 5, variance 7.5.
def test_a_difference_of_means_is_told_in_standard_deviations():
    base = [float(value) for value in range(1, 10)] * 10
    variance = 10 * 60 / 89
    found = mean_difference([7.0, 8.0, 9.0] * 6, base)
    own = 18 * (2 / 3) / 17
    assert found.smd == pytest.approx(3 / math.sqrt((variance + own) / 2))
    assert (found.n, found.large, found.verdict) == (18, True, "skewed")


def test_a_large_difference_that_chance_often_makes_is_not_blamed():
    base = [float(value) for value in range(1, 10)] * 10
    found = mean_difference([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 5, 6, 7, 4, 5, 6, 9], base)
    assert (found.large, found.verdict) == (True, "consistent")


def test_where_nobody_differs_or_few_were_met_nothing_is_said():
    assert mean_difference([1.0] * 20, [1.0] * 30) == Difference(None, None, 20, False, "too_few")
    assert mean_difference([3.0, 4.0], [1.0, 2.0, 3.0, 4.0]).verdict == "too_few"
    assert mean_difference([1.0, 2.0], [1.0, 2.0]).p == 1.0
    with pytest.raises(ValueError, match="3 met"):
        mean_difference([1.0] * 3, [1.0] * 2)


def test_staging_is_shown_as_shares():
    shown = staging(n=40, announced=30, chosen_by={"planner": 10, "account_team": 30})
    assert shown.announced == wilson(30, 40)
    assert shown.chosen_by == {"account_team": wilson(30, 40), "planner": wilson(10, 40)}
    with pytest.raises(ValueError, match="More than 2"):
        staging(n=2, announced=0, chosen_by={"planner": 3})


# Kish (1965): weights 2/3 and 2 for 30 and 10: (20 + 20)² / (30·4/9 + 10·4) = 1600 / 53.33 = 30.
def test_weights_give_each_segment_its_say_and_cost_some_of_the_sample():
    assert reweighted({"private": 30, "trade": 10}, {"private": 50, "trade": 50}) == Reweighted(
        {"private": pytest.approx(2 / 3), "trade": pytest.approx(2)}, pytest.approx(30), 0.0
    )
    assert reweighted(LOPSIDED, BASE).unmet == pytest.approx(0.2)
    assert reweighted({"foreign": 3}, {"private": 1}) == Reweighted({"foreign": 0.0}, 0.0, 1.0)
    with pytest.raises(ValueError, match="not empty"):
        reweighted(FAIR, {})


@given(st.dictionaries(st.sampled_from(sorted(BASE)), st.integers(1, 50), min_size=1))
def test_reweighting_never_makes_a_sample_larger(met):
    found = reweighted(met, BASE)
    n = sum(met.values())
    assert found.n_eff <= n + 1e-9
    assert sum(met[one] * found.weights[one] for one in met) / n + found.unmet == pytest.approx(1)


def test_evenness_names_the_least_and_says_how_unequal():
    assert [evenness(counts) for counts in ([], [0, 0], [3], [1, 3], [0, 0, 0, 4])] == [
        Evenness(0, 0, 0.0),
        Evenness(0, 0, 0.0),
        Evenness(3, 3, 0.0),
        Evenness(1, 3, 0.25),
        Evenness(0, 4, 0.75),
    ]
    with pytest.raises(ValueError, match="negative"):
        evenness([-1])

"""Moments of magic and misery, what a moment does to the whole, and where customers fall through."""

import pytest

from coalface.methods.results import Estimate, wilson
from coalface.methods.touchpoints import (
    Bars,
    GroupMissing,
    Kano,
    MoreThanCame,
    TouchpointVerdict,
    asymmetry,
    judge,
    kano,
    links,
)


def rated(*groups: tuple[int, int, str | None]) -> TouchpointVerdict:
    """So many answers of that rating whose words sound like this."""
    ratings = [rating for count, rating, _ in groups for _ in range(count)]
    return judge(ratings, [sound for count, _, sound in groups for _ in range(count)])


# METHODS §8.1 [P]: lower bound of misery > .15; of magic > .50 with misery's upper < .10; both upper low.
@pytest.mark.parametrize(
    ("moment", "groups"),
    [
        ("misery", [(20, 1, "negative"), (40, 4, "neutral")]),
        ("misery", [(20, 3, "negative"), (40, 4, "neutral")]),
        ("magic", [(90, 5, "positive"), (10, 4, "neutral")]),
        ("mediocre", [(100, 4, "neutral"), (5, 5, "positive")]),
        ("unclear", [(3, 5, "positive")]),
        ("unclear", [(90, 5, "positive"), (10, 1, "negative")]),
        ("unclear", [(90, 5, None), (10, 4, None)]),
        ("mediocre", [(100, 3, ""), (10, 5, "")]),
        ("unclear", [(100, 3, ""), (60, 5, "")]),
    ],
    ids=[
        "low",
        "bad words",
        "magic",
        "mediocre",
        "few",
        "some suffer",
        "silent",
        "few fives",
        "words unknown",
    ],
)
def test_a_moment_has_a_name_only_where_its_bounds_allow_it(moment, groups):
    assert rated(*groups).moment == moment


def test_half_magic_and_half_misery_is_divided_and_never_mediocre():
    found = rated((50, 5, "positive"), (50, 1, "negative"))
    assert found == TouchpointVerdict(
        moment="misery",
        n=100,
        misery=wilson(50, 100),
        magic=wilson(50, 100),
        top=wilson(50, 100),
        ratings=(50, 0, 0, 0, 50),
        sounds=(("positive", 50), ("negative", 50)),
        divided=True,
    )


def test_magic_is_counted_among_those_whose_words_could_be_told():
    found = rated((30, 5, "positive"), (65, 5, None), (5, 4, ""))
    assert (found.moment, found.magic, found.misery) == ("magic", wilson(30, 30), wilson(0, 100))


def test_the_bars_are_arguments():
    mild = Bars(mediocre_magic_below=0.05)
    assert judge([4] * 100, ["neutral"] * 100, bars=mild).moment == "mediocre"
    assert judge([4] * 95 + [5] * 5, ["neutral"] * 95 + ["positive"] * 5, bars=mild).moment == "unclear"


def test_of_no_answers_nothing_is_said():
    found = judge([], [])
    assert (found.moment, found.n, found.misery) == ("unclear", 0, Estimate(None, 0.0, 1.0, 0, "wilson"))


@pytest.mark.parametrize(("ratings", "sounds"), [([0], [None]), ([6], [""]), ([5, 5], ["positive"])])
def test_a_rating_lies_between_one_and_five_and_has_its_words(ratings, sounds):
    with pytest.raises(ValueError, match=r"between 1 and 5|argument"):
        judge(ratings, sounds)


# METHODS §8.2 [R]: y low {2,3,3,4}, mid {5,6,6,7}, high {6,7,7,8} → b0 6, p −3, r +1, RIOCS 4, IA −.50.
def test_penalty_and_reward_of_the_worked_example():
    found = asymmetry([2, 3, 3, 4, 5, 6, 6, 7, 6, 7, 7, 8], [1, 2, 2, 1, 3, 4, 3, 4, 5, 5, 5, 5])
    assert (found.base, found.penalty, found.reward, found.range) == (6, -3, 1, 4)
    assert (found.impact.estimate, found.impact.n, found.impact.method) == (-0.5, 12, "bootstrap")
    assert found.impact.low < -0.5 < found.impact.high
    assert found.kind == "unclear"


def test_a_kind_is_named_only_if_the_interval_leaves_out_nothing_and_enough_answered():
    whole, ratings = [2, 3, 3, 4, 5, 6, 6, 7, 6, 7, 7, 8] * 10, [1, 2, 2, 1, 3, 4, 3, 4, 5, 5, 5, 5] * 10
    assert asymmetry(whole, ratings).kind == "hurts"
    assert asymmetry([-each for each in whole], [6 - each for each in ratings]).impact.n == 120
    assert asymmetry([5, 6, 7] * 30, [1, 3, 5] * 30).kind == "unclear"
    assert asymmetry([5, 6, 9, 6] * 30, [1, 3, 5, 4] * 30).kind == "delights"


def test_a_moment_that_does_nothing_to_the_whole_has_no_asymmetry():
    assert asymmetry([6, 6, 6], [1, 3, 5]).impact == Estimate(None, -1.0, 1.0, 3, "bootstrap")


def test_the_same_seed_draws_the_same_interval():
    whole, ratings = [2, 4, 5, 7, 6, 8], [1, 2, 3, 4, 5, 5]
    assert asymmetry(whole, ratings, seed=3) == asymmetry(whole, ratings, seed=3)


def test_without_one_of_the_three_groups_nothing_is_told():
    with pytest.raises(GroupMissing):
        asymmetry([6, 7], [3, 5])


# METHODS §8.2 [R]: A20 O30 M40 I10 → better .50, worse −.70.
def test_kano_of_the_worked_example():
    assert kano(attractive=20, one_dimensional=30, must_be=40, indifferent=10) == Kano(0.5, -0.7)


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (-1, 1, 1, 1)])
def test_a_kano_survey_has_answers(counts):
    with pytest.raises(ValueError, match="not the answers"):
        kano(**dict(zip(("attractive", "one_dimensional", "must_be", "indifferent"), counts, strict=True)))


# METHODS §8.3 [R]: .900 (.8798–.9171), .950 (.9338–.9624), .7602 (.7305–.7876), .9692 (.9530–.9800);
# loss shares 27.0, 12.2, 55.4, 5.4 %.
def test_the_chain_of_the_worked_example():
    chain = links([1000, 900, 855, 650, 630])
    assert [
        tuple(round(end, 4) for end in (link.passed.estimate, link.passed.low, link.passed.high))
        for link in chain
    ] == [
        (0.9, 0.8798, 0.9171),
        (0.95, 0.9338, 0.9624),
        (0.7602, 0.7305, 0.7876),
        (0.9692, 0.9530, 0.98),
    ]
    assert [round(100 * link.loss_share, 1) for link in chain] == [27.0, 12.2, 55.4, 5.4]
    assert [link.weakest for link in chain] == [False, False, True, False]


def test_who_needed_it_no_longer_or_may_still_go_on_is_no_loss():
    [link] = links([100, 60], [10, 0], [20, 5])
    assert (link.passed, link.lost, link.loss_share) == (wilson(60, 70), 10, 1.0)
    assert (link.excused, link.still_open, link.weakest) == (10, 20, False)


def test_no_link_is_the_weakest_where_intervals_overlap():
    assert not any(link.weakest for link in links([100, 90, 79]))


def test_a_link_nobody_came_to_says_nothing_and_stands_in_nobodys_way():
    chain = links([1000, 300, 290, 0, 0])
    assert chain[3].passed == Estimate(None, 0.0, 1.0, 0, "wilson")
    assert [link.weakest for link in chain] == [False, False, True, False]


def test_where_nobody_was_lost_there_is_no_share_of_losses():
    assert [link.loss_share for link in links([5, 5, 5])] == [None, None]
    assert links([5]) == links([]) == ()


@pytest.mark.parametrize(
    ("counts", "excused", "place"), [([10, 11], [], 0), ([10, 9, 9], [0, 1, 0], 1), ([10, 0], [11, 0], 0)]
)
def test_more_than_could_do_not_go_on(counts, excused, place):
    with pytest.raises(MoreThanCame) as refused:
        links(counts, excused)
    assert refused.value.place == place


def test_counts_are_not_negative_and_have_one_length():
    for counts, excused in (([5, -1], []), ([5, 4], [1])):
        with pytest.raises(ValueError, match=r"nobody|argument"):
            links(counts, excused)

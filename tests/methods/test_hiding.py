"""Nobody can be found by taking one published figure from another."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalface.methods.hiding import careful_median, merged_groups, shown_beside_total


def test_thirteen_people_of_nine_and_four_show_neither_part():
    assert shown_beside_total({"tech": 9, "sales": 4}, 5) == frozenset()


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 9, "b": 6}, {"a", "b"}),
        ({"a": 9, "b": 6, "c": 4}, {"a"}),
        ({"a": 9, "b": 3, "c": 4}, {"a"}),
        ({"a": 9, "b": 1, "c": 1, "d": 7}, {"a"}),
        ({"a": 9, "b": 0}, {"a", "b"}),
        ({"a": 3}, set()),
        ({}, set()),
    ],
)
def test_the_smallest_of_the_others_goes_when_what_is_hidden_could_be_had_by_subtraction(sizes, shown):
    assert shown_beside_total(sizes, 5) == shown


@given(
    sizes=st.dictionaries(st.text("abcdefgh", max_size=3), st.integers(0, 30), max_size=8),
    k=st.integers(2, 10),
)
def test_what_is_hidden_beside_a_total_is_never_one_part_and_never_below_k(sizes, k):
    hidden = [sizes[part] for part in sizes.keys() - shown_beside_total(sizes, k)]
    everybody_is_hidden = len(hidden) == len([size for size in sizes.values() if size])
    assert not hidden or everybody_is_hidden or (len(hidden) > 1 and sum(hidden) >= k)


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ([4, 5, 6, 105], [(("top", "middle"), 9), (("supervisor",), 6), (("front_line",), 105)]),
        ([9, 12, 20, 80], [(("top",), 9), (("middle",), 12), (("supervisor",), 20), (("front_line",), 80)]),
        ([2, 0, 2, 1], [(("top", "supervisor", "front_line"), 5)]),
        ([6, 0, 2, 2], [(("top", "supervisor", "front_line"), 10)]),
        ([1, 1, 1, 1], []),
        ([0, 0, 0, 0], []),
    ],
)
def test_levels_are_joined_with_the_next_until_they_are_enough(sizes, groups):
    levels = ["top", "middle", "supervisor", "front_line"]
    assert merged_groups(list(zip(levels, sizes, strict=True)), 5) == groups


def test_the_median_over_everybody_when_all_or_none_are_published():
    assert careful_median([3, 9, 20, 40, 50], [], 5) == 20
    assert careful_median([], [3, 9, 20, 40, 50], 5) == 20
    assert careful_median([3, 9, 20, 40], [], 4) == 14.5
    assert careful_median([3, inf, inf], [], 3) == inf


def test_fewer_than_k_people_have_no_median():
    assert careful_median([3, 9], [20, 40], 5) is None


def test_the_middle_one_who_keeps_their_clock_is_not_shown():
    """Of nine the fifth has 22 days and told nobody: 20, which everybody may see anyway, stands for it."""
    assert careful_median([1, 5, 9, 20, 40, 50, 60], [22, 70], 5) == 20


def test_few_who_keep_theirs_must_be_outnumbered():
    assert careful_median([3], [20, 40, 50, 60], 5) is None
    assert careful_median([inf, inf, inf, 4], [inf, 3], 5) == inf


@given(
    published=st.lists(st.integers(0, 400), min_size=1, max_size=12),
    kept=st.lists(st.integers(0, 400), min_size=1, max_size=4),
)
def test_a_median_never_is_the_own_figure_of_one_of_a_few(published, kept):
    assert careful_median(published, kept, 5) in {None, *published}

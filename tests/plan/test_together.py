"""What somebody is asked for who is under several promises."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalface.plan.queries.owing import Window
from coalface.plan.queries.together import Asked, Together

FIRST = date(2026, 4, 1)
DAYS = range(91)
VISIT, SHIFT, LISTENING = range(3)
ANY = frozenset({VISIT, SHIFT})


def slot(day, format):
    """Each day has one slot of each format."""
    return 10 * day + format


def day_of(key):
    return FIRST + timedelta(days=key // 10)


def wanted(first, last, formats=ANY, days=DAYS):
    window = Window(FIRST + timedelta(days=first), FIRST + timedelta(days=last), frozenset(formats))
    inside = [slot(day, format) for day in days if first <= day <= last for format in formats]
    return Asked(window, frozenset(inside))


def together(few=()):
    seats = {slot(day, format): 9 for day in DAYS for format in (VISIT, SHIFT, LISTENING)}
    return Together(seats | dict.fromkeys(few, 1), {key: (day_of(key), day_of(key)) for key in seats})


@pytest.mark.parametrize(
    ("owed", "asked"),
    [
        ([wanted(0, 29)], [wanted(0, 29)]),
        ([wanted(0, 29), wanted(0, 89, {SHIFT})], [wanted(0, 29, {SHIFT})]),
        ([wanted(0, 29), wanted(30, 59), wanted(20, 75, {SHIFT})], [wanted(0, 29), wanted(30, 59, {SHIFT})]),
        ([wanted(0, 29, {VISIT, LISTENING}), wanted(0, 59)], [wanted(0, 29, {VISIT})]),
        (
            [wanted(0, 29), wanted(30, 59), wanted(0, 75, {SHIFT}, [40])],
            [wanted(0, 29), wanted(30, 59, {SHIFT}, [40])],
        ),
        (
            [wanted(0, 29), wanted(0, 75, {SHIFT}, [70])],
            [wanted(0, 29), wanted(0, 75, {SHIFT}, [70])],
        ),
        ([wanted(0, 29), wanted(0, 89, {SHIFT}, [])], [wanted(0, 29), wanted(0, 89, {SHIFT}, [])]),
    ],
    ids=["alone", "for both", "most seats", "in common", "where it can be", "nowhere beside", "not offered"],
)
def test_an_encounter_counts_for_every_promise_it_can(owed, asked):
    assert together().asked(owed) == asked


@pytest.mark.parametrize(
    ("owed", "days"),
    [
        ([wanted(0, 3), wanted(0, 3, {LISTENING})], [[0, 2], [1, 3]]),
        ([wanted(0, 3), wanted(0, 9, {LISTENING}, [2])], [[0, 1, 3], [2]]),
        ([wanted(0, 1), wanted(2, 3), wanted(1, 2, {LISTENING})], [[0, 1], [2], [3]]),
        ([wanted(0, 0), wanted(0, 0, {LISTENING})], [[0], []]),
    ],
    ids=["by turns", "the scarce one first", "between two", "one day only"],
)
def test_a_day_on_which_two_could_be_is_left_to_the_one_that_has_fewer(owed, days):
    found = together().asked(owed)
    assert [sorted({key // 10 for key in one.slots}) for one in found] == days


def test_not_everybody_counts_on_the_same_seat():
    few = together(few=[slot(day, SHIFT) for day in (10, 40)])
    owed = [wanted(0, 29), wanted(30, 59), wanted(0, 75, {SHIFT}, [10, 40])]
    found = [few.asked(owed) for _ in range(2)]
    assert found[0] == [wanted(0, 29, {SHIFT}, [10]), wanted(30, 59)]
    assert found[1] == [wanted(0, 29), wanted(30, 59, {SHIFT}, [40])]


@pytest.mark.parametrize(
    ("stays", "shift_in"),
    [({slot(40, SHIFT)}, 1), ({slot(10, VISIT)}, 1), ({slot(40, VISIT)}, 0)],
    ids=["the shift stays", "a visit stays", "another visit stays"],
)
def test_what_was_planned_before_can_stay(stays, shift_in):
    found = together().asked([wanted(0, 29), wanted(30, 59), wanted(0, 75, {SHIFT})], stays)
    assert [n for n, one in enumerate(found) if one.window.formats == {SHIFT}] == [shift_in]
    assert any(stays <= one.slots for one in found)


def test_the_day_of_what_was_planned_before_is_not_taken_away():
    found = together().asked([wanted(0, 9), wanted(0, 9, {LISTENING}, [3])], {slot(3, VISIT)})
    assert [len(one.slots) for one in found] == [20, 0]


promises = st.lists(
    st.tuples(
        st.integers(5, 60),
        st.sets(st.sampled_from((VISIT, SHIFT, LISTENING)), min_size=1),
        st.sets(st.sampled_from(DAYS), max_size=30),
    ),
    max_size=4,
)


@settings(max_examples=200, deadline=None)
@given(promises)
def test_every_promise_is_in_what_is_asked_and_nobody_is_asked_for_two_on_one_day(made):
    owed = [
        wanted(first, first + every - 1, formats, days)
        for every, formats, days in made
        for first in range(0, 91 - every, every)
    ]
    asked = together().asked(owed)
    for one in owed:
        keeping = [
            other
            for other in asked
            if one.window.first <= other.window.first <= other.window.last <= one.window.last
            and other.window.formats <= one.window.formats
            and other.slots <= one.slots
        ]
        assert keeping
    assert len(asked) <= len(owed)
    for one, other in combinations(asked, 2):
        assert {day_of(key) for key in one.slots}.isdisjoint({day_of(key) for key in other.slots})

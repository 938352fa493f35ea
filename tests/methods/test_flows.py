"""Who is served when there is not enough for all."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coalface.methods.flows import Pairs, largest_flow


@st.composite
def wants(draw):
    """Needs, room, and who may take what."""
    lefts, rights = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    numbers = st.integers(0, 3)
    needs = draw(st.lists(numbers, min_size=lefts, max_size=lefts))
    room = draw(st.lists(numbers, min_size=rights, max_size=rights))
    every = [(left, right) for left in range(lefts) for right in range(rights)]
    pairs = draw(st.lists(st.sampled_from(every), unique=True, max_size=len(every)))
    return needs, room, Pairs([left for left, _ in pairs], [right for _, right in pairs])


@settings(deadline=None)
@given(wants())
def test_first_pieces_come_before_second_ones_for_everybody(wanted):
    needs, room, pairs = wanted
    had = np.array(needs) - largest_flow(needs, room, pairs).short
    for piece in range(1, 4):
        most = largest_flow([min(need, piece) for need in needs], room, pairs).taken.sum()
        assert np.minimum(had, piece).sum() == most


def test_who_owes_much_does_not_take_the_only_seat_of_who_owes_one():
    found = largest_flow([9, 1], [1, 1, 1, 1], Pairs([0, 0, 0, 0, 1], [0, 1, 2, 3, 3]))
    assert found.short.tolist() == [6, 0]

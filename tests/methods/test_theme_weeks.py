"""From week to week: groups are compared as the literature does, and vectors are read as they were stored."""

import pytest

from coalface.methods.theme_weeks import _adjusted_rand, _vectors, next_week

CARD = ["the card is late", "my card is late", "card is so late", "this card is late"]


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [
        # scikit-learn's documentation of adjusted_rand_score
        ((0, 0, 1, 1), (0, 0, 1, 1), 1.0),
        ((0, 0, 1, 1), (1, 1, 0, 0), 1.0),
        ((0, 0, 1, 2), (0, 0, 1, 1), 0.5714285714285714),
        ((0, 0, 1, 1), (0, 0, 1, 2), 0.5714285714285714),
        ((0, 0, 0, 0), (0, 1, 2, 3), 0.0),
        ((0, 0, 1, 1), (0, 1, 0, 1), -0.5),
        ((7,), (3,), 1.0),
    ],
    ids=range(7),
)
def test_the_index_is_that_of_hubert_and_arabie(one, other, index):
    assert _adjusted_rand(list(zip(one, other, strict=True))) == pytest.approx(index)


def test_a_first_week_shares_nothing():
    week = next_week(CARD, [-1] * 4, first_new=5, seed=1)
    assert (week.shared, week.stability) == (0, None)


def test_what_had_a_theme_keeps_it():
    week = next_week(CARD, [17, 17, 17, -1], first_new=40, seed=1)
    assert (week.labels[:3], week.shared, week.stability) == ((17, 17, 17), 3, 1.0)


def test_vectors_are_read_as_they_were_stored():
    rows = _vectors([b"\x00\x3c\x00\x00", b"\x00\x00\x00\x3c"])
    assert (rows.tolist(), str(rows.dtype)) == ([[1.0, 0.0], [0.0, 1.0]], "float32")
    assert _vectors([]) is None
    with pytest.raises(ValueError, match="shape"):
        _vectors([b"\0\0", b"\0\0\0\0"])

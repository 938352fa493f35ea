"""Themes from clauses: by words alone, so that they are the same with and without the encoder."""

import numpy as np
import pytest

from coalface.methods.themes import Themes, carry_over, discover

SPOKEN = {
    "card": (
        "my new card has not arrived",
        "the card never arrived by post",
        "still waiting for the card to arrive",
        "when will my card arrive",
        "card did not arrive yet",
        "the new card should have arrived",
    ),
    "fee": (
        "you charged a fee for cash",
        "the cash fee is too high",
        "why a fee when taking out cash",
        "another fee for my cash",
        "nobody told me about the cash fee",
        "a cash fee again",
    ),
    "app": (
        "the app crashes at login",
        "login in the app fails",
        "app closes when I login",
        "cannot login to your app",
        "since the update the app login is broken",
        "app login does not work",
    ),
}
TOLD = [text for texts in SPOKEN.values() for text in texts]


def themes_of(texts, **more):
    return discover(texts, seed=1, vectors=None, **more)


def test_clauses_are_grouped_by_what_they_speak_of():
    themes = themes_of(TOLD)
    assert themes.labels == (0,) * 6 + (1,) * 6 + (2,) * 6
    assert [terms[0] for terms in themes.terms.values()] == ["card", "cash fee", "app"]
    assert themes.noise_share == 0


def test_quotes_are_three_different_clauses_of_the_theme():
    themes = themes_of([*TOLD, *[text.upper() + "!" for text in TOLD]])
    for number, places in themes.medoids.items():
        assert [themes.labels[place] for place in places] == [number] * 3
        assert len({(TOLD * 2)[place] for place in places}) == 3


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        ([], ()),
        (["late"], (-1,)),
        (["late", "late"], (-1, -1)),
        (["", " ", "😀", "?!"], (-1,) * 4),
        (["Card is late", "card is late!", "CARD IS LATE"], (0, 0, 0)),
        (["one", "two", "three", "four", "five"], (-1,) * 5),
        (["word " * 200_000], (-1,)),
        (["😀", "🚀🚀", "😀😀😀"] * 5, (-1,) * 15),
        (["how are you"] * 3, (0, 0, 0)),
        (["<script>alert(1)</script>", "שלום", "мир", "你好", "a\u200bb"], (-1,) * 5),
    ],
    ids=["nothing", "one", "two", "no words", "the same", "five", "1 MB", "emoji", "little words", "scripts"],
)
def test_little_or_odd_input_is_calm(texts, labels):
    assert themes_of(texts).labels == labels


def test_a_hundred_times_the_same_is_one_theme_with_one_quote():
    assert themes_of(["no hot water"] * 100) == Themes((0,) * 100, {0: ("hot water",)}, {0: (0,)}, 0.0)


def test_vectors_decide_where_they_are_given_and_zeros_leave_it_to_the_words():
    vectors = np.repeat(np.eye(3, 8), 6, axis=0)
    assert discover(TOLD, seed=1, vectors=vectors).labels == (0,) * 6 + (1,) * 6 + (2,) * 6
    assert discover(TOLD, seed=1, vectors=np.zeros((18, 8))).labels[:6] == (0,) * 6
    with pytest.raises(ValueError, match="needs its vector"):
        discover(TOLD, seed=1, vectors=vectors[:5])


def test_zeros_for_half_of_the_rows_are_calm():
    vectors = np.repeat(np.eye(3, 8), 6, axis=0)
    vectors[::2] = 0
    labels = discover(TOLD, seed=1, vectors=vectors).labels
    assert len(labels) == 18
    assert all(labels[at] in {0, 1, 2, -1} for at in range(1, 18, 2))


def test_what_is_said_thousands_of_times_is_compared_once():
    themes = themes_of([*TOLD, *["The parking is too small!"] * 20_000])
    assert set(themes.labels[18:]) == {themes.labels[18]}
    assert themes.terms[themes.labels[18]] == ("parking",)
    assert themes.medoids[themes.labels[18]] == (18,)


def test_the_same_seed_gives_the_same_themes():
    assert themes_of(TOLD * 3) == themes_of(TOLD * 3)


def carried(texts, before, first_new):
    return carry_over(texts, before, first_new=first_new, seed=1, vectors=None)


def test_what_has_a_theme_keeps_it_whatever_comes():
    before = [7] * 6 + [31] * 6
    themes = carried(TOLD, [*before, *[-1] * 6], first_new=40)
    assert themes.labels[:12] == tuple(before)
    assert set(themes.labels[12:]) == {40}
    assert sorted(themes.terms) == sorted(themes.medoids) == [7, 31, 40]


def test_a_new_clause_joins_the_theme_it_is_near_to():
    said = "my card has not arrived"
    assert carried([*TOLD[:12], said], [7] * 6 + [31] * 6 + [-1], first_new=40).labels[-1] == 7


def test_a_number_never_returns():
    assert set(carried(TOLD, [-1] * 18, first_new=12).labels) == {12, 13, 14}
    with pytest.raises(ValueError, match="below the first new one"):
        carried(TOLD, [12] * 18, first_new=12)
    with pytest.raises(ValueError, match="label of last week"):
        carried(TOLD, [1], first_new=12)


def test_nothing_new_changes_nothing():
    themes = themes_of(TOLD)
    assert carried(TOLD, themes.labels, first_new=3) == themes
    assert carried([], [], first_new=3) == Themes((), {}, {}, 0.0)

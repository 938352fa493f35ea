"""A group of statements is cut in two by its words."""

import pytest

from coalface.methods.halves import Halves, halves

QUEUE = ["The queue at the till is long.", "Such a long queue!", "Queue, queue, queue at the till."]
PARKING = [
    "There is no parking.",
    "Parking is too dear.",
    "The parking was full, no parking at all.",
    "Parking!",
]


def test_two_subjects_lie_apart_the_larger_first():
    found = halves(QUEUE + PARKING)
    assert found.labels == (1, 1, 1, 0, 0, 0, 0)
    assert (found.terms[0][0], found.terms[1][0]) == ("parking", "queue")


def test_the_same_texts_are_always_cut_alike():
    assert halves(PARKING + QUEUE) == halves(PARKING + QUEUE)


@pytest.mark.parametrize(
    "texts", [[], ["One."], ["The same.", "The same."], ["!!!", "🙂", ""], ["Words.", "…"]], ids=range(5)
)
def test_what_cannot_be_told_apart_stays_together(texts):
    assert halves(texts).labels == (0,) * len(texts)


def test_nothing_is_found_in_nothing():
    assert halves([]) == Halves((), ((), ()))


def test_one_word_a_million_times_and_mixed_scripts_come_to_an_end():
    found = halves(["word " * 200_000, "другое слово", "كلمة أخرى", "word"])
    assert sorted(found.labels) == [0, 0, 0, 1] or sum(found.labels) == 2

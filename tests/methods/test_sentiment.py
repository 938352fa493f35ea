"""What a clause sounds like; unknown wherever that was not measured."""

import csv
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalface.methods.sentiment import LONGEST, polarity

pytest.importorskip("vaderSentiment", reason="the extra `text` is not installed")


def sounds(*texts, language="en"):
    return polarity(texts, [language] * len(texts))


def test_praise_and_blame_are_heard_in_english():
    assert sounds("Great staff", "Dreadful app", "I love the new branch!", "This is a horrible mess") == [
        "positive",
        "negative",
        "positive",
        "negative",
    ]


def test_where_no_word_of_feeling_is_found_nothing_is_said():
    assert (
        sounds(
            "It kept crashing and I gave up",
            "I waited forty minutes",
            "The card arrived on Monday",
            "😶",
            "",
            " ",
        )
        == [""] * 6
    )


def test_what_names_a_thing_or_asks_for_one_is_no_praise():
    assert sounds(
        "Please help me with my credit card",
        "I want to talk to customer support about interest",
        "The security number of my share account",
    ) == ["", "", ""]


@pytest.mark.parametrize("language", ["de", "fr", "es", "", "xx", "EN-x"])
def test_only_measured_languages_are_answered(language):
    expected = "positive" if language.lower().startswith("en") else ""
    assert sounds("Great, super, excellent", language=language) == [expected]


def test_a_text_too_long_to_speak_of_one_thing_is_unknown():
    assert sounds("good " * (LONGEST // 5), "good " * (LONGEST // 5 + 1), "x" * 1_000_000) == [
        "positive",
        "",
        "",
    ]


def test_as_many_languages_as_texts_are_wanted():
    with pytest.raises(ValueError, match="shorter"):
        polarity(["a", "b"], ["en"])


@given(st.text(max_size=80))
def test_no_text_raises_and_neutral_is_never_said(text):
    assert sounds(text)[0] in ("positive", "negative", "")


@pytest.mark.parametrize("unit", ["good ", "but ", "😡", "x", "! ", "\u0301"])
def test_the_longest_text_takes_a_moment(unit):
    text = unit * (LONGEST // len(unit))
    began = time.thread_time()
    sounds(text)
    assert time.thread_time() - began < 20


@pytest.mark.real
def test_a_bank_asked_questions_is_hardly_ever_called_praised(real_data):
    with (real_data / "banking77" / "train.csv").open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)][1::10]
    assert sounds(*texts).count("positive") / len(texts) < 0.02


def test_without_its_library_everything_is_unknown(monkeypatch):
    monkeypatch.setitem(sys.modules, "vaderSentiment", None)
    assert sounds("Great staff") == [""]


def test_a_wish_a_doubt_and_a_question_are_no_praise():
    assert sounds("could be better", "hardly friendly", "How do I get a nice new card?") == ["", "", ""]
    assert sounds("not bad at all", "never helpful") == ["positive", "negative"]

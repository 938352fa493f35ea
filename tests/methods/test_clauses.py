"""Where a sentence turns to another subject."""

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalface.methods.clauses import clauses, parts

PLANTED = Path(__file__).parent / "planted" / "clauses.tsv"
LINES = [line.split("\t") for line in PLANTED.read_text(encoding="utf-8").splitlines()[1:]]


def cut(text, language=""):
    return [text[part.start : part.end] for part in parts(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("great staff, dreadful app", ["great staff", "dreadful app"]),
        (
            "The branch was lovely but the app crashed twice and nobody answered the phone",
            ["The branch was lovely", "but the app crashed twice", "and nobody answered the phone"],
        ),
        (
            "Die Beraterin war super, aber die App ist eine Katastrophe",
            ["Die Beraterin war super", "aber die App ist eine Katastrophe"],
        ),
        (
            "Accueil parfait, par contre les frais sont indécents",
            ["Accueil parfait", "par contre les frais sont indécents"],
        ),
        ("Good coffee – shame about the toilets", ["Good coffee", "shame about the toilets"]),
        ("GREAT STAFF BUT THE APP IS SLOW", ["GREAT STAFF", "BUT THE APP IS SLOW"]),
    ],
)
def test_a_sentence_is_cut_where_another_subject_begins(text, expected):
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They sell bread and butter.",
        "Fish and chips were cold",
        "It was a long and boring queue",
        "My card was blocked on 3 May, 4 May and 5 May",
        "I paid 1,500 euros and 30 cents",
        'She said "the app is fine, but the card is slow" and smiled',
        "Sie sagte „die App ist gut, aber die Karte ist langsam“ und lachte",
        "I left because the queue was long and the room was hot",
        "Ich bin gegangen, weil die Schlange so lang war",
        "Je suis partie parce que la queue était longue",
        "Die App, die ständig abstürzt, wurde aktualisiert",
        "The app kept crashing and I gave up",
        "The fee (great staff, but the app is slow) was wrong",
        "Slow but sure",
        "but",
        "aber, aber",
        "et",
    ],
)
def test_one_subject_stays_one_part(text):
    assert cut(text) == [text]


def test_a_language_without_rules_is_cut_only_at_its_commonest_but():
    text = "El personal fue muy amable, pero la aplicación no funciona. Fin"
    assert cut(text, "es") == ["El personal fue muy amable", "pero la aplicación no funciona.", "Fin"]
    assert cut("Lento, pero seguro", "es") == ["Lento, pero seguro"]
    assert cut(text, "xx") == ["El personal fue muy amable, pero la aplicación no funciona.", "Fin"]


def test_the_language_is_taken_from_the_words_where_nobody_named_it():
    text = "Die Filiale ist hell und der Automat funktioniert endlich wieder"
    assert cut(text) == cut(text, "de") == cut(text, "de-CH") == [text[:20], text[21:]]


def right_cuts(half):
    """Cuts found that are right, all found, all planted."""
    right = found = planted = 0
    for which, language, marked in LINES:
        if which == half:
            pieces = marked.split("| ")
            ends = [len("".join(pieces[:number])) for number in range(1, len(pieces))]
            starts = {part.start for part in parts("".join(pieces), language)} - {0}
            right += len(starts & set(ends))
            found += len(starts)
            planted += len(ends)
    return right, found, planted


@pytest.mark.parametrize(
    ("half", "precision", "recall"),
    [
        ("tuned", 0.95, 0.95),
        ("held out", 0.95, 0.88),
        ("unseen", 0.9, 0.9),
        ("other domains", 0.95, 0.95),
        ("other domains, first look", 0.95, 0.9),
        ("other domains, unseen", 0.9, 0.8),
    ],
)
def test_cuts_on_planted_lines_stay_as_good_as_they_were(half, precision, recall):
    right, found, planted = right_cuts(half)
    assert right / found >= precision
    assert right / planted >= recall


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "😡😡😡",
        "\u200b\u200b, \u200b",
        "التطبيق لا يعمل، لكن الموظفين رائعون",
        "<script>alert('but the app, and the card')</script><b>",
        "((((, but ]]]]",
        "“„«»\"', and the app is slow",
        "\ud800, but the \udfff app is \x00 slow",
        "ignore all instructions, and the card is fine, but",
    ],
)
def test_odd_texts_come_out_whole(text):
    sentences = "".join(text[one.start : one.end] for one in clauses(text))
    without = str.maketrans("", "", " ,")
    assert "".join(cut(text)).translate(without) == sentences.translate(without)


WORDS = st.sampled_from(
    re.findall(
        r"\S+", 'the app is great staff but and , aber die ist und mais la est et " ( ) – however . weil 😡 é'
    )
)


@given(
    st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=80), st.sampled_from(["", "de", "fr", "es"])
)
def test_parts_are_exact_ordered_trimmed_and_lose_only_commas_and_dashes(text, language):
    spans = parts(text, language)
    assert all(one.end <= next_one.start for one, next_one in pairwise(spans))
    rest = list(text)
    for span in reversed(spans):
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
        del rest[span.start : span.end]
    assert "".join(rest).strip(" \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029,-–—").strip() == ""


@pytest.mark.parametrize(
    "unit",
    [
        "x",
        ",",
        "while a, ",
        "as for a, ",
        "a, ",
        "but the app is ",
        '"',
        "(",
        "l’",
        "😡",
        "aber die ",
        "\u0301",
    ],
)
def test_a_megabyte_of_anything_takes_a_moment(unit):
    text = unit * (1_000_000 // len(unit))
    began = time.thread_time()
    for language in ("", "de"):
        parts(text, language)
    assert time.thread_time() - began < 20

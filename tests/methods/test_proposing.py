"""The reading aid finds what docs/methods/proposing.md says it finds, and no more is claimed."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import coalface.demo
from coalface.methods.proposing import Passage, Proposed, cut, propose

# Written for this test, not for the lists; "" is nothing to note.
LABELLED = {
    "en": (
        ("complaint", "I was promised a call on Monday and nobody called, I am still waiting."),
        ("complaint", "The machine at the entrance is broken again."),
        ("complaint", "It was not friendly at all how they spoke to my mother."),
        ("complaint", "Honestly, it took too long, I had to come three times."),
        ("compliment", "Your colleague in the workshop was so helpful, please tell her."),
        ("compliment", "Thanks to your driver we made it to the wedding."),
        ("need", "We need a receipt that shows the tax."),
        ("need", "I am looking for something my father can use without glasses."),
        ("idea", "Why not open an hour earlier on market days, that would be great."),
        ("idea", "You could send a message when the bike is ready."),
        ("obstacle", "The form won't let us enter a second phone number."),
        ("rule", "They said it is against the rules without a signature."),
        ("competitor", "My sister switched to another provider last year."),
        ("question", "Do you know when the new branch will open?"),
        ("", "We took the number four tram and got off at the church."),
        ("", "My grandson studies in Vienna."),
        ("", "Let me close the window, it is windy."),
        ("", "Yes, that is my name."),
    ),
    "de": (
        ("complaint", "Seit drei Wochen warte ich auf eine Antwort, das ist eine Zumutung."),
        ("complaint", "Der Automat ist schon wieder kaputt."),
        ("compliment", "Der Herr in der Werkstatt war sehr freundlich, richten Sie ihm das aus."),
        ("compliment", "Vielen Dank, dass Sie sich Zeit genommen haben."),
        ("need", "Ich brauche eine Quittung mit Datum."),
        ("idea", "Es wäre schön, wenn man das am Telefon erledigen könnte."),
        ("obstacle", "Das müssen wir alles von Hand abtippen."),
        ("rule", "Das dürfen wir nach Vorschrift nicht herausgeben."),
        ("competitor", "Bei der Konkurrenz bekomme ich das in zwei Tagen."),
        ("question", "Wann wird die Filiale wieder geöffnet?"),
        ("", "Wir sind mit dem Tram gekommen."),
        ("", "Mein Enkel studiert in Wien."),
    ),
}  # fmt: skip


def kind(text: str, language: str, ours: bool = False) -> str:
    found = propose([Passage(0, text, ours)], language=language, most=1)
    return found[0].kind if found else ""


@pytest.mark.parametrize("language", LABELLED)
def test_plain_sentences_are_called_what_they_are(language: str):
    wrong = [
        (text, kind(text, language)) for label, text in LABELLED[language] if kind(text, language) != label
    ]
    assert wrong == []


def test_of_ours_only_what_stands_in_the_way_is_proposed():
    assert kind("I am fed up, this is terrible.", "en", ours=True) == ""
    assert kind("The system does not let me see that.", "en", ours=True) == "obstacle"


def test_a_language_without_lists_is_read_with_all_of_them():
    assert kind("Nobody called me back.", "fr") == kind("Der Automat ist kaputt, leider.", "") == "complaint"


def test_the_strongest_are_kept_in_the_order_in_which_they_were_said():
    said = ("It was late today.", "I am fed up, it is broken.", "Hm.", "This is a terrible mess, I complain.")
    passages = [Passage(place, text) for place, text in enumerate(said)]
    assert propose(passages, language="en", most=2) == [
        Proposed(1, "complaint", 0.84),
        Proposed(3, "complaint", 0.84),
    ]
    assert propose(passages, language="en", most=0) == []
    assert propose(passages, language="en", most=9, least=0.99) == []
    with pytest.raises(ValueError, match="count"):
        propose([], language="en", most=-1)


def test_long_talk_is_cut_between_sentences_and_covers_every_word():
    words = ["One", "two", "three.", "Four", "five.", "Six!", "Seven?", *["more"] * 5]
    assert cut(words, most=5) == [(0, 5), (5, 7), (7, 12)]
    assert cut(words, most=3, sentences=1) == [(0, 3), (3, 5), (5, 6), (6, 7), (7, 10), (10, 12)]
    assert cut([]) == []
    for bad in ({"most": 0}, {"sentences": 0}):
        with pytest.raises(ValueError, match="at least one"):
            cut(words, **bad)


def held_out() -> Iterator[dict[str, str]]:
    """Every other thing said in the demo companies; the lists were written looking only at those between."""
    rows: dict[str, list[dict[str, str]]] = {}
    for path in sorted((Path(coalface.demo.__path__[0]) / "words").glob("*.toml")):
        page = tomllib.loads(path.read_text(encoding="utf-8"))
        issues = page["issue"] if isinstance(page.get("issue"), list) else []
        heard = page["said"] if isinstance(page.get("said"), list) else []
        for said in (*heard, *(said for issue in issues for said in issue["said"])):
            rows.setdefault(said["language"], []).append(said)
    return (said for language in ("en", "de") for said in rows[language][1::2])


def test_of_what_it_was_not_written_for_it_finds_as_much_as_the_documentation_says():
    found = {"en": [0, 0, 0], "de": [0, 0, 0]}
    for said in held_out():
        guess = kind(said["text"], said["language"], said["by"] == "employee")
        counts = found[said["language"]]
        counts[0] += 1
        counts[1] += bool(guess)
        counts[2] += guess == said["kind"]
    for language, (all_of_them, proposed, right) in found.items():
        assert (proposed / all_of_them >= 0.4, right / proposed >= 0.53) == (True, True), (language, found)


@pytest.mark.real
def test_of_meetings_among_colleagues_a_seventh_to_a_fifth_is_proposed(real_data: Path):
    for path in sorted((real_data / "qmsum").glob("*.json")):
        turns = json.loads(path.read_text(encoding="utf-8"))["meeting_transcripts"]
        said = [turn["content"].split() for turn in turns]
        spans = [(words, span) for words in said for span in cut(words)]
        passages = [
            Passage(place, " ".join(words[start:end])) for place, (words, (start, end)) in enumerate(spans)
        ]
        share = len(propose(passages, language="en", most=len(passages))) / len(passages)
        assert 0.13 <= share <= 0.22, (path.name, share)

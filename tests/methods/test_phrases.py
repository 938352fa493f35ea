"""Which issue a text speaks of, and in which clause."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalface.methods.clauses import Clause, clauses, parts
from coalface.methods.phrases import Match, PhraseRouter, Phrases, route

CARD = Phrases("card_block", ("card blocked", "carte bloquée", "karte gesperrt", "abroad"))
WAIT = Phrases("branch_wait", ("queue*", "waiting", "noon"))
FEE = Phrases("statement_fee", ("fee", "Gebühr*"), unless=("coffee break",))


def cut(text):
    return [text[clause.start : clause.end] for clause in clauses(text)]


def issues(text, *routes):
    return [match.issue for match in route(text, routes)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        ("Das kostet z.B. 3.50 Franken. Ja.", ["Das kostet z.B. 3.50 Franken.", "Ja."]),
        ("E.g. this, e.g. that. Done.", ["E.g. this, e.g. that.", "Done."]),
        ("I told M. Rey and Dr. Roth. Nobody came.", ["I told M. Rey and Dr. Roth.", "Nobody came."]),
        ("Seit dem 3. Mai warte ich. Noch 5. Danke", ["Seit dem 3. Mai warte ich.", "Noch 5.", "Danke"]),
        ("I said no. Then left. See no. 5 there.", ["I said no.", "Then left.", "See no. 5 there."]),
        (
            "Cards, loans etc. were blocked. Fees etc. Why?",
            ["Cards, loans etc. were blocked.", "Fees etc.", "Why?"],
        ),
        ("first line\r\n\n  second line  ", ["first line", "second line"]),
        ('He said "no!" (Really.) Gone', ['He said "no!"', "(Really.)", "Gone"]),
        ("see https://example.org/a?b=1.2 now", ["see https://example.org/a?b=1.2 now"]),
        (
            "卡被冻结了\u3002为什么\uff1f没人知道\uff01",
            ["卡被冻结了\u3002", "为什么\uff1f", "没人知道\uff01"],
        ),
        ("मेरा कार्ड बंद है। क्यों?", ["मेरा कार्ड बंद है।", "क्यों?"]),
        ("lower case. no capitals. fine", ["lower case.", "no capitals.", "fine"]),
        ("Wait . what", ["Wait .", "what"]),
        ("😡 Why?! Really!!!", ["😡 Why?!", "Really!!!"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_a_text_is_cut_into_sentences_and_lines(text, expected):
    assert cut(text) == expected


@given(st.text(alphabet=st.characters() | st.sampled_from(".!?。\n\ud800\x00 \u0301"), max_size=200))
def test_clauses_leave_out_nothing_but_white_space(text):
    spans = clauses(text)
    assert all(span.start < span.end for span in spans)
    assert all(one.end <= next_one.start for one, next_one in pairwise(spans))
    rest = list(text)
    for span in reversed(spans):
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        del rest[span.start : span.end]
    assert "".join(rest).strip() == ""


@pytest.mark.parametrize(
    "unit", [".", "a.", " .", ". ", "!)", "\n", "x", "é ", "z.B.", "\u0301", "卡", "queue ", "fee-"]
)
def test_a_megabyte_of_anything_takes_a_moment(unit):
    text = unit * (1_000_000 // len(unit)) + "x"
    began = time.thread_time()
    clauses(text)
    PhraseRouter([WAIT, FEE, Phrases("han", ("卡*", "卡 卡")), Phrases("many", ("fee fee fee x",))]).match(
        text
    )
    assert time.thread_time() - began < 12


@given(st.text(max_size=80), st.lists(st.text(max_size=8), max_size=4))
def test_no_text_and_no_phrase_raises_and_every_match_is_a_clause(text, phrases):
    found = PhraseRouter([Phrases("any", tuple(phrases)), Phrases("other", ("a*", "*", " "), ("b",))]).match(
        text
    )
    assert all(Clause(match.start, match.end) in parts(text) for match in found)


def test_case_accents_and_gaps_do_not_matter():
    assert issues("MA CARTE  BLOQUEE", CARD) == ["card_block"]
    assert issues("ma carte bloque\u0301e", CARD) == ["card_block"]
    assert issues("Card-\n blocked!", CARD) == ["card_block"]
    assert issues("Eine GEBUHRENERHÖHUNG", FEE) == ["statement_fee"]
    assert issues("auf der STRASSE", Phrases("street", ("straße",))) == ["street"]
    assert issues("auf der Straße", Phrases("street", ("strasse",))) == ["street"]
    assert issues("It doesn’t work", Phrases("broken", ("doesn't work",))) == ["broken"]
    assert issues("Smørrebrød", Phrases("bread", ("smorrebrod",))) == ["bread"]
    assert issues("de\u00adposit", Phrases("deposit", ("deposit",))) == ["deposit"]
    assert issues("e-banking, E Banking", Phrases("web", ("e-banking",))) == ["web"]


def test_words_match_whole_and_a_star_matches_the_beginning():
    assert issues("discard blocked, cards blocked", CARD) == []
    assert issues("card blockedness", CARD) == []
    assert issues("coffee", FEE) == []
    assert issues("fees", FEE) == []
    assert issues("a queue, the queueing", WAIT) == ["branch_wait"]
    assert issues("my cards are blocked", Phrases("card_block", ("card* are block*",))) == ["card_block"]
    assert issues("unblocked", Phrases("card_block", ("block*",))) == []


def test_other_scripts_match():
    assert issues("我的卡被冻结了", Phrases("card", ("卡被冻结",))) == ["card"]
    assert issues("我的APP登出了", Phrases("app", ("app",))) == ["app"]
    assert issues("मेरा कार्ड बंद है", Phrases("card", ("कार्ड",))) == ["card"]
    assert issues("मेरा कार्डों", Phrases("card", ("कार्ड", "र्ड*"))) == []
    assert issues("بطاقتي مَحظورة", Phrases("card", ("محظورة",))) == ["card"]
    assert issues("카드가 정지", Phrases("card", ("카드*",))) == ["card"]
    assert issues("Why 😡", Phrases("angry", ("😡",))) == ["angry"]


def test_unless_silences_the_route_in_the_whole_text():
    assert issues("A fee. I had a coffee-break.", FEE) == []
    assert issues("A fee. I had a coffee.", FEE) == ["statement_fee"]


# Policy (docs/methods/phrases.md): .6, .8, .9.
@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("waiting and waiting", 0.6),
        ("waiting at noon", 0.8),
        ("waiting in the queue at noon", 0.9),
    ],
)
def test_different_phrases_make_it_surer_and_repetition_does_not(text, confidence):
    assert route(text, [WAIT]) == [Match("branch_wait", confidence, 0, len(text))]


def test_a_tie_for_the_first_place_makes_both_unsure():
    text = "waiting for the fee"
    assert route(text, [WAIT, FEE]) == [Match("branch_wait", 0.4, 0, 19), Match("statement_fee", 0.4, 0, 19)]


def test_the_second_place_keeps_what_it_has():
    found = route("Waiting at noon. What fee? I was abroad.", [CARD, FEE, WAIT])
    assert [(match.issue, match.confidence) for match in found] == [
        ("branch_wait", 0.8),
        ("card_block", 0.6),
        ("statement_fee", 0.6),
    ]


def test_two_routes_to_one_issue_are_no_tie():
    assert [m.confidence for m in route("waiting", [WAIT, Phrases("branch_wait", ("waiting",))])] == [
        0.6,
        0.6,
    ]


def test_the_clause_is_the_one_with_most_hits_in_the_words_as_written():
    text = "  Ünd nun: waiting.  Schön, the queue at noon… Tschüß!"
    match = route(text, [WAIT])[0]
    assert text[match.start : match.end] == "Schön, the queue at noon…"
    assert match.confidence == 0.9


def test_of_equal_clauses_the_first_is_shown():
    match = route("Waiting. Waiting.", [WAIT])[0]
    assert (match.start, match.end) == (0, 8)


def test_nothing_known_is_no_match():
    assert route("All is well", [CARD, WAIT, FEE]) == []
    assert route("All is well", []) == []
    assert route("", [CARD]) == []
    assert route("anything", [Phrases("none", ("", " ", "*", "- -"))]) == []


def test_five_thousand_short_texts_take_a_moment_with_twenty_routes():
    routes = [
        Phrases(
            f"issue_{number}",
            tuple(f"{word}{number} thing*" for word in ("card", "fee", "wait", "app", "form")),
        )
        for number in range(20)
    ]
    router = PhraseRouter(routes)
    texts = [
        f"I called about card{number % 20} things. Nobody at the counter knew, the fée{number % 7} was wrong!"
        for number in range(5_000)
    ]
    began = time.thread_time()
    found = [router.match(text) for text in texts]
    assert time.thread_time() - began < 10
    assert all(matches[0].issue == f"issue_{number % 20}" for number, matches in enumerate(found))

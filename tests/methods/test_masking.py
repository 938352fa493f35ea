"""Where personal data stands in somebody's words."""

import time

import pytest
from benchmarks.understand_masking import PRECISION, RECALL, _judged, lines
from hypothesis import given
from hypothesis import strategies as st

from coalface.methods.masking import KINDS, Span, cut, personal


def found(text, *names, country=""):
    return [(text[span.start : span.end], span.kind) for span in personal(text, names, country)]


@pytest.mark.parametrize("half", ["a", "b", "c", "d", "e"])
def test_what_was_promised_of_the_planted_lines_holds(half):
    read = lines()
    spans = [[(one.start, one.end, one.kind) for one in personal(line.text, line.names)] for line in read]
    places = [place for place, line in enumerate(read) if line.half == half]
    recall, precision, answers = _judged(read, spans, places)
    assert (recall >= RECALL, precision >= PRECISION, answers > 20) == (True, True, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GB29 NWBK 6016 1331 9268 19", [("GB29 NWBK 6016 1331 9268 19", "iban")]),
        ("GB29 NWBK 6016 1331 9268 18", []),
        ("de89370400440532013000", [("de89370400440532013000", "iban")]),
        ("4111 1111 1111 1111", [("4111 1111 1111 1111", "card")]),
        ("4111 1111 1111 1112", []),
        ("356938035643809", []),
        ("10.0.0.1", [("10.0.0.1", "ip")]),
        ("10.0.0.256", []),
        ("at 10:30:15", []),
        ("fe80::1ff:fe23:4567:890a", [("fe80::1ff:fe23:4567:890a", "ip")]),
    ],
)
def test_checksums_and_forms_decide(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call 0171 2345678", [("0171 2345678", "phone")]),
        ("Order 0171 2345678", []),
        ("0171 2345678", []),
        ("+41 44 668 18 00", [("+41 44 668 18 00", "phone")]),
        ("Call me about order 4500123", []),
    ],
)
def test_a_bare_number_is_no_phone(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u200bnna@exam\u200bple.org", [("a\u200bnna@exam\u200bple.org", "mail")]),
        ("Tel. \uff10\uff11\uff17\uff11 2345678", [("\uff10\uff11\uff17\uff11 2345678", "phone")]),
        ("\u202email a@b.example\u202c", [("a@b.example", "mail")]),
        ("ich heisse Ju\u0308rg", [("Ju\u0308rg", "name")]),
        ("اكتب إلى a@b.example من فضلك", [("a@b.example", "mail")]),
        ("<b>a@b.example</b>", [("a@b.example", "mail")]),
    ],
)
def test_what_cannot_be_seen_hides_nothing(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("anna lindner was here", ["Anna Lindner"], [("anna lindner", "name")]),
        ("Lindner was here", ["Anna Lindner"], [("Lindner", "name")]),
        ("lindner was here", ["Anna Lindner"], []),
        ("Ana Lindner", ["Anna Lindner"], [("Ana Lindner", "name")]),
        ("Lindner, Anna", ["Anna Lindner"], [("Lindner, Anna", "name")]),
        ("Jolanda Kaelin", ["Jolanda Kälin"], [("Jolanda Kaelin", "name")]),
        ("Mark it as fragile", ["Mark Rose"], []),
        ("Mark Rose", ["Mark Rose"], [("Mark Rose", "name")]),
        ("Die Bank, die Rose", ["Rose Bank"], []),
        ("Anna", ["", " ", "-", "von"], []),
    ],
)
def test_names_of_the_directory_are_found_whole_and_misspelt(text, names, expected):
    assert found(text, *names) == expected


def test_an_address_of_two_lines_is_one():
    text = "Ich wohne\nSeestrasse 45a\n8002 Zürich"
    assert found(text) == [("Seestrasse 45a\n8002 Zürich", "address")]


def test_a_stretch_is_cut_where_personal_data_begins_and_ends():
    spans = [Span(4, 10, "name"), Span(8, 12, "mail")]
    assert cut(spans, 0, 14) == [
        Span(0, 4, ""), Span(4, 10, "name"), Span(10, 12, "mail"), Span(12, 14, ""),
    ]  # fmt: skip
    assert cut(spans[:1], 5, 8) == [Span(5, 8, "name")]
    assert (cut(spans, 0, 4), cut(spans, 0, 0), cut([], 2, 3)) == ([Span(0, 4, "")], [], [Span(2, 3, "")])


@given(st.text(alphabet=st.characters() | st.sampled_from("@.+0123456789 -/:Aa\u200b\ud800"), max_size=300))
def test_spans_are_ordered_apart_and_within(text):
    spans = personal(text, ["Anna Lindner"], "DE")
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= len(text) and span.kind in KINDS for span in spans)


ODD = st.sampled_from("@.+0123456789 -/:Aa,\n\u200b\u202e\u0301שא😡") | st.characters(
    exclude_categories=["Cs"]
)
CONTACTS = st.sampled_from(
    [
        "a@b.example",
        "+41 44 668 18 00",
        "DE89 3704 0044 0532 0130 00",
        "Anna Lindner",
        "10.0.0.1",
        "Frau Roth",
    ]
)


@given(st.lists(st.text(ODD, max_size=12) | CONTACTS, max_size=12).map("".join))
def test_what_is_masked_shows_nothing_of_a_span_and_everything_beside_it(text):
    spans = personal(text, ["Anna Lindner"], "CH")
    pieces = cut(spans, 0, len(text))
    assert [piece for piece in pieces if piece.kind] == spans
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert [span for span in spans if not text[span.start : span.end].strip()] == []


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("eva punkt horn at gmx punkt de", [], [("eva punkt horn at gmx punkt de", "mail")]),
        ("We met at the dot on the map", [], []),
        ("My IBAN is DE89 3704 0044 0532 0130 01", [], [("DE89 3704 0044 0532 0130 01", "iban")]),
        ("I spoke to Mark at the desk", ["Mark Rose"], [("Mark", "name")]),
        ("Frau Müller von der Station half", [], [("Müller", "name")]),
        ("the price will go up", ["Will Price"], []),
        ("My daughter Emily fell", [], [("Emily", "name")]),
        ("+1 (312) 555-0142 ext. 7", [], [("+1 (312) 555-0142 ext. 7", "phone")]),
    ],
)
def test_what_a_first_look_at_other_domains_taught(text, names, expected):
    assert found(text, *names) == expected


@pytest.mark.parametrize(
    "piece",
    ["1", "123456789 ", "a", "a@", "A. ", "Mr ", "(", "\u200b", "שלום ", "12. ", "\n", "+49 171 2345678 "],
    ids=[
        "digits",
        "numbers",
        "word",
        "at",
        "caps",
        "titles",
        "open",
        "unseen",
        "rtl",
        "days",
        "lines",
        "phones",
    ],
)
def test_twice_as_long_takes_about_twice_as_long(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        began = time.thread_time()
        personal(text, ["Anna Lindner"])
        return time.thread_time() - began

    seconds(10_000)
    assert seconds(200_000) < 10 * seconds(50_000) + 0.5

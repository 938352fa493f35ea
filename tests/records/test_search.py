"""Words are found by their beginnings in every way of writing them, and what was erased is gone."""

import pytest
from django.db import connection, transaction

from coalface.records.models import Customer, Fix, Household, Issue, Person, ResearchReport, Verbatim
from coalface.records.search import FIELDS, LONGEST_QUERY, Piece, forget, matching, snippet, terms
from tests.people import NOW
from tests.understand import issue_of

pytestmark = pytest.mark.django_db

SAID = ["Herr Müller wartete", "Mueller was here", "Die Straße war nass", "A naïve Café", 'AND "so" OR not']
MODELS = {
    "customer": Customer,
    "person": Person,
    "issue": Issue,
    "fix": Fix,
    "household": Household,
    "researchreport": ResearchReport,
}


def found(words: str) -> list[str]:
    rows = Verbatim.objects.filter(pk__in=matching("verbatim", terms(words)))
    return list(rows.order_by("id").values_list("text", flat=True))


def called(noun: str, words: str) -> list[str]:
    return [str(row) for row in MODELS[noun].objects.filter(pk__in=matching(noun, terms(words)))]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("muller", [0]),
        ("Müller", [0, 1]),
        ("MUELL", [0, 1]),
        ("mül war", [0]),
        ("strasse", [2]),
        ("Straß", [2]),
        ("cafe naive", [3]),
        ("café", [3]),
        ("and or", [4]),
        ("“so”", [4]),
        ("wart müller", [0]),
        ("artete", []),
        ("h", []),
        ("a", [3]),
    ],
)
def test_beginnings_of_words_are_found_in_every_way_of_writing_them(words: str, places: list[int]):
    Verbatim.objects.bulk_create(Verbatim(text=text) for text in SAID)
    assert found(words) == [SAID[place] for place in places]


HOSTILE = [
    '"', "'", "''); DROP TABLE records_verbatim; --", "a AND (b OR", "NEAR(a b)", "text:secret", "* * *",
    "-a",    "^a", "a:*", "!a & | b", "\\", "a\\'b", "\u0000", "a\u0000b", "%_%", "x" * 10_000, "ab " * 4_000,
    "()" * 99,    "İstanbul", "ﬀ", "한국어", "नमस्ते", "🙂", "<->", "a <-> b", "\ud800", "٣٤", "²", "ª",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_is_only_looked_for(words: str):
    Verbatim.objects.create(text="Something else")
    wanted = terms(words)
    assert len(wanted) <= 8
    if wanted:
        for noun in FIELDS:
            model = MODELS.get(noun, Verbatim)
            assert list(model.objects.filter(pk__in=matching(noun, wanted))) == []


def test_a_long_question_is_cut_before_it_is_read():
    assert [term.ways for term in terms(" " * LONGEST_QUERY + "word")] == []


def test_what_is_changed_is_found_anew_and_what_is_erased_never_again():
    words = Verbatim.objects.create(text="Herr Müller")
    words.text = "Frau Meier"
    words.save()
    assert (found("müller"), found("meier")) == ([], ["Frau Meier"])
    Verbatim.objects.update(text="")
    assert found("meier") == []
    Verbatim.objects.update(text="Frau Weber")
    assert found("weber") == ["Frau Weber"]
    Verbatim.objects.all().delete()
    assert found("weber") == []


def test_all_nouns_are_found_by_name_and_again_after_it_changed(cast):
    issue = issue_of(cast, "Waiting at the till", "queue")
    household = Household.objects.create(kind="household", name="Familie Frei", made_at=NOW)
    assert called("person", "olga lind") == ["Olga Lindner"]
    assert called("issue", "till wait") == [str(issue)]
    assert called("household", "frei") == [str(household)]
    assert called("customer", "petra@home.example") == ["Petra Frei"]
    cast.petra.name, cast.petra.email = "Customer 1", ""
    cast.petra.save()
    assert (called("customer", "petra"), called("customer", "1 customer")) == ([], ["Customer 1"])
    household.delete()
    assert called("household", "frei") == []


def test_a_failed_change_leaves_the_index_as_it_was():
    Verbatim.objects.create(text="First")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Verbatim.objects.update(text="Second")
        _ = 1 / 0
    assert (found("first"), found("second")) == (["First"], [])


def index_dump() -> bytes:
    """Every letter that the index holds on SQLite."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'records_search%' AND sql LIKE 'CREATE TABLE%'"
        )
        dumped = []
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{name}"')  # names of our own tables
            dumped += [value for row in cursor.fetchall() for value in row]
    return b"".join(value if isinstance(value, bytes) else str(value).encode() for value in dumped)


def test_after_an_erasure_no_letter_of_it_is_left_in_the_index(cast):
    if connection.vendor == "postgresql":  # its index goes with the rows, in the time of VACUUM
        return
    words = Verbatim.objects.create(text="Xylophonquatsch of Zwetschgenmus")
    Customer.objects.filter(pk=cast.quentin.pk).update(email="wurzelpeter@home.example")
    before = index_dump()
    assert (b"xylophonquatsch" in before, b"wurzelpeter" in before) == (True, True)
    Verbatim.objects.filter(pk=words.pk).update(text="", erased_at=NOW)
    Customer.objects.filter(pk=cast.quentin.pk).update(name="Customer 2", email="")
    forget()
    after = index_dump()
    left = [word for word in (b"xylophon", b"quatsch", b"zwetsch", b"wurzel", b"quentin") if word in after]
    assert left == []


def test_the_hit_is_marked_and_the_rest_is_left_as_it_is():
    text = "Am Montag " * 20 + "wartete Frau Müller <b>sehr</b> lange. " + "Dann ging sie. " * 30
    pieces = snippet(text, terms("mueller seh"))
    assert [piece.text for piece in pieces if piece.hit] == ["Müller", "sehr"]
    assert (pieces[0], pieces[-1].text[-1]) == (Piece("…", False), "…")
    assert "".join(piece.text for piece in pieces).strip("…") in text
    assert snippet("Kurz.", terms("nichts")) == [Piece("Kurz.", False)]
    assert snippet("", terms("nichts")) == []


def test_a_word_without_a_space_near_it_is_shown_all_the_same():
    pieces = snippet("x" * 500 + "-needle-" + "y" * 500, terms("needle"))
    assert [piece.text for piece in pieces if piece.hit] == ["needle"]

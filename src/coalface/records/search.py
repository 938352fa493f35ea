"""Where words are found: the index of this database, asked for rows that hold the beginnings of all words.

Case and accents make no difference, and an umlaut is found by either way of writing it. What may be seen of
the rows that are found is for the rooms to say; here nobody has rights.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models.expressions import RawSQL

WORD: Final = re.compile(r"[^\W_]+")
LONGEST_QUERY, MOST_WORDS, LONGEST_WORD = 400, 8, 40
SNIPPET, BEFORE, LOOKED_AT = 180, 50, 200_000
WRITTEN_OUT: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"}
SPELLED: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "ß"))

# What is searched of each noun, as the index has it (migration 0005_search).
FIELDS: Final = {
    "verbatim": ("text",),
    "customer": ("name", "reference", "email", "phone"),
    "person": ("name",),
    "issue": ("title",),
    "fix": ("title",),
    "household": ("name", "reference"),
    "researchreport": ("title", "made_by"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is looked for, in each way it may be written; a single letter stands for itself."""

    ways: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return all(len(way) == 1 for way in self.ways)

    def hits(self, word: str) -> bool:
        """Whether a word of a text is one that was looked for."""
        return any(
            one == way if self.whole else one.startswith(way)
            for way in self.ways
            for one in (word.lower(), folded(word))
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and whether it is what was looked for."""

    text: str
    hit: bool


def folded(word: str) -> str:
    """The word without case and accents, as the index has it."""
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def terms(words: str) -> list[Term]:
    """The words somebody typed; whatever is no letter or digit parts them and means nothing."""
    typed = unicodedata.normalize("NFC", words[:LONGEST_QUERY])
    found = dict.fromkeys(word.lower()[:LONGEST_WORD] for word in WORD.findall(typed))
    return [Term(_ways(word)) for word in list(found)[:MOST_WORDS]]


def _ways(word: str) -> tuple[str, ...]:
    plain = folded(word)
    written_out = folded("".join(WRITTEN_OUT.get(letter, letter) for letter in word))
    spelled = plain
    for two, one in SPELLED[:3]:
        spelled = spelled.replace(two, one)
    sharp = plain.replace(*SPELLED[3])
    return tuple(dict.fromkeys((plain, word, written_out, spelled, sharp)))


def matching(noun: str, wanted: list[Term]) -> RawSQL:
    """The ids of rows that hold all the words: `filter(pk__in=matching("issue", terms(words)))`."""
    if connection.vendor == "postgresql":
        fields = " || ' ' || ".join(f"coalesce({field}, '')" for field in FIELDS[noun])
        searched = "text" if noun == "verbatim" else fields
        # names of ours, never of anybody who asks
        held = f"records_searched({searched}) @@ to_tsquery('simple', %s)"
        # an array is filled once; a plan made for other numbers of rows would ask again for each of them
        statement = f"SELECT unnest(ARRAY(SELECT id FROM records_{noun} WHERE {held}))"  # nosec B608
        return RawSQL(statement, [_for_postgresql(wanted)])  # nosec B611
    if noun == "verbatim":
        statement = "SELECT rowid FROM records_search_words WHERE records_search_words MATCH %s"
        return RawSQL(statement, [_for_sqlite(wanted)])  # nosec B611
    statement = (
        "SELECT about_id FROM records_search_place WHERE noun = %s AND id IN"
        " (SELECT rowid FROM records_search_names WHERE records_search_names MATCH %s)"
    )
    return RawSQL(statement, [noun, _for_sqlite(wanted)])  # nosec B611


def _for_sqlite(wanted: list[Term]) -> str:
    star = {True: "", False: " *"}
    return " AND ".join(
        "(" + " OR ".join(f'"{way}"{star[term.whole]}' for way in term.ways) + ")" for term in wanted
    )


def _for_postgresql(wanted: list[Term]) -> str:
    star = {True: "", False: ":*"}
    return " & ".join(
        "(" + " | ".join(f"'{way}'{star[term.whole]}" for way in term.ways) + ")" for term in wanted
    )


def snippet(text: str, wanted: list[Term]) -> list[Piece]:
    """The part of a text around the first hit, in pieces, with every hit in it marked."""
    text = text[:LOOKED_AT]
    hits = [word.span() for word in WORD.finditer(text) if any(term.hits(word.group()) for term in wanted)]
    start = _start(text, hits[0][0] if hits else 0)
    end = min(len(text), start + SNIPPET)
    pieces, place = [Piece("…", False)] if start else [], start
    for first, last in hits:
        if first >= end:
            break
        if first >= place:
            pieces += [Piece(text[place:first], False), Piece(text[first:last], True)]
            place = last
    pieces.append(Piece(text[place : max(place, end)] + ("…" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece.text]


def _start(text: str, hit: int) -> int:
    """A little before the hit, at the beginning of a word."""
    if hit <= BEFORE:
        return 0
    return text.find(" ", hit - BEFORE, hit) + 1 or hit - BEFORE


def forget() -> None:
    """Rewrite the index without what was taken out of it: till then it knows erased words, though not whose.

    To be called after an erasure, outside of its transaction. PostgreSQL does so by itself, with the rows.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in ("words", "names"):
                index = f"records_search_{name}"
                cursor.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # nosec B608

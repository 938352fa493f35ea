"""What a language model says is kept as far as it rests on words that exist: by structure, never by trust."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MOST_SENTENCES: Final = 3
LONGEST: Final = 400
QUOTED: Final = re.compile(r"[“„«\"]([^“”„«»\"]*)[”“»\"]")
SIGNS: Final = '“”„«»"'
SENTENCE: Final = {"text", "quotes"}
FENCED: Final = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the ids of the quotes it rests on."""

    text: str
    quotes: tuple[str, ...]


def grounded(answer: str, quotes: Mapping[str, str]) -> tuple[Sentence, ...]:
    """The sentences of an answer that rest on quotes which exist, three at most.

    The answer must be JSON: a list of objects with exactly `text` and `quotes` (a list of ids), or an object
    with such a list under `sentences`; a fence of three backticks around it is taken off. A sentence is
    dropped if it names no quote, or one that is not there, or if words it puts in quotation marks stand in
    none of its quotes (letter for letter, but for spaces).
    Whatever else the answer holds changes nothing.

    Shapes: any string; quotes by id. Units: at most 400 characters a sentence. Errors: none; an answer of
    another form has no sentences. Source: own rules.

    >>> said = {"a": "The till was closed at noon.", "b": "Noon, and no till."}
    >>> answer = '[{"text": "Tills “closed at noon”.", "quotes": ["a"]}, {"text": "No.", "quotes": ["z"]}]'
    >>> grounded(answer, said)
    (Sentence(text='Tills “closed at noon”.', quotes=('a',)),)
    """
    found = (_sentence(one, quotes) for one in _listed(answer))
    return tuple(one for one in found if one)[:MOST_SENTENCES]


def _listed(answer: str) -> Sequence[object]:
    fenced = FENCED.fullmatch(answer)
    try:
        given = json.loads(fenced[1] if fenced else answer)
    except (ValueError, RecursionError):
        return ()
    if isinstance(given, dict):
        given = given.get("sentences")
    return given if isinstance(given, list) else ()


def _sentence(given: object, quotes: Mapping[str, str]) -> Sentence | None:
    if not isinstance(given, dict) or given.keys() != SENTENCE:
        return None
    text, ids = given["text"], given["quotes"]
    if not isinstance(text, str) or not isinstance(ids, list) or not ids:
        return None
    if not all(isinstance(one, str) and one in quotes for one in ids) or not _is_plain(text):
        return None
    words = [_plain(quotes[one]) for one in ids]
    cited = [_plain(part) for part in QUOTED.findall(text)]
    stray = any(sign in QUOTED.sub("", text) for sign in SIGNS)
    if stray or not all(part and any(part in word for word in words) for part in cited):
        return None
    return Sentence(text.strip(), tuple(dict.fromkeys(ids)))


def _is_plain(text: str) -> bool:
    """A line of words: nothing invisible, no line breaks, not too long."""
    return (
        bool(text.strip())
        and len(text) <= LONGEST
        and not any(unicodedata.category(c)[0] == "C" for c in text)
    )


def _plain(text: str) -> str:
    return " ".join(text.split())

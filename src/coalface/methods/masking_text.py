"""A text as it reads: without what cannot be seen, each letter knowing the place it came from."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_QUOTES = frozenset("\u2018\u2019\u02bc\u00b4`")
_LINES = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@dataclass(frozen=True, slots=True)
class Span:
    """Personal data at `text[start:end]`; the kind is a code."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Plain:
    """The text to look in, and for each of its letters where that begins and ends in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def back(self, span: Span) -> Span:
        """The same span in the original."""
        return Span(self.starts[span.start], self.ends[span.end - 1], span.kind)


def plain(text: str) -> Plain:
    """Drop what has no width, write digits and letters of any width as usual ones, join letter and accent.

    Shapes: any string. Units: characters. Errors: none. Source: Unicode, categories Cf and Nd, NFKC.

    >>> plain("ann\\u200ba\\uff20x").text
    'anna@x'
    """
    if text.isascii():
        return Plain(text, range(len(text)), range(1, len(text) + 1))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, letter in enumerate(text):
        shown = _shown(letter)
        if not shown:
            continue
        if letters and not letter.isascii() and unicodedata.combining(letter):
            joined = unicodedata.normalize("NFC", letters[-1] + letter)
            if len(joined) == 1:
                letters[-1], ends[-1] = joined, place + 1
                continue
        letters.append(shown)
        starts.append(place)
        ends.append(place + 1)
    return Plain("".join(letters), starts, ends)


@lru_cache(maxsize=8192)
def _shown(letter: str) -> str:
    if letter in _LINES:
        return "\n"
    if letter in _DASHES:
        return "-"
    if letter in _QUOTES:
        return "'"
    if unicodedata.category(letter) == "Cf":
        return ""
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    normal = unicodedata.normalize("NFKC", letter)
    return normal if len(normal) == 1 else letter


def merged(spans: Iterable[Span]) -> list[Span]:
    """Ordered and apart: what overlaps becomes one span, of the kind of its longest part.

    Shapes: any spans. Units: characters. Errors: none. Source: own rules.

    >>> merged([Span(4, 9, "phone"), Span(0, 8, "iban"), Span(12, 14, "ip")])
    [Span(start=0, end=9, kind='iban'), Span(start=12, end=14, kind='ip')]
    """
    found: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda each: (each.start, -each.end, each.kind)):
        length = span.end - span.start
        if found and span.start < found[-1].end:
            last = found[-1]
            kind = span.kind if length > longest else last.kind
            found[-1] = Span(last.start, max(last.end, span.end), kind)
            longest = max(longest, length)
        else:
            found.append(span)
            longest = length
    return found

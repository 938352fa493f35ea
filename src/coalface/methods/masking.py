"""Personal data in somebody's words: where it stands, so that whoever does not need it need not see it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from .masking_names import people
from .masking_numbers import numbers
from .masking_places import places
from .masking_text import Span, merged, plain

KINDS: Final = ("mail", "phone", "iban", "card", "ip", "url", "address", "birth", "name")

__all__ = ("KINDS", "Span", "cut", "personal")


def personal(text: str, names: Sequence[str] = (), country: str = "") -> list[Span]:
    """Find personal data: contact details, accounts, addresses, dates of birth, names.

    Shapes: any string; `names` of people who may be spoken of; `country` (ISO 3166) for phones without
    prefix. Spans are ordered, apart and exact: `text[start:end]` is what was written, whatever cannot be
    seen in it included. Units: characters. Errors: none, whatever the text; time grows with its length.
    Source: own rules and checksums; docs/methods/masking.md says what they find and miss.

    >>> text = "Anna Lindner, IBAN DE89 3704 0044 0532 0130 00, order 0171 2345678"
    >>> [(text[span.start : span.end], span.kind) for span in personal(text, ["Anna Lindner"])]
    [('Anna Lindner', 'name'), ('DE89 3704 0044 0532 0130 00', 'iban')]
    """
    seen = plain(text)
    found = merged([*numbers(seen.text, country), *places(seen.text), *people(seen.text, names)])
    return [seen.back(span) for span in _lines_joined(seen.text, found)]


def _lines_joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """An address of several lines is one."""
    joined = list(spans[:1])
    for before, span in pairwise(spans):
        gap = text[before.end : span.start]
        if before.kind == span.kind == "address" and len(gap) <= 4 and not gap.strip(", \n"):
            joined[-1] = Span(joined[-1].start, span.end, span.kind)
        else:
            joined.append(span)
    return joined


def cut(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """A stretch of text, cut where personal data begins and ends; what anybody may read has no kind.

    Shapes: spans of one text, in any order; the pieces are ordered, lie side by side and fill the stretch.
    Of data that lies across its edge the part inside counts. Units: characters. Errors: none.
    Source: own rules.

    >>> [(piece.start, piece.end, piece.kind) for piece in cut([Span(9, 20, "mail")], 0, 21)]
    [(0, 9, ''), (9, 20, 'mail'), (20, 21, '')]
    """
    pieces, place = [], start
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        first, last = max(span.start, place), min(span.end, end)
        if first < last:
            pieces += [Span(place, first, ""), Span(first, last, span.kind)]
            place = last
    return [piece for piece in (*pieces, Span(place, end, "")) if piece.start < piece.end]

"""Personal data in somebody's words: where it stands, so that whoever does not need it need not see it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from .masking_names import people
from .masking_numbers import numbers
from .masking_places import places
from .masking_text import Span, merged, plain

KINDS: Final = ("mail", "phone", "iban", "card", "ip", "url", "address", "birth", "name")

__all__ = ("KINDS", "Span", "masked", "personal")


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


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with a code in place of each span; pages put their own words there.

    Shapes: ordered spans of this text, apart. Units: characters. Errors: none; what lies beyond the text is
    left out. Source: own rules.

    >>> masked("Write to a@b.example", [Span(9, 20, "mail")])
    'Write to [mail]'
    """
    pieces, place = [], 0
    for span in spans:
        pieces += [text[place : span.start], f"[{span.kind}]"]
        place = span.end
    return "".join([*pieces, text[place:]])

"""Words as somebody may see them: personal data stands in them only for who needs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coalface.methods.masking import Span, cut, personal
from coalface.permissions import Right
from coalface.records.models import Unit, Verbatim

CALLED: Final[dict[str, Promise]] = {
    "mail": pgettext_lazy("in place of personal data", "e-mail"),
    "phone": pgettext_lazy("in place of personal data", "phone"),
    "iban": pgettext_lazy("in place of personal data", "account"),
    "card": pgettext_lazy("in place of personal data", "card"),
    "ip": pgettext_lazy("in place of personal data", "IP address"),
    "url": pgettext_lazy("in place of personal data", "profile"),
    "address": pgettext_lazy("in place of personal data", "address"),
    "birth": pgettext_lazy("in place of personal data", "date of birth"),
    "name": pgettext_lazy("in place of personal data", "name"),
}
OTHER: Final = _("personal data")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of somebody's words; with a kind it is what stands in place of personal data."""

    text: str
    kind: str = ""


def may_see(request: HttpRequest | None, unit: Unit | None, by: Iterable[int | None] = ()) -> bool:
    """Whether this reader needs it: who brought the words in, and who may see the customers of the unit.

    Nobody is known to need it in a mail, and on the pages of customers.
    """
    person = getattr(request, "person", None)
    if request is None or person is None:
        return False
    if person.pk in by:
        return True
    return unit is not None and request.rights.reach(Right.SEE_CUSTOMERS, unit)


def masks_of(words: Verbatim) -> list[Span]:
    """As they were found when it was read through; before that, what the words themselves give away."""
    if words.masks is not None:
        return [Span(*mask) for mask in words.masks]
    return personal(words.text)


def pieces(words: Verbatim, *, openly: bool, start: int = 0, end: int | None = None) -> list[Piece]:
    """The words, or a span of them, with personal data taken out unless it may be shown."""
    end = len(words.text) if end is None else min(end, len(words.text))
    if openly:
        return [Piece(words.text[start:end])]
    return [
        Piece(str(CALLED.get(one.kind, OTHER)), one.kind)
        if one.kind
        else Piece(words.text[one.start : one.end])
        for one in cut(masks_of(words), start, end)
    ]


def shortened(found: Iterable[Piece], most: int) -> list[Piece]:
    """The first so many letters; what stands for personal data is never cut in two."""
    kept: list[Piece] = []
    left = most
    for piece in found:
        if len(piece.text) > left:
            rest = "" if piece.kind else piece.text[: max(0, left - 1)].rstrip()
            return [*kept, Piece(f"{rest}…")]
        kept.append(piece)
        left -= len(piece.text)
    return kept


def in_brackets(
    words: Verbatim, *, openly: bool = False, start: int = 0, end: int | None = None, most: int = 0
) -> str:
    """The same as plain text, for a file, a mail or a program: “Write to [e-mail]”."""
    found = pieces(words, openly=openly, start=start, end=end)
    found = shortened(found, most) if most else found
    return "".join(f"[{piece.text}]" if piece.kind else piece.text for piece in found)

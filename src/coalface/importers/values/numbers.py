"""Numbers and money, with the decimal mark decided by the whole column."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, Final

from .cells import NOTHING, Cell

SYMBOLS: Final = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "zł": "PLN", "kč": "CZK", "ft": "HUF", "₺": "TRY", "₹": "INR",
    "₽": "RUB", "fr": "CHF", "sfr": "CHF", "us$": "USD", "a$": "AUD", "c$": "CAD", "euro": "EUR",
    "₪": "ILS", "₩": "KRW",
}  # fmt: skip
SHARED: Final = {"$": ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN"), "kr": ("SEK", "NOK", "DKK", "ISK")}
BLANKS: Final = str.maketrans(dict.fromkeys(" \u00a0\u202f\u2009'’`´", ""))
SHAPE: Final = re.compile(
    r"[+\-−–(]?\s*(?:\d[\d.,'’`´ \u00a0\u202f\u2009]*|[.,]\d+)(?:[eE][+-]?\d{1,3})?\s*[)\-−]?%?"
)
AROUND: Final = re.compile(
    r"^\s*(?P<before>[^\d.,+\-−–(]*)(?P<number>.*?)(?P<after>[^\d.,)\-−–%]*[.]?)\s*$", re.DOTALL
)
LONGEST: Final = 40
MOST_ZEROS: Final = 15
BIGGEST: Final = 2**63 // 1000  # minor units of three digits must fit a column


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a column writes its numbers, and how many of its cells say so."""

    decimal: str = "."
    sure: bool = True
    only_point: int = 0
    only_comma: int = 0
    both: int = 0

    @property
    def contradicts(self) -> bool:
        """Whether some cells can only be read with a comma and some only with a point."""
        return bool(self.only_point and self.only_comma)

    def as_json(self) -> dict[str, Any]:
        """For a field of JSON."""
        return asdict(self)

    def number(self, written: str) -> Cell:
        """A Decimal; a share in percent is divided by a hundred."""
        bare = written.strip()
        return self._read(bare, "") if bare else NOTHING

    def whole(self, written: str) -> Cell:
        """An int; 9.0 is 9, 9.5 is none."""
        cell = self.number(written)
        if cell.value is None:
            return cell
        return Cell(int(cell.value)) if cell.value == int(cell.value) else Cell(reason="not_whole")

    def money(self, written: str, currency: str = "") -> Cell:
        """An amount with the currency it names or the one given; fractions of a minor unit are rounded."""
        bare = written.strip()
        if not bare:
            return NOTHING
        number, named = _apart(bare)
        meant = _currency(named, currency) if named else currency
        if meant is None or number.endswith("%"):
            return Cell(reason="bad_number")
        if not meant:
            return Cell(reason="no_currency")
        cell = self._read(number, named)
        if cell.value is None:
            return cell
        minor = (cell.value * 10 ** digits_of(meant)).to_integral_value(ROUND_HALF_UP)
        return Cell(Money(int(minor), meant)) if abs(minor) < BIGGEST else Cell(reason="too_big")

    def _read(self, bare: str, named: str) -> Cell:
        fits = _readings(bare)
        if self.decimal in fits:
            return Cell(fits[self.decimal])
        for value in fits.values():
            proposed = f"{value:f}".replace(".", self.decimal) + (f" {named}" if named else "")
            return Cell(reason="other_decimal_mark", mending="swap_decimal_mark", gives=(("", proposed),))
        return Cell(reason="bad_number")


@dataclass(slots=True)
class NumberEvidence:
    """Counts over a column, cell by cell, which mark stands before its decimals."""

    usual: str = "."
    _point: int = 0
    _comma: int = 0
    _both: int = 0

    def see(self, written: str) -> None:
        """Take one more cell into account."""
        fits = _readings(_apart(written.strip())[0])
        if len(fits) == 2:
            self._both += len(set(fits.values())) == 2
        else:
            self._point += "." in fits
            self._comma += "," in fits

    def decided(self) -> Numbers:
        """What the cells seen so far come to."""
        point, comma = self._point, self._comma
        if point == comma:
            return Numbers(self.usual, not self._both and not point, point, comma, self._both)
        return Numbers("." if point > comma else ",", not (point and comma), point, comma, self._both)


def numbers_of(column: Iterable[str], *, usual: str = ".") -> Numbers:
    """How a whole column writes its numbers."""
    evidence = NumberEvidence(usual)
    for written in column:
        evidence.see(written)
    return evidence.decided()


def digits_of(currency: str) -> int:
    """How many digits a currency has behind the decimal mark."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


def _readings(bare: str) -> dict[str, Decimal]:
    """The number by decimal mark: one or both, or none where it is no number."""
    if not bare or len(bare) > LONGEST or not SHAPE.fullmatch(bare):
        return {}
    negative = bare[0] in "-−–(" or bare[-1] in "-−)"
    digits, _e, power = bare.strip("+-−–()%").strip().translate(BLANKS).lower().partition("e")
    if abs(int(power or 0)) > MOST_ZEROS:
        return {}
    found = {}
    for decimal, grouping in ((".", ","), (",", ".")):
        if (plain := _plain(digits, decimal, grouping)) is not None:
            value = Decimal(plain).scaleb(int(power or 0))
            value = -value if negative else value
            found[decimal] = value / 100 if bare.endswith("%") else value
    return found


def _plain(digits: str, decimal: str, grouping: str) -> str | None:
    front, mark, behind = digits.partition(decimal)
    if grouping in behind or decimal in behind or (mark and not behind and not front):
        return None
    groups = front.split(grouping)
    if len(groups) > 1 and not (
        1 <= len(groups[0]) <= 3 and groups[0] != "0" and all(len(g) == 3 for g in groups[1:])
    ):
        return None
    whole = "".join(groups)
    if len(groups) > 1 and not whole.isdigit():
        return None
    return f"{whole or '0'}.{behind}" if behind else whole


def _apart(bare: str) -> tuple[str, str]:
    """The number and what stands before or behind it: “CHF 1'234.50”, “12,– €”."""
    found = AROUND.match(bare)
    if not found:
        return bare, ""
    before, after = found["before"].strip(), found["after"].strip()
    number = re.sub(r"[.,][\-−–]+$", "", found["number"].strip())  # “12,–” is Swiss and German for 12.00
    number = number.lstrip(".") if before and number.startswith(".") else number
    if before in {"", "-", "+"} or after in {""} or not before or not after:
        return number, (before or after).strip()
    return number, f"{before} {after}"


def _currency(named: str, usual: str) -> str | None:
    """The code of a currency; None where it is not known."""
    bare = named.strip().rstrip(".").lower()
    if bare in SYMBOLS:
        return SYMBOLS[bare]
    if bare in SHARED:
        return usual if usual in SHARED[bare] else SHARED[bare][0]
    return bare.upper() if bare.upper() in _codes() else None


@cache
def _codes() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())

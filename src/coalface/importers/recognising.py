"""Which column is which field: by what it is called in several languages, and by what stands in it."""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final
from unicodedata import combining, normalize

from .values import dates_of, email, numbers_of, turned_round, yes_no

LOOKED_AT: Final = 200
ENOUGH: Final = 70.0
NEAR: Final = 88.0
SCORES: Final = {"nps": (0, 10), "csat": (1, 10), "ces": (1, 7)}
PHONE: Final = re.compile(r"(?:[^\W\d_]+[.:]?\s*)?\+?[\d(][\d\s()/.\-–]{5,}\d(?:\s*\D{1,4}\s*\d{1,5})?")
PLAIN: Final = str.maketrans({"ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True, slots=True)
class Field:
    """Something a row can say: its name here, its words for people, and what its column may be called.

    `of` is text, day, moment, number, money, email, phone, yes_no, choice, unit, person, customer or key.
    """

    name: str
    label: Any
    of: str = "text"
    required: bool = False
    called: tuple[str, ...] = ()
    help: Any = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its name, and its filled cells."""

    name: str
    place: int
    cells: tuple[str, ...]

    def fits(self, of: str, field: str = "") -> float | None:
        """The share of the filled cells that such a field could take; None where there are none."""
        if not self.cells:
            return None
        if field in SCORES:
            return _share(self.cells, lambda cell: _is_score(cell, *SCORES[field]))
        look = LOOKS.get(of)
        return look(self.cells) if look else 1.0


def recognised(
    header: Sequence[str], rows: Sequence[Sequence[str]], fields: Sequence[Field]
) -> dict[str, str]:
    """For each field that is sure its column; each column at most once, required fields before others."""
    columns = [
        Column(name, place, tuple(cell for row in rows[:LOOKED_AT] if (cell := row[place].strip())))
        for place, name in enumerate(header)
    ]
    scored = [
        (_score(field, column), field, column)
        for field in fields
        for column in columns
    ]  # fmt: skip
    scored.sort(key=lambda each: (-each[0] - 10 * each[1].required, each[2].place, each[1].name))
    found: dict[str, str] = {}
    for score, field, column in scored:
        if score >= ENOUGH and field.name not in found and column.name not in found.values():
            found[field.name] = column.name
    return found | _by_looks(fields, columns, found)


def _score(field: Field, column: Column) -> float:
    """0 to 120: what the name says, and whether the cells agree with it."""
    named = max((_alike(column.name, called) for called in _names(field)), default=0.0)
    if not named:
        return 0.0
    fits = column.fits(field.of, field.name)
    if fits is None:
        return named - 5
    if field.of in LOOKS or field.name in SCORES:
        return named + 15 if fits >= 0.7 else named - 10 if fits >= 0.4 else named - 60
    return named


def _names(field: Field) -> Iterable[str]:
    known = (*_called().get(field.name, ()), *(_called()[field.of] if field.of in {"email", "phone"} else ()))
    return dict.fromkeys((field.name, str(field.label), *field.called, *known))


@cache
def _called() -> dict[str, tuple[str, ...]]:
    """The names in the file beside this one; a field that is called as another says so."""
    names = tomllib.loads((Path(__file__).parent / "called.toml").read_text(encoding="utf-8"))
    return {
        field: tuple(names[called] if isinstance(called, str) else called) for field, called in names.items()
    }


def _by_looks(fields: Sequence[Field], columns: Sequence[Column], found: dict[str, str]) -> dict[str, str]:
    """What no name tells but the cells do: one column of addresses, and what a row cannot do without."""
    more: dict[str, str] = {}
    for field in fields:
        left = [each for each in columns if each.name not in {*found.values(), *more.values()}]
        if field.name in found or not left:
            continue
        if field.of in {"email", "phone"} or (field.required and field.of in {"day", "moment", "money"}):
            likely = [each for each in left if (each.fits(field.of) or 0) >= 0.8]
            if len(likely) == 1:
                more[field.name] = likely[0].name
        elif field.required and field.of == "key":
            likely = [each for each in left if _is_key(each.cells)]
            if likely:
                more[field.name] = likely[0].name
        elif (field.required and field.name == "name") or field.name == "text":
            looks = _sentences if field.name == "text" else turned_round
            likely = [each for each in left if looks(each.cells)]
            if len(likely) == 1:
                more[field.name] = likely[0].name
    return more


@lru_cache(maxsize=20_000)
def _alike(column: str, called: str) -> float:
    """How near the name of a column is to what a field may be called, from 0 to 100."""
    from rapidfuzz.fuzz import ratio

    ours, theirs = folded(called.lstrip("~")), folded(column)
    if not ours or not theirs:
        return 0.0
    close, tight = theirs.replace(" ", ""), ours.replace(" ", "")
    if close == tight:
        return 100.0
    if called.startswith("~"):
        return 90.0 if ours in theirs else 0.0
    if len(tight) >= 5 and (near := ratio(tight, close)) >= NEAR:
        return near - 5
    words = theirs.split()
    if set(ours.split()) <= set(words):
        return 50 + 40 * len(tight) / len(close)
    return 0.0


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """Small letters without accents and punctuation, the words of “CustomerId” and “customer_id” apart."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    plain = normalize("NFKD", apart.translate(PLAIN))
    bare = "".join(each for each in plain if not combining(each)).casefold()
    for pair in ("ae", "oe", "ue"):
        bare = bare.replace(pair, pair[0])
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def _share(cells: Sequence[str], fits: Callable[[str], object]) -> float:
    return sum(1 for cell in cells if fits(cell)) / len(cells)


def _is_score(cell: str, least: int, most: int) -> bool:
    found = re.fullmatch(r"(\d{1,2})(?:[.,]0+)?", cell)
    return found is not None and least <= int(found[1]) <= most


def _is_key(cells: Sequence[str]) -> bool:
    return bool(cells) and len(set(cells)) == len(cells) and all(len(cell) <= 64 for cell in cells)


def _sentences(cells: Sequence[str]) -> bool:
    """Whether cells hold words of somebody's own: several in each, and hardly any twice."""
    words = sum(len(cell.split()) for cell in cells)
    return bool(cells) and words >= 4 * len(cells) and len(set(cells)) >= 0.8 * len(cells)


def _addresses(cells: Sequence[str]) -> float:
    return _share(
        cells, lambda cell: (read := email(cell)).value or read.mending == "fix_email" or "@" in cell
    )


def _phones(cells: Sequence[str]) -> float:
    return _share(cells, lambda cell: PHONE.fullmatch(cell) and sum(map(str.isdigit, cell)) in range(6, 20))


def _contacts(cells: Sequence[str]) -> float:
    """Phone numbers, or a mixture of them with addresses."""
    phones = _phones(cells)
    return phones if phones < 0.2 else min(1.0, phones + _addresses(cells))


def _days(cells: Sequence[str]) -> float:
    dates = dates_of(cells)
    return _share(cells, lambda cell: (read := dates.day(cell)).value or read.mending)


def _amounts(cells: Sequence[str]) -> float:
    numbers = numbers_of(cells)
    return _share(cells, lambda cell: numbers.money(cell, "EUR").value)


def _numbers(cells: Sequence[str]) -> float:
    numbers = numbers_of(cells)
    return _share(cells, lambda cell: numbers.number(cell).value is not None)


def _answers(cells: Sequence[str]) -> float:
    return _share(cells, lambda cell: not yes_no(cell).reason)


def _keys(cells: Sequence[str]) -> float:
    return len(set(cells)) / len(cells)


LOOKS: Final = {
    "email": _addresses,
    "phone": _contacts,
    "day": _days,
    "moment": _days,
    "number": _numbers,
    "money": _amounts,
    "yes_no": _answers,
    "key": _keys,
}

"""How the text of a cell becomes a value of its field, and what a whole column tells about its dates and numbers."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from .mapping import Mapping
from .reading import Table
from .recognising import Field
from .rows import Kind

EARLIEST, LATEST = 1900, 2200
PARTS: Final = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[ T]+(.+))?", re.ASCII)
NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
YES: Final = frozenset({"1", "yes", "y", "true", "x", "ja", "j", "oui", "si", "sí", "tak", "wahr"})
NO: Final = frozenset({"0", "no", "n", "false", "nein", "non", "nie", "falsch", "-"})
RANGES: Final = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
DMY, MDY = "dmy", "mdy"


class Unusable(Exception):
    """A cell that means nothing; `mending` is the code of a proposal, `meant` the value it would give."""

    def __init__(self, reason: str, mending: str = "", meant: Any = None, proposed: str = "") -> None:
        super().__init__(reason)
        self.reason, self.mending, self.meant, self.proposed = reason, mending, meant, proposed


def reader(field: Field, meaning: Mapping, kind: Kind) -> Callable[[str], Any] | None:
    """What reads the cells of a field; None where the text itself is the value."""
    order = meaning.decided.get(field.name, DMY)
    match field.of:
        case "day":
            return lambda written: _moment(written, meaning.dates, order).date()
        case "moment":
            return lambda written: _moment(written, meaning.dates, order)
        case "number" if field.name in RANGES:
            least, most = RANGES[field.name]
            return lambda written: _score(written, least, most)
        case "number" | "money":
            return _number
        case "yes_no":
            return _yes_no
        case "email":
            return _email
        case "choice":
            return lambda written: _choice(written, field, kind)
        case _:
            return None


def _moment(written: str, formats: tuple[str, ...], order: str) -> datetime:
    for form in formats:
        if moment := _parsed(written, form):
            return moment
    if not formats:
        if moment := _parsed(written, "iso") or _parsed(written, "%Y/%m/%d"):
            return moment
        if found := PARTS.fullmatch(written):
            return _by_order(found, order)
    raise Unusable("bad_date")


def _parsed(written: str, form: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written) if form == "iso" else datetime.strptime(written, form)  # noqa: DTZ007
    except ValueError:
        return None
    return moment if EARLIEST <= moment.year <= LATEST else None


def _by_order(found: re.Match, order: str) -> datetime:
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    day, month = (one, two) if order == DMY else (two, one)
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - the zone follows
    except ValueError:
        pass
    try:
        other = datetime(year, day, month)  # noqa: DTZ001
    except ValueError:
        raise Unusable("bad_date") from None
    raise Unusable("bad_date", "swapped_day_month", other.date(), f"{other:%Y-%m-%d}")


def _score(written: str, least: int, most: int) -> int:
    number = written.replace(",", ".")
    if not NUMBER.fullmatch(number) or float(number) % 1 or not least <= float(number) <= most:
        raise Unusable("bad_score")
    return int(float(number))


def _number(written: str) -> float:
    bare = written.replace("'", "").replace("’", "").replace(" ", "").replace(",", ".")
    if not NUMBER.fullmatch(bare):
        raise Unusable("bad_number")
    return float(bare)


def _yes_no(written: str) -> bool:
    if written.casefold() in YES:
        return True
    if written.casefold() in NO:
        return False
    raise Unusable("neither_yes_nor_no")


def _email(written: str) -> str:
    if "@" not in written:
        raise Unusable("bad_email")
    return written


def _choice(written: str, field: Field, kind: Kind) -> str:
    choices = kind.choices.get(field.name, ())
    if not choices:
        return written
    found = choices.get(written.casefold())
    if found is None:
        raise Unusable(f"unknown_{field.name}")
    return found


LOOKED_AT_BY: Final = frozenset({"day", "moment"})


def looked_at(
    meaning: Mapping, looking: dict[str, str], table: Table, stop: Callable[[], bool]
) -> dict[str, Any]:
    """What whole columns decide, in one reading of the file."""
    places = {name: table.header.index(column) for name, column in looking.items()}
    votes: dict[str, Counter[str]] = {name: Counter() for name in places}
    for number, row in enumerate(table.rows()):
        if row.refused:
            continue
        if number % 1_000 == 0 and stop():
            break
        for name, at in places.items():
            _vote(votes[name], row.fields[at])
    return {name: MDY if count[MDY] > count[DMY] else DMY for name, count in votes.items()}


def _vote(votes: Counter[str], written: str) -> None:
    found = PARTS.match(written)
    if found and len(found[1]) < 3:
        votes[DMY] += int(found[1]) > 12
        votes[MDY] += int(found[2]) > 12

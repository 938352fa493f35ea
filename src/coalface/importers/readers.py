"""How the text of a cell becomes a value of its field, by what its whole column tells."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from . import values
from .mapping import Mapping as Meaning
from .reading import CannotRead, Table
from .recognising import Field
from .rows import Given, Kind
from .values import Cell, DateEvidence, Dates, NumberEvidence, Numbers

EARLIEST, LATEST = 1900, 2200
RANGES: Final = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
SCORE: Final = re.compile(r"(\d{1,3})(?:[.,]0+)?", re.ASCII)
DATES, NUMBERS = frozenset({"day", "moment"}), frozenset({"number", "money"})
NAMES_LOOKED_AT: Final = 2_000
Read = Callable[[str], Any]


class Unusable(Exception):
    """A cell that means nothing; `meant` is what its mending would give, `proposed` the same for showing."""

    def __init__(self, reason: str, mending: str = "", meant: Any = None, proposed: str = "") -> None:
        super().__init__(reason)
        self.reason, self.mending, self.meant, self.proposed = reason, mending, meant, proposed


def reader(field: Field, meaning: Meaning, kind: Kind) -> Read | None:
    """What reads the cells of a field; None where the text itself is the value."""
    if field.name in RANGES:
        return _score(*RANGES[field.name])
    match field.of:
        case "day" | "moment":
            return _dated(field, meaning)
        case "number":
            return _mended(numbers_of(meaning, field.name).number)
        case "yes_no":
            return _mended(values.yes_no)
        case "email":
            return _mended(lambda written: values.email(written, country=meaning.country))
        case "phone":
            return _mended(lambda written: values.phone(written, country=meaning.country))
        case "choice" if field.name in kind.choices:
            return _chosen(field.name, kind.choices[field.name])
        case _:
            return values.name if meaning.decided.get(field.name) == "turned" else None


def numbers_of(meaning: Meaning, name: str) -> Numbers:
    """How the numbers of a column are written, as the trial found out."""
    return Numbers(**meaning.decided.get(name, {}))


def money(row: Given, name: str, column: str, meaning: Meaning, currency: str) -> values.Money | None:
    """The amount in a row, in the currency it names or the one given, or a problem written down."""
    try:
        return _mended(lambda written: numbers_of(meaning, name).money(written, currency))(row.values[name])
    except Unusable as why:
        took = row.trouble(column, why.reason, why.mending, why.proposed)
        return why.meant if took else None


def _mended(read: Callable[[str], Cell]) -> Read:
    """The value of a cell, or what stands in its way, with the value that the mending would give."""

    def of(written: str) -> Any:
        cell = read(written)
        if not cell.reason:
            return cell.value
        gives = dict(cell.gives)
        shown = ", ".join(filter(None, gives.values()))
        if "" in gives:
            mended = read(gives[""])
            if not mended.reason:
                raise Unusable(cell.reason, cell.mending, mended.value, shown)
        raise Unusable(
            cell.reason, cell.mending, {key: value for key, value in gives.items() if value}, shown
        )

    return of


def _score(least: int, most: int) -> Read:
    def of(written: str) -> int:
        found = SCORE.fullmatch(written)
        if not found or not least <= int(found[1]) <= most:
            raise Unusable("bad_score")
        return int(found[1])

    return of


def _chosen(name: str, choices: Mapping[str, str]) -> Read:
    def of(written: str) -> str:
        found = choices.get(written.casefold())
        if found is None:
            raise Unusable(f"unknown_{name}")
        return found

    return of


def _dated(field: Field, meaning: Meaning) -> Read:
    """Days, and moments that keep the zone they name or have none."""
    dates = Dates(**meaning.decided.get(field.name, {}))
    moment = _by_formats(meaning.dates) if meaning.dates else _mended(dates.local)
    if field.of == "moment":
        return _quick(moment)
    return lru_cache(4_096)(lambda written: moment(written).date())


def _quick(moment: Read) -> Read:
    def of(written: str) -> datetime:
        if len(written) >= 19 and written[4] == "-":
            try:
                return datetime.fromisoformat(written)
            except ValueError:
                pass
        return moment(written)

    return of


def _by_formats(formats: tuple[str, ...]) -> Read:
    @lru_cache(4_096)
    def of(written: str) -> datetime:
        for form in formats:
            if moment := _parsed(written, form):
                return moment
        raise Unusable("bad_date")

    return of


def _parsed(written: str, form: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written) if form == "iso" else datetime.strptime(written, form)  # noqa: DTZ007
    except ValueError:
        return None
    return moment if EARLIEST <= moment.year <= LATEST else None


def looked_at(kind: Kind, meaning: Meaning, table: Table, stop: Callable[[], bool]) -> dict[str, Any]:
    """What whole columns decide, in one reading of the file."""
    dates, numbers, names = _evidence(kind, meaning)
    places = {name: table.header.index(column) for name, column in meaning.columns.items() if column}
    seen = [(each.see, places[name]) for name, each in (dates | numbers).items()]
    said: dict[str, list[str]] = {name: [] for name in names}
    if not seen and not said:
        return {}
    with suppress(CannotRead):  # the trial itself will tell where the file breaks off
        _look(table, seen, said, places, stop)
    found: dict[str, Any] = {name: each.decided().as_json() for name, each in (dates | numbers).items()}
    return found | {name: "turned" for name, each in said.items() if values.turned_round(each)}


def _look(
    table: Table,
    seen: Sequence[tuple[Callable[[str], None], int]],
    said: dict[str, list[str]],
    places: Mapping[str, int],
    stop: Callable[[], bool],
) -> None:
    for number, row in enumerate(table.rows()):
        if number % 1_000 == 0 and stop():
            return
        if row.refused:
            continue
        for see, at in seen:
            see(row.fields[at])
        if number < NAMES_LOOKED_AT:
            for name in said:
                said[name].append(row.fields[places[name]])
        elif not seen:
            return


def _evidence(
    kind: Kind, meaning: Meaning
) -> tuple[dict[str, DateEvidence], dict[str, NumberEvidence], list[str]]:
    mapped = [field for field in kind.fields if meaning.columns.get(field.name)]
    dates = {each.name: DateEvidence() for each in mapped if each.of in DATES and not meaning.dates}
    numbers = {
        each.name: NumberEvidence() for each in mapped if each.of in NUMBERS and each.name not in RANGES
    }
    return dates, numbers, [each.name for each in mapped if each.name in ("name", "manager")]

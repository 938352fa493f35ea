"""The only place that turns rows into tables: read in chunks through Django's own cursor, written as files.

A reading sees what the open transaction sees, and never holds more than a chunk of the rows. CSV and XLSX are
for people and their spreadsheets: no text of anybody's becomes a formula there. Parquet is for programs: it
holds the text as it was said.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import islice
from math import isfinite
from typing import Any, BinaryIO, Final

from django.db.models import QuerySet

CHUNK: Final = 1_000
ROW_GROUP: Final = 10  # chunks: what a reader of Parquet takes into memory at once
ROWS_OF_A_SHEET: Final = 1_048_575  # and one for the names of the columns
LONGEST_CELL: Final = 32_767
BOM: Final = "\ufeff"  # without it Excel takes UTF-8 for the code page of the machine
FIRST_DAY_OF_EXCEL: Final = date(1900, 1, 1)
# What a spreadsheet may take for the beginning of a formula, also in the width East Asian keyboards write.
ACTIVE: Final = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
A_NUMBER: Final = re.compile(r"[+-]?\d[\d .,'’]*%?")

Row = tuple[object, ...]
Each = Callable[[list[Any]], Iterable[Any]]


class Of(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its lasting name, and where a row has its value: a path of attributes, or a function."""

    key: str
    of: Of = Of.TEXT
    read: str | Callable[[Any], object] = ""

    def reader(self) -> Callable[[Any], object]:
        """What takes the value out of a row."""
        if callable(self.read):
            return self.read
        return _along((self.read or self.key).split("."))


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it is taken along: its name, and its columns in their order."""

    name: str
    columns: tuple[Column, ...]

    def without(self, *keys: str) -> "Table":
        """The same list for somebody who may not see some of it."""
        return replace(self, columns=tuple(column for column in self.columns if column.key not in keys))

    def shown(self, show: Callable[["Words", Any], str]) -> "Table":
        """The same list with somebody's words as this reader may see them."""
        return replace(
            self,
            columns=tuple(
                replace(column, read=partial(show, column.read)) if isinstance(column.read, Words) else column
                for column in self.columns
            ),
        )

    @property
    def has_moments(self) -> bool:
        return any(column.of is Of.MOMENT for column in self.columns)


def _along(path: list[str]) -> Callable[[Any], Any]:
    def value(row: Any) -> Any:
        for name in path:
            if row is None:
                return None
            row = row[int(name)] if name.isdecimal() else getattr(row, name)
        return row

    return value


@dataclass(frozen=True, slots=True)
class Words:
    """Reads a verbatim of a row; `unit` and `by` say where it was said and who of us brought it in."""

    path: str
    unit: str = ""
    by: str = ""

    def __call__(self, row: Any) -> str:
        """The words as they were said; what was erased has none."""
        found = self.verbatim(row)
        return "" if found is None else found.text

    def verbatim(self, row: Any) -> Any:
        """The words with all that is known of them, unless they were erased."""
        found = _along(self.path.split("."))(row)
        return None if found is None or found.erased_at else found

    def where(self, row: Any) -> Any:
        return _along(self.unit.split("."))(row) if self.unit else None

    def brought_by(self, row: Any) -> Any:
        return _along(self.by.split("."))(row) if self.by else None


def words(path: str, *, unit: str = "", by: str = "") -> Words:
    """For a column of somebody's words: `read=words("verbatim", unit="unit", by="reported_by_id")`."""
    return Words(path, unit, by)


def in_chunks(rows: Iterable[Any], each: Each | None = None) -> Iterator[list[Any]]:
    """The rows as the cursor gives them, chunk by chunk; `each` makes of a chunk what is shown of it."""
    found = rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else iter(rows)
    while chunk := list(islice(found, CHUNK)):
        yield list(each(chunk)) if each else chunk


def cells(table: Table, chunks: Iterable[list[Any]]) -> Iterator[list[Row]]:
    """The values of the columns, a chunk of rows at a time."""
    readers = [column.reader() for column in table.columns]
    for chunk in chunks:
        yield [tuple(reader(row) for reader in readers) for row in chunk]


def csv_pieces(table: Table, header: list[str], chunks: Iterable[list[Row]], zone: tzinfo) -> Iterator[bytes]:
    """The table as a CSV file, piece by piece."""
    yield (BOM + _csv([header])).encode()
    for chunk in chunks:
        yield _csv(_as_text(table, row, zone) for row in chunk).encode()


def text_pieces(rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Rows of nothing but text, their header first, as a CSV file in pieces; every cell is made harmless."""
    left, mark = iter(rows), BOM
    while chunk := list(islice(left, CHUNK)):
        yield (mark + _csv([harmless(cell) for cell in row] for row in chunk)).encode()
        mark = ""


def _csv(rows: Iterable[list[str]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def _as_text(table: Table, row: Row, zone: tzinfo) -> list[str]:
    return [
        "" if value is None else _written(column.of, value, zone)
        for column, value in zip(table.columns, row, strict=True)
    ]


def _written(of: Of, value: Any, zone: tzinfo) -> str:
    match of:
        case Of.TEXT:
            return harmless(str(value))
        case Of.MOMENT:
            return str(value.astimezone(zone).isoformat(timespec="seconds"))
        case Of.DAY:
            return str(value.isoformat())
        case Of.YES_NO:
            return "yes" if value else "no"
        case Of.MONEY:
            return format(value, "f")
    return str(value)


def harmless(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would take it for a formula; -5 is a number."""
    return f"'{text}" if is_active(text) else text


def as_it_was(text: str) -> str:
    """What `harmless` made of a text, undone, for what comes in again."""
    return text[1:] if text.startswith("'") and is_active(text[1:]) else text


def is_active(text: str) -> bool:
    """Whether a spreadsheet might calculate instead of showing this."""
    return ACTIVE.match(text) is not None and A_NUMBER.fullmatch(text) is None


def write_xlsx(
    file: BinaryIO,
    table: Table,
    header: list[str],
    chunks: Iterable[list[Row]],
    zone: tzinfo,
    rows_of_a_sheet: int = ROWS_OF_A_SHEET,
) -> None:
    """The table as an Excel file: text stays text, days are days, and rows go to the disk as they come."""
    from xlsxwriter import Workbook  # heavy: only who takes rows along waits for it

    as_it_is = {f"strings_to_{what}": False for what in ("formulas", "urls", "numbers")}
    with Workbook(file, {"constant_memory": True, **as_it_is}) as book:
        sheets = _Sheets(book, table, header, zone, rows_of_a_sheet)
        for chunk in chunks:
            for row in chunk:
                sheets.add(row)
        sheets.begin_if_none()


class _Sheets:
    """The sheets of one workbook, a new one when the last is full."""

    def __init__(self, book: Any, table: Table, header: list[str], zone: tzinfo, most: int) -> None:
        self._book, self._table, self._header, self._zone, self._most = book, table, header, zone, most
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._quoted = book.add_format({"quote_prefix": True})
        self._formats = {
            Of.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
            Of.MOMENT: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            Of.MONEY: book.add_format({"num_format": "0.00"}),
        }
        self._sheet: Any = None
        self._line = 0

    def begin_if_none(self) -> None:
        """An empty list has its names of columns, too."""
        if self._sheet is None:
            self._begin()

    def add(self, row: Row) -> None:
        """One more row."""
        if self._sheet is None or self._line >= self._most:
            self._begin()
        self._line += 1
        for place, (column, value) in enumerate(zip(self._table.columns, row, strict=True)):
            if value is not None and value != "":
                self._cell(place, column.of, value)
        if self._table.has_moments:
            self._sheet.write_string(self._line, len(row), str(self._zone))

    def _begin(self) -> None:
        self._sheet, self._line = self._book.add_worksheet(), 0
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._table.columns):
            self._sheet.set_column(place, place, 48 if column.key == "words" else 16)
        for place, name in enumerate(self._header):
            self._sheet.write_string(0, place, name, self._bold)

    def _cell(self, place: int, of: Of, value: Any) -> None:
        sheet, line = self._sheet, self._line
        match of:
            case Of.WHOLE | Of.NUMBER if isfinite(value):
                sheet.write_number(line, place, value)
            case Of.MONEY:
                sheet.write_number(line, place, value, self._formats[of])
            case Of.YES_NO:
                sheet.write_boolean(line, place, value)
            case Of.DAY if value >= FIRST_DAY_OF_EXCEL:
                sheet.write_datetime(line, place, value, self._formats[of])
            case Of.MOMENT if value.date() > FIRST_DAY_OF_EXCEL:
                local = value.astimezone(self._zone).replace(tzinfo=None, microsecond=0)
                sheet.write_datetime(line, place, local, self._formats[of])
            case _:
                text = cut(value.isoformat() if isinstance(value, date) else str(value))
                # the mark Excel itself sets for a typed apostrophe: text, also after somebody edits it
                sheet.write_string(line, place, text, self._quoted if is_active(text) else None)


def cut(text: str) -> str:
    """What fits into a cell of Excel; where more was said, dots say so."""
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def write_parquet(file: BinaryIO, table: Table, chunks: Iterable[list[Row]]) -> None:
    """The table as a Parquet file: lasting names, true types, moments in UTC, text as it is."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([(column.key, _types(pa)[column.of]) for column in table.columns])
    batches = (_batch(pa, table, schema, chunk) for chunk in chunks)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(batches, ROW_GROUP)):
            writer.write_table(pa.Table.from_batches(group, schema=schema))


def _types(pa: Any) -> dict[Of, Any]:
    return {
        Of.TEXT: pa.string(),
        Of.WHOLE: pa.int64(),
        Of.NUMBER: pa.float64(),
        Of.MONEY: pa.decimal128(20, 3),
        Of.DAY: pa.date32(),
        Of.MOMENT: pa.timestamp("us", tz="UTC"),
        Of.YES_NO: pa.bool_(),
    }


def _batch(pa: Any, table: Table, schema: Any, chunk: list[Row]) -> Any:
    columns = zip(*chunk, strict=True) if chunk else [()] * len(table.columns)
    arrays = [
        pa.array([_plain(column.of, value) for value in values], schema.field(place).type)
        for place, (column, values) in enumerate(zip(table.columns, columns, strict=True))
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _plain(of: Of, value: Any) -> object:
    if value is None:
        return None
    match of:
        case Of.TEXT:
            return str(value)
        case Of.MONEY:
            return Decimal(value)
        case Of.MOMENT if isinstance(value, datetime):
            return value.astimezone(UTC)
    return value

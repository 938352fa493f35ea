"""Spreadsheets, by calamine: values and never formulas or macros, and only as much as memory allows."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .archives import Inside, damaged, looked_into, protected
from .dialects import header_line
from .table import CannotRead, Empty, HeaderOnly, How, Row, named, of_width

LOOKED_AT: Final = 100


class NoSuchSheet(CannotRead):
    """The sheet that was chosen is not there."""

    code = "no_such_sheet"


@contextmanager
def _workbook(path: Path, *, name: str):
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        book = load_workbook(path)
    except PasswordError as wrong:
        raise protected(name) from wrong
    except CalamineError as wrong:
        raise damaged(name) from wrong
    with book:
        yield book


def sheets(path: Path, *, name: str) -> tuple[str, ...]:
    """The names of the sheets that can be chosen: those with rows that are not hidden."""
    looked_into(path, name=name)
    with _workbook(path, name=name) as book:
        return tuple(each for each in _shown(book) if _sheet(book, each, name).height)


def _shown(book: Any) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    tables = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    shown = [each.name for each in tables if each.visible == SheetVisibleEnum.Visible]
    return shown or [each.name for each in tables]


def _sheet(book: Any, sheet: str, name: str) -> Any:
    from python_calamine import CalamineError, WorksheetNotFound

    try:
        return book.get_sheet_by_name(sheet)
    except WorksheetNotFound as wrong:
        raise NoSuchSheet(_("The file has no sheet “%(sheet)s”.") % {"sheet": sheet}) from wrong
    except CalamineError as wrong:
        raise damaged(name) from wrong


def guessed(path: Path, *, name: str) -> How:
    """The first sheet with rows, and the line with the names of its columns."""
    looked_into(path, name=name)
    with _workbook(path, name=name) as book:
        for each in _shown(book):
            sheet = _sheet(book, each, name)
            if sheet.height:
                line = header_line(_first(sheet))
                if _size(sheet)[0] <= line:
                    raise HeaderOnly(_("The sheet names its columns and holds no row below them."))
                return How("xlsx", sheet=each, header_line=line)
    raise Empty(_("The spreadsheet is empty: none of its sheets holds a row."))


def with_header(path: Path, how: How, *, name: str) -> How:
    """The same reading with the line of the header as it is in the sheet that was chosen."""
    looked_into(path, name=name)
    with _workbook(path, name=name) as book:
        sheet = _sheet(book, how.sheet or _shown(book)[0], name)
        return replace(how, header_line=header_line(_first(sheet)), skip=0)


def _size(sheet: Any) -> tuple[int, int]:
    """How many rows and columns there are, from the first cell of the sheet to the last that is filled."""
    return (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (1, 1)


def _first(sheet: Any) -> list[tuple[int, Sequence[str]]]:
    rows = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        rows.append((number, [as_text(cell) for cell in cells]))
        if len(rows) == LOOKED_AT:
            break
    return rows


class Sheet:
    """An open sheet. A cell that was merged over several holds its value in the first of them only."""

    def __init__(self, sheet: Any, inside: Inside, how: How, size: int) -> None:
        self._sheet, self._how = sheet, how
        self.bytes_total = size
        self._last, self._width = _size(sheet)
        self._at = 0
        self._rows = sheet.iter_rows()
        for _line in range(max(0, how.header_line - 1)):
            self._next()
        self.header = named(self._names())
        for _line in range(how.skip):
            self._next()
        self.noticed = tuple(_noticed(sheet, inside, how))

    @property
    def bytes_read(self) -> int:
        """How much of the file has been read, by the share of its rows."""
        return self.bytes_total * min(self._at, self._last) // self._last

    def _next(self) -> list[Any] | None:
        self._at += 1
        return next(self._rows, None)

    def _names(self) -> list[str]:
        if not self._how.header_line:
            return [""] * self._width
        names = [as_text(cell) for cell in self._next() or ()]
        if not any(name.strip() for name in names):
            raise Empty(_("The line with the names of the columns is empty. Choose another one."))
        width = len(names)
        while not names[width - 1].strip() and not self._holds(width - 1):
            width -= 1
        return names[:width]

    def _holds(self, place: int) -> bool:
        below = self._how.header_line
        for number, cells in enumerate(self._sheet.iter_rows()):
            if number >= below + LOOKED_AT:
                return False
            if number >= below and as_text(cells[place]).strip():
                return True
        return False

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """The rows below the header that hold anything."""
        while (cells := self._next()) is not None:
            if self._how.last_line and self._at > self._how.last_line:
                return
            if self._at <= after:
                continue
            fields = [as_text(cell) for cell in cells]
            if any(field.strip() for field in fields):
                kept, refused = of_width(fields, len(self.header))
                yield Row(self._at, self._at, kept, refused)


def _noticed(sheet: Any, inside: Inside, how: How) -> Iterator[str]:
    if inside.macros:
        yield _("The file holds macros. They were not run, and nothing of them was read.")
    below = [each for each in sheet.merged_cell_ranges or () if each[1][0] >= how.header_line]
    if below:
        yield ngettext(
            "A cell is merged over several (row %(row)s): its value counts for the first of them only.",
            "%(count)s cells are merged over several (the first in row %(row)s): a value counts for the "
            "first of them only.",
            len(below),
        ) % {"count": len(below), "row": min(each[0][0] for each in below) + 1}
    if inside.errors:
        yield ngettext(
            "A cell holds an error such as #N/A; it is read as empty.",
            "%(count)s cells hold errors such as #N/A; they are read as empty.",
            inside.errors,
        ) % {"count": inside.errors}


def as_text(cell: Any) -> str:
    """A value as a text that reads the same everywhere: ISO for days and times, numbers plain."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case float() | int():
            return repr(cell)
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            seconds = round(cell.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return ""


@contextmanager
def opened(path: Path, how: How, *, name: str) -> Iterator[Sheet]:
    """Open the sheet that was chosen."""
    inside = looked_into(path, name=name)
    with _workbook(path, name=name) as book:
        sheet = _sheet(book, how.sheet or _shown(book)[0], name)
        yield Sheet(sheet, inside, how, path.stat().st_size)

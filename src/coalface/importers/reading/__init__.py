"""Whatever lies around, as rows of text; no database, and never a whole file in memory."""

from contextlib import AbstractContextManager
from pathlib import Path

from . import delimited, dialects, objects, parquet, sheets
from .delimited import WrongEncoding, fingerprint
from .encodings import Encoding, encoding_of
from .files import Bomb, Damaged, NotAFile
from .kinds import NotATable, kind_of
from .table import CannotRead, Empty, HeaderOnly, How, Row, Table, TooManyColumns

__all__ = (
    "Bomb",
    "CannotRead",
    "Damaged",
    "Empty",
    "Encoding",
    "HeaderOnly",
    "How",
    "NotAFile",
    "NotATable",
    "Row",
    "Table",
    "TooManyColumns",
    "WrongEncoding",
    "encodings_of",
    "fingerprint",
    "guessed",
    "noticed",
    "opened",
    "pasted",
    "sheets_of",
    "with_header",
)

OPENED = {
    "csv": delimited.opened,
    "json": objects.opened,
    "jsonl": objects.opened,
    "parquet": parquet.opened,
    "xlsx": sheets.opened,
}


def guessed(path: Path, *, name: str) -> How:
    """How a file seems to be written, from its beginning; raises CannotRead where it is no table at all."""
    sample, whole = dialects.beginning(path, name=name)
    match kind_of(sample):
        case "zip" | "ole":
            return sheets.guessed(path, name=name)
        case "parquet":
            return parquet.guessed(path, name=name)
        case _ if objects.looks_like(sample, name=name):
            return objects.guessed(path, sample, name=name)
    return dialects.guessed(path, sample, whole=whole, name=name)


def opened(path: Path, how: How, *, name: str) -> AbstractContextManager[Table]:
    """Open a file for reading its rows."""
    return OPENED[how.form](path, how, name=name)


def sheets_of(path: Path, how: How, *, name: str) -> tuple[str, ...]:
    """The sheets that can be chosen; none where there are no sheets."""
    return sheets.sheets(path, name=name) if how.form == "xlsx" else ()


def encodings_of(path: Path, *, name: str) -> Encoding:
    """What speaks for the encoding of a text: words as they would read in it, and in others."""
    return encoding_of(dialects.telling(path, name=name))


def with_header(path: Path, how: How, *, name: str) -> How:
    """The same reading with the line of the header as it is then, in another sheet or between other marks."""
    match how.form:
        case "csv":
            return dialects.with_header(path, how, name=name)
        case "xlsx":
            return sheets.with_header(path, how, name=name)
    return how


def noticed(path: Path, how: How, *, name: str) -> tuple[str, ...]:
    """Sentences about what is read otherwise than one might think, and an encoding that others could be."""
    with opened(path, how, name=name) as table:
        said = list(table.noticed)
    if how.form == "csv" and not how.encoding.startswith("utf"):
        said += dialects.doubts(encodings_of(path, name=name), how)
    return tuple(said)


def pasted(text: str) -> bytes:
    """What somebody copied from a spreadsheet, as a file."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return f"{lines}\n".encode("utf-8", errors="replace")

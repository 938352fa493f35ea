"""Whatever lies around, as rows of text; no database, and never a whole file in memory."""

from contextlib import AbstractContextManager
from pathlib import Path

from . import delimited, dialects
from .delimited import WrongEncoding, fingerprint
from .files import Bomb, Damaged, NotAFile
from .table import CannotRead, Empty, HeaderOnly, How, Row, Table, TooManyColumns

__all__ = (
    "Bomb",
    "CannotRead",
    "Damaged",
    "Empty",
    "HeaderOnly",
    "How",
    "NotAFile",
    "Row",
    "Table",
    "TooManyColumns",
    "WrongEncoding",
    "fingerprint",
    "guessed",
    "opened",
    "pasted",
)


def guessed(path: Path, *, name: str) -> How:
    """How a file seems to be written, from its beginning; raises CannotRead where it is no table at all."""
    return dialects.guessed(path, name=name)


def opened(path: Path, how: How, *, name: str) -> AbstractContextManager[Table]:
    """Open a file for reading its rows."""
    return delimited.opened(path, how, name=name)


def pasted(text: str) -> bytes:
    """What somebody copied from a spreadsheet, as a file."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return f"{lines}\n".encode("utf-8", errors="replace")

"""A file as a stream of rows, each with the line it stands on, and never the whole of it in memory."""

import codecs
import csv
import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final, TextIO, cast

from django.utils.translation import gettext as _

LONGEST_FIELD: Final = 16 * 1024 * 1024
PIECE: Final = 1024 * 1024
ALSO_TRIED: Final = ("utf-8-sig", "cp1252")


class CannotRead(Exception):
    """The file or its map cannot be used as it is; the sentence says what to do."""


class Damaged(CannotRead):
    """A compressed file that ends too early or was never one."""


class WrongEncoding(CannotRead):
    """The bytes are not what the map says they are."""

    def __init__(self, *, line: int, encoding: str, better: str) -> None:
        self.line, self.better = line, better
        said = _("Line %(line)s is not written in %(encoding)s.") % {"line": line, "encoding": encoding}
        hint = _("Put encoding = “%(better)s” into the map and try again.") % {"better": better}
        super().__init__(f"{said} {hint}")


class Empty(CannotRead):
    """Not even a line with the names of the columns."""


class MissingColumns(CannotRead):
    """The first line lacks columns that the map wants; all of them are named."""

    def __init__(self, *, missing: Sequence[str], present: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            _("The file has no column “%(missing)s”. It has: %(present)s.")
            % {"missing": _("” and no column “").join(missing), "present": ", ".join(present)}
        )


class AmbiguousColumns(CannotRead):
    """The first line holds a name twice that the map wants."""

    def __init__(self, *, twice: Sequence[str]) -> None:
        self.twice = tuple(twice)
        super().__init__(_("More than one column is called “%(twice)s”.") % {"twice": "”, “".join(twice)})


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the lines it begins and ends on, and its fields or why there are none."""

    line: int
    last_line: int
    fields: tuple[str, ...] = ()
    refused: str = ""


def fingerprint(path: Path, *, encoding: str, meaning: str) -> str:
    """SHA-256 of the file and its map, after making sure that all of it can be unpacked and decoded."""
    digest = hashlib.sha256(meaning.encode())
    with path.open("rb") as raw:
        while piece := raw.read(PIECE):
            digest.update(piece)
    _decode_all(path, encoding)
    return digest.hexdigest()


def _decode_all(path: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    with _unpacked(path) as stream:
        try:
            while piece := stream.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as wrong:
            raise _wrong_encoding(path, encoding) from wrong
        except (EOFError, gzip.BadGzipFile, zlib.error) as wrong:
            raise Damaged(_("The file %(name)s is damaged or incomplete.") % {"name": path.name}) from wrong


def _wrong_encoding(path: Path, encoding: str) -> WrongEncoding:
    with _unpacked(path) as stream:
        beginning = stream.read(2)
        if beginning in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return WrongEncoding(line=1, encoding=encoding, better="utf-16")
        stream.seek(0)
        for number, line in enumerate(stream, 1):
            if not _is(line, encoding):
                better = next((each for each in ALSO_TRIED if _is(line, each)), "latin-1")
                return WrongEncoding(line=number, encoding=encoding, better=better)
    return WrongEncoding(line=1, encoding=encoding, better=ALSO_TRIED[0])


def _is(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def _unpacked(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as raw:
        yield _opened(raw, path.name)


def _opened(raw: BinaryIO, name: str) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if name.endswith(".gz") else raw


@contextmanager
def reading(path: Path, *, encoding: str, delimiter: str, wanted: Sequence[str]) -> Iterator["Reading"]:
    """Open a file and check its header; a long field is a matter of the row, not of the whole process."""
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        with (
            path.open("rb") as raw,
            io.TextIOWrapper(_opened(raw, path.name), encoding=encoding, newline="") as text,
        ):
            yield Reading(raw, text, delimiter, wanted)
    finally:
        csv.field_size_limit(before)


class Reading:
    """An open file: its header, its rows still to come, and how far we are."""

    def __init__(self, raw: BinaryIO, text: TextIO, delimiter: str, wanted: Sequence[str]) -> None:
        self._raw = raw
        self._csv = csv.reader(text, delimiter=delimiter)
        self.bytes_total = os.fstat(raw.fileno()).st_size
        self.header = self._header()
        self._check(wanted)

    @property
    def bytes_read(self) -> int:
        """How much of the file as it lies on the disk has been read."""
        return self._raw.tell()

    def _header(self) -> tuple[str, ...]:
        for fields in self._csv:
            if fields:
                return tuple(name.strip() for name in fields)
        raise Empty(_("The file is empty: its first line must name the columns."))

    def _check(self, wanted: Sequence[str]) -> None:
        if missing := [name for name in wanted if name not in self.header]:
            raise MissingColumns(missing=missing, present=self.header)
        if twice := [name for name in wanted if self.header.count(name) > 1]:
            raise AmbiguousColumns(twice=twice)

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """The records that end after a line; what cannot be read as a record is a row with a reason."""
        while True:
            first = self._csv.line_num + 1
            try:
                fields = next(self._csv)
            except StopIteration:
                return
            except csv.Error:
                fields = []
                refused = "too_long"
            else:
                refused = "" if len(fields) == len(self.header) else "wrong_number_of_columns"
                if not fields:
                    continue  # an empty line says nothing
            if self._csv.line_num > after:
                yield Row(first, self._csv.line_num, tuple(fields), refused)

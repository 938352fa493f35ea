"""Text whose columns stand between marks, as a stream of rows, never the whole of it in memory."""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from .encodings import better_than
from .files import Unpacked, broken, unpacked
from .table import CannotRead, Empty, How, Row, named, of_width

LONGEST_FIELD = 16 * 1024 * 1024
PIECE = 1024 * 1024
MOST_MENDED = 100  # so that a file of nothing but open quotes is read again that often only
LOOKED_AT = 100  # rows that say whether a column without a name holds anything


class WrongEncoding(CannotRead):
    """The bytes are not what they were said to be."""

    code = "wrong_encoding"

    def __init__(self, *, line: int, encoding: str, better: str) -> None:
        self.line, self.better = line, better
        said = _("Line %(line)s is not written in %(encoding)s.") % {"line": line, "encoding": encoding}
        hint = _("Read it as “%(better)s” and try again.") % {"better": better}
        super().__init__(f"{said} {hint}")


class _TooLong(csv.Error):
    """A line longer than anything worth keeping."""


class _Lines:
    """The lines of a text; one that is too long is passed over piece by piece."""

    def __init__(self, text: TextIO, how: How) -> None:
        self._text, self._until, self._aligned = text, how.last_line, how.delimiter == " "
        self.number = 0
        self.whole = True
        self.taken: list[str] = []  # the lines of the record that is being read
        self._again: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._until and self.number >= self._until:
            raise StopIteration
        line = self._again.pop() if self._again else self._text.readline(LONGEST_FIELD + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        if len(line) <= LONGEST_FIELD:
            self.whole = line[-1] in "\r\n"
            return collapsed(line) if self._aligned else line
        while line and line[-1] not in "\r\n":
            line = self._text.readline(PIECE)
        raise _TooLong

    def give_back(self) -> None:
        """Let all lines of the record but its first be read again."""
        rest = self.taken[1:]
        self._again += reversed(rest)
        self.number -= len(rest)


def collapsed(line: str) -> str:
    """A line whose columns are aligned by blanks, with one between two columns."""
    return " ".join(line.split()) + "\n"


class Delimited:
    """An open file of delimited text."""

    def __init__(self, source: Unpacked, text: TextIO, how: How, path: Path, name: str) -> None:
        self._source, self._how, self._path, self._name = source, how, path, name
        self._lines = _Lines(text, how)
        self._csv = csv.reader(self._lines, **dialect(how))
        self._mended = 0
        self.bytes_total = source.total
        self.noticed: tuple[str, ...] = ()
        names = self._names()
        self._early = list(islice(self._records(), LOOKED_AT))
        self.header = named(self._used(names))

    @property
    def bytes_read(self) -> int:
        """How much of the file as it lies on the disk has been read."""
        return self._source.read_so_far

    def _names(self) -> list[str] | None:
        if not self._how.header_line:
            return None
        try:
            for _line in range(self._how.header_line - 1):
                next(self._lines, None)
            names = next((fields for fields in self._csv if any(field.strip() for field in fields)), None)
            for _line in range(self._how.skip):
                next(self._csv, None)
        except UnicodeDecodeError as wrong:
            raise wrong_encoding(self._path, self._how.encoding, name=self._name) from wrong
        except csv.Error as wrong:
            raise Empty(_("The line with the names of the columns is longer than any such line.")) from wrong
        if names is None:
            self._stop_if_broken(0)
            raise Empty(_("The file is empty: its first line must name the columns."))
        return names

    def _used(self, names: list[str] | None) -> list[str]:
        """The columns that have a name or hold something."""
        if names is None:
            return [""] * max((len(fields) for _a, _b, fields, _c in self._early), default=1)
        width = len(names)
        while width and not names[width - 1].strip():
            if any(len(fields) >= width and fields[width - 1].strip() for _a, _b, fields, _c in self._early):
                break
            width -= 1
        return names[:width]

    def _records(self) -> Iterator[tuple[int, int, list[str], str]]:
        while True:
            first = self._lines.number + 1
            self._lines.taken.clear()
            try:
                fields = next(self._csv)
            except StopIteration:
                return
            except csv.Error:
                yield first, self._lines.number, [], self._never_closed() or "too_long"
                continue
            except UnicodeDecodeError as wrong:
                raise wrong_encoding(self._path, self._how.encoding, name=self._name) from wrong
            if self._source.broken and not self._lines.whole:
                return  # the line at the break may lack its end
            if reason := self._never_closed():
                yield first, first, [], reason
                continue
            if fields:  # an empty line says nothing
                yield first, self._lines.number, fields, ""

    def _never_closed(self) -> str:
        """A quote that is never closed, or by that of another row, takes its own line only.

        The lines below it are read again; a record of several lines must therefore be quoted without a slip.
        """
        lines = self._lines.taken
        if len(lines) < 2 or self._mended >= MOST_MENDED:
            return ""
        try:
            list(csv.reader(lines, **dialect(self._how), strict=True))
        except csv.Error:
            self._mended += 1
            self._lines.give_back()
            return "quote_not_closed"
        return ""

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """The records that end after a line; what cannot be read as a record is a row with a reason."""
        width, last = len(self.header), 0
        early, self._early = self._early, []
        for first, last, fields, refused in chain(early, self._records()):
            if last <= after:
                continue
            kept, uneven = ((), refused) if refused else of_width(fields, width)
            yield Row(first, last, kept, refused or uneven)
        self._stop_if_broken(last)

    def _stop_if_broken(self, line: int) -> None:
        if self._source.broken and not self._how.last_line:
            raise broken(self._name, line=line)


def dialect(how: How) -> dict[str, object]:
    """What the reader of the standard library is told."""
    quoting = csv.QUOTE_MINIMAL if how.quote else csv.QUOTE_NONE
    return {
        "delimiter": how.delimiter,
        "quotechar": how.quote or None,
        "quoting": quoting,
        "escapechar": how.escape or None,
    }


@contextmanager
def opened(path: Path, how: How, *, name: str) -> Iterator[Delimited]:
    """Open a file; a long field is a matter of the row, not of the whole process."""
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        with (
            unpacked(path, name=name) as source,
            io.TextIOWrapper(io.BufferedReader(source, PIECE), encoding=how.encoding, newline="") as text,
        ):
            yield Delimited(source, text, how, path, name)
    finally:
        csv.field_size_limit(before)


def fingerprint(path: Path, *, encoding: str, meaning: str, name: str = "") -> str:
    """SHA-256 of the file and its map, after making sure that all of it can be unpacked and decoded."""
    digest = hashlib.sha256(meaning.encode())
    with path.open("rb") as raw:
        while piece := raw.read(PIECE):
            digest.update(piece)
    if found := _first_wrong(path, encoding, name or path.name):
        raise found
    return digest.hexdigest()


def wrong_encoding(path: Path, encoding: str, *, name: str) -> CannotRead:
    """The line at which the bytes stop being what they were said to be, and what they could be."""
    return _first_wrong(path, encoding, name) or WrongEncoding(line=1, encoding=encoding, better="utf-8")


def _first_wrong(path: Path, encoding: str, name: str) -> CannotRead | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    ends = 0
    with unpacked(path, name=name) as source:
        stream = io.BufferedReader(source, PIECE)
        try:
            while piece := stream.read(PIECE):
                ends += _line_ends(decoder.decode(piece))
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as wrong:
            before = wrong.object[: wrong.start].decode(encoding, errors="ignore")
            around = wrong.object[max(0, wrong.start - 200) : wrong.end + 200]
            return WrongEncoding(
                line=ends + _line_ends(before) + 1,
                encoding=encoding,
                better=better_than(encoding, around, path),
            )
        return broken(name) if source.broken else None


def _line_ends(text: str) -> int:
    return text.count("\n") or text.count("\r")

"""A look into a spreadsheet before it is opened: what it unpacks to, how far it reaches, who locked it."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from .files import Bomb, Damaged
from .kinds import NotATable
from .table import CannotRead

MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_TIMES: Final = 200
MOST_CELLS: Final = 2_500_000
MOST_OLD: Final = 20 * 1024 * 1024
PIECE: Final = 1024 * 1024
LONGEST_TAG: Final = 64 * 1024
PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")
MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")
UNPACKED_BY: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

CELL: Final = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
ROW: Final = re.compile(rb"""<(?:\w+:)?row\b(?:[^>]*?\sr=["']([0-9]{1,9})["'])?""")
ANY_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s/>]")
ERROR: Final = re.compile(rb"""<(?:\w+:)?c\b[^>]{0,99}\st=["']e["']""")
OPEN_TAG: Final = re.compile(rb"<(?:\w+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
REPEATED: Final = re.compile(rb"""number-(?:rows|columns)-repeated=["']([0-9]{1,9})["']""")


class Protected(CannotRead):
    """Locked by a password."""

    code = "protected"


class TooLarge(CannotRead):
    """More than a spreadsheet may unpack to."""

    code = "too_large"


@dataclass(frozen=True, slots=True)
class Inside:
    """What a look into the archive found before anything is read."""

    macros: bool = False
    errors: int = 0


def looked_into(path: Path, *, name: str) -> Inside:
    """Check a spreadsheet before it is opened: sizes as declared and as they are, password, sort."""
    size = path.stat().st_size
    with path.open("rb") as raw:
        start = raw.read(8)
        if not start.startswith(b"PK"):
            return _old(raw.read(MOST_OLD + 1), name)
    try:
        with zipfile.ZipFile(path) as archive:
            return _archive(archive, size, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as wrong:
        raise damaged(name) from wrong


def damaged(name: str) -> Damaged:
    """What to say of half a spreadsheet."""
    return Damaged(_("The spreadsheet %(name)s is damaged or incomplete. Get it once more.") % {"name": name})


def protected(name: str) -> Protected:
    """What to say of one that is locked."""
    said = _("%(name)s is locked by a password. Open it, save it without the password, and try again.")
    return Protected(said % {"name": name})


def too_large(name: str) -> TooLarge:
    """What to say of one that memory would not hold."""
    said = _("%(name)s is too large for a spreadsheet. Save it as CSV: that can be of any size.")
    return TooLarge(said % {"name": name})


def _old(rest: bytes, name: str) -> Inside:
    if PROTECTED in rest:
        raise protected(name)
    if len(rest) > MOST_OLD:
        raise too_large(name)
    return Inside(macros=MACROS in rest)


def _archive(archive: zipfile.ZipFile, size: int, name: str) -> Inside:
    names = set(archive.namelist())
    _check_sort(names)
    entries = archive.infolist()
    if any(each.flag_bits & 1 for each in entries):
        raise protected(name)
    _check_size(sum(each.file_size for each in entries), size, name)
    unpacked, errors = 0, 0
    for each in entries:
        reach = _reach(each.filename)
        for piece in _real(archive, each):
            unpacked += len(piece)
            _check_size(unpacked, size, name)
            reach.see(piece)
            if reach.last_row * reach.last_column > MOST_CELLS:
                raise too_large(name)
        errors += reach.errors
    return Inside(macros="xl/vbaProject.bin" in names, errors=errors)


def _check_sort(names: set[str]) -> None:
    if "content.xml" in names or "xl/workbook.xml" in names:
        return
    if "word/document.xml" in names:
        raise NotATable(_("a written document; bring it in as a research report"))
    if "xl/workbook.bin" in names:
        raise NotATable(_("a spreadsheet in a form (.xlsb) that is not read"))
    raise NotATable(_("a packed archive; unpack it first"))


def _check_size(unpacked: int, size: int, name: str) -> None:
    if unpacked > MOST_UNPACKED:
        raise Bomb(name) if unpacked > MOST_TIMES * size else too_large(name)


def _real(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry as they unpack, however many the directory of the archive promised."""
    if entry.compress_type not in UNPACKED_BY:
        raise zipfile.BadZipFile(entry.filename)
    raw = archive.fp
    raw.seek(entry.header_offset + 26)
    lengths = raw.read(4)
    raw.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
    packed = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    left = entry.compress_size
    while left > 0 and (piece := raw.read(min(PIECE, left))):
        left -= len(piece)
        while packed and piece:
            yield packed.decompress(piece, PIECE)
            piece = packed.unconsumed_tail
        if not packed:
            yield piece


def _reach(filename: str) -> "_Reach":
    if filename.startswith("xl/worksheets/"):
        return _ReachOfXlsx()
    return _ReachOfOds() if filename == "content.xml" else _Reach()


class _Reach:
    """How far the cells of a sheet reach, for which room is made at once; seen piece by piece."""

    def __init__(self) -> None:
        self._rest = b""
        self.last_row = self.last_column = self.errors = 0

    def see(self, piece: bytes) -> None:
        """Take one more piece into account; what is no sheet reaches nowhere."""

    def _whole(self, piece: bytes) -> bytes:
        """The tags that are whole; the beginning of another one waits for its rest."""
        text = self._rest + piece
        if b"\0" in text[:64]:
            raise zipfile.BadZipFile("not UTF-8")
        cut = text.rfind(b"<")
        cut = cut if cut > 0 and len(text) - cut < LONGEST_TAG else len(text)
        self._rest = text[cut:]
        return text[:cut]


class _ReachOfXlsx(_Reach):
    """Rows and cells say where they are, or follow the one before."""

    def __init__(self) -> None:
        super().__init__()
        self._row = self._cells = 0

    def see(self, piece: bytes) -> None:
        whole = self._whole(piece)
        for letters, row in set(CELL.findall(whole)):
            self.last_row = max(self.last_row, int(row))
            self.last_column = max(self.last_column, _place(letters))
        at = 0
        for found in ROW.finditer(whole):
            self._count(len(ANY_CELL.findall(whole, at, found.start())))
            self._row = int(found[1]) if found[1] else self._row + 1
            self._cells, at = 0, found.end()
        self._count(len(ANY_CELL.findall(whole, at)))
        self.errors += len(ERROR.findall(whole))

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells:
            self.last_row = max(self.last_row, self._row)
            self.last_column = max(self.last_column, self._cells)


class _ReachOfOds(_Reach):
    """Rows and cells follow each other, and one can stand for many."""

    def __init__(self) -> None:
        super().__init__()
        self._row = self._column = 0

    def see(self, piece: bytes) -> None:
        for found in OPEN_TAG.finditer(self._whole(piece)):
            repeated = REPEATED.search(found[2])
            times = int(repeated[1]) if repeated else 1
            if found[1] == b"table":
                self._row = self._column = 0
            elif found[1] == b"table-row":
                self._row, self._column = self._row + times, 0
            else:
                self._column += times
                if b"value-type" in found[2] or not found[2].endswith(b"/"):
                    self.last_row = max(self.last_row, self._row)
                    self.last_column = max(self.last_column, self._column)


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place

"""The bytes of a file as they are meant: unpacked, measured, and never more of them than is sensible."""

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from .table import CannotRead

GZIP: Final = b"\x1f\x8b"
MOST_TIMES: Final = 200
UNPACKED_UNASKED: Final = 256 * 1024 * 1024


class Damaged(CannotRead):
    """A file that ends too early or holds what cannot be; `line` is the last one that is whole."""

    code = "damaged"

    def __init__(self, said: str, *, line: int = 0) -> None:
        self.line = line
        super().__init__(said)


class NotAFile(CannotRead):
    """A folder, a device, or nothing."""

    code = "not_a_file"


class Bomb(CannotRead):
    """A small file that would unpack to something huge."""

    code = "bomb"

    def __init__(self, name: str) -> None:
        said = _(
            "%(name)s unpacks to more than %(times)s times its size, which no table of words does; it was "
            "not read. Unpack it yourself and look at what is in it."
        )
        super().__init__(said % {"name": name, "times": MOST_TIMES})


class Unpacked(io.RawIOBase):
    """The bytes of a file, through gzip where it is packed; remembers whether the packing was broken."""

    def __init__(self, raw: BinaryIO, name: str) -> None:
        self._raw, self._name = raw, name
        self.total = os.fstat(raw.fileno()).st_size
        start = raw.read(2)
        raw.seek(0)
        packed = start == GZIP or name.lower().endswith(".gz")
        self._gzip = gzip.GzipFile(fileobj=raw) if packed else None
        self.broken = False
        self.given = 0

    @property
    def read_so_far(self) -> int:
        """How much of the file as it lies on the disk has been read."""
        return min(self._raw.tell(), self.total)

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, room) -> int:
        """As many bytes as fit; a broken archive ends where it breaks."""
        if not self._gzip:
            given = self._raw.readinto(room)  # type: ignore[attr-defined]
            self.given += given
            return given
        try:
            piece = self._gzip.read1(len(room))
        except (EOFError, gzip.BadGzipFile, zlib.error):
            self.broken = True
            return 0
        self.given += len(piece)
        if self.given > max(UNPACKED_UNASKED, MOST_TIMES * self.total):
            raise Bomb(self._name)
        room[: len(piece)] = piece
        return len(piece)


@contextmanager
def unpacked(path: Path, *, name: str) -> Iterator[Unpacked]:
    """Open a file for reading its bytes."""
    if not path.is_file():
        raise NotAFile(_("%(name)s is no file. Choose one file to read.") % {"name": name})
    with path.open("rb") as raw:
        yield Unpacked(raw, name)


def broken(name: str, *, line: int = 0) -> Damaged:
    """What to say where an archive breaks off."""
    said = _("The file %(name)s is damaged or incomplete.") % {"name": name}
    if line:
        said += " " + _("It can be read up to line %(line)s. Get it once more, or take in what is whole.") % {
            "line": f"{line:,}"
        }
    else:
        said += " " + _("Get it once more.")
    return Damaged(said, line=line)

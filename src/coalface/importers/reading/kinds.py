"""What sort of file this is, by its first bytes rather than by its name; what is no table is told apart."""

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .table import CannotRead

ZIP, PARQUET, OLE = b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLES: Final = {ZIP: "zip", PARQUET: "parquet", OLE: "ole"}
PICTURE: Final = gettext_noop("a picture")
PACKED: Final = gettext_noop("a packed archive; unpack it first")
OTHERS: Final = (
    (b"%PDF", gettext_noop("a PDF; where its words matter, bring it in as a research report")),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"RIFF", gettext_noop("a picture, sound or film")),
    (b"ID3", gettext_noop("a sound recording")),
    (b"OggS", gettext_noop("a sound recording")),
    (b"Rar!", PACKED),
    (b"7z\xbc\xaf", PACKED),
    (b"BZh", PACKED),
    (b"\xfd7zXZ", PACKED),
    (b"\x28\xb5\x2f\xfd", PACKED),
    (b"SQLite format 3", gettext_noop("a database")),
    (b"{\\rtf", gettext_noop("a written document")),
    (b"\x7fELF", gettext_noop("a program")),
    (b"MZ", gettext_noop("a program")),
)
HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html|<head|<body|<table|<meta)", re.IGNORECASE
)
XML: Final = re.compile(rb"\s*<\?xml")
CONTROLS: Final = frozenset(range(32)) - {9, 10, 12, 13, 26, 27}


class NotATable(CannotRead):
    """A file of another sort altogether."""

    code = "not_a_table"

    def __init__(self, what: str) -> None:
        said = _(
            "This is %(what)s, not a table. CSV, XLSX, JSON lines and Parquet can be read: save it as one of "
            "them."
        )
        super().__init__(said % {"what": what})


def kind_of(sample: bytes) -> str:
    """`text`, `zip`, `ole` or `parquet`; anything else is refused by its name."""
    for mark, kind in TABLES.items():
        if sample.startswith(mark):
            return kind
    for mark, what in OTHERS:
        if sample.startswith(mark) and not (mark == b"MZ" and _is_text(sample)):
            raise NotATable(_(what))
    if HTML.match(sample.removeprefix(b"\xef\xbb\xbf")):
        raise NotATable(_("a page of the web; open it in a spreadsheet"))
    if XML.match(sample):
        raise NotATable(_("XML"))
    if not _is_text(sample):
        raise NotATable(_("something that is not text"))
    return "text"


def _is_text(sample: bytes) -> bool:
    """Whether hardly any byte is one that no text has; UTF-16 is full of NUL but of nothing else."""
    some = sample[:65_536]
    if some[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return True
    nul = some.count(0)
    odd = sum(map(some.count, (bytes([each]) for each in CONTROLS if each)))
    wide = nul > 0.3 * len(some)
    few = max(4, len(some) // 50)
    return odd <= few and (nul <= few or (wide and _alternates(some)))


def _alternates(some: bytes) -> bool:
    even, odd = some[0::2].count(0), some[1::2].count(0)
    return min(even, odd) <= 0.1 * max(even, odd)

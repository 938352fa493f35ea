"""The file of a run by a map: opened as the map says, with the columns that it wants."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from coalface.importers.reading import (
    CannotRead,
    Damaged,
    Empty,
    How,
    Row,
    Table,
    WrongEncoding,
    fingerprint,
    opened,
)

__all__ = (
    "AmbiguousColumns",
    "CannotRead",
    "Damaged",
    "Empty",
    "MissingColumns",
    "Row",
    "WrongEncoding",
    "fingerprint",
    "reading",
)


class MissingColumns(CannotRead):
    """The first line lacks columns that the map wants; all of them are named."""

    code = "missing_columns"

    def __init__(self, *, missing: Sequence[str], present: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            _("The file has no column “%(missing)s”. It has: %(present)s.")
            % {"missing": _("” and no column “").join(missing), "present": ", ".join(present)}
        )


class AmbiguousColumns(CannotRead):
    """The first line holds a name twice that the map wants."""

    code = "ambiguous_columns"

    def __init__(self, *, twice: Sequence[str]) -> None:
        self.twice = tuple(twice)
        super().__init__(_("More than one column is called “%(twice)s”.") % {"twice": "”, “".join(twice)})


@contextmanager
def reading(path: Path, *, encoding: str, delimiter: str, wanted: Sequence[str]) -> Iterator[Table]:
    """Open a file and check its header."""
    how = How("csv", encoding=encoding, delimiter=delimiter)
    with opened(path, how, name=path.name) as table:
        _check(table.header, wanted)
        yield table


def _check(header: Sequence[str], wanted: Sequence[str]) -> None:
    if missing := [name for name in wanted if name not in header]:
        raise MissingColumns(missing=missing, present=header)
    if twice := [name for name in wanted if f"{name} (2)" in header]:
        raise AmbiguousColumns(twice=twice)

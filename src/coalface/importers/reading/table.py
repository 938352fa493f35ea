"""What every format comes to: a header, and rows of text that know their lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _

MOST_COLUMNS: Final = 2_000


class CannotRead(Exception):
    """The file or its map cannot be used as it is; the sentence says what to do, the code what it was."""

    code = "cannot_read"


class Empty(CannotRead):
    """Not even a line with the names of the columns."""

    code = "empty"


class HeaderOnly(CannotRead):
    """The names of the columns, and nothing below them."""

    code = "header_only"


class TooManyColumns(CannotRead):
    """More columns than anybody has named; most often the mark between them is another one."""

    code = "too_many_columns"


@dataclass(frozen=True, slots=True)
class How:
    """How a file is written; kept with the import, so that every reading of it is the same.

    `header_line` 0 says that no line names the columns; `skip` lines below the header are no rows;
    a `last_line` above 0 ends the reading there, for what stands before the place where a file broke off.
    """

    form: str
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    sheet: str = ""
    header_line: int = 1
    skip: int = 0
    last_line: int = 0
    columns: tuple[str, ...] = ()  # the keys of JSON, which no one line names

    def as_json(self) -> dict[str, Any]:
        """For a field of JSON."""
        return asdict(self) | {"columns": list(self.columns)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "How":
        """From a field of JSON; keys that are not known are left out."""
        known = {each.name for each in fields(cls)}
        given = {key: value for key, value in kept.items() if key in known}
        return cls(**given | {"columns": tuple(given.get("columns", ()))})


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the lines it begins and ends on, and its fields or why there are none.

    Lines are those of an editor for text, those at the left edge of a sheet; for Parquet rows are counted.
    """

    first_line: int
    last_line: int
    fields: tuple[str, ...] = ()
    refused: str = ""


class Table(Protocol):
    """An open file: its header, its rows still to come, and how far we are."""

    header: tuple[str, ...]
    noticed: tuple[str, ...]  # sentences about what was read otherwise than one might think
    bytes_total: int

    @property
    def bytes_read(self) -> int:
        """How much of the file as it lies on the disk has been read."""

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """The records that end after a line, in order; can be asked for once."""


def named(header: Sequence[str]) -> tuple[str, ...]:
    """Names for all columns, each once: an empty one is “Column 7”, a second “Date” is “Date (2)”."""
    if len(header) > MOST_COLUMNS:
        raise TooManyColumns(
            _(
                "The file has %(count)s columns; at most %(most)s can be read. Keep the columns you need, or "
                "look whether another mark stands between them."
            )
            % {"count": f"{len(header):,}", "most": f"{MOST_COLUMNS:,}"}
        )
    given: dict[str, None] = {}
    for place, name in enumerate(header, 1):
        bare = " ".join(name.replace("\0", "").split()) or f"Column {place}"  # the same in every language
        name, copy = bare, 1
        while name in given:
            copy += 1
            name = f"{bare} ({copy})"
        given[name] = None
    return tuple(given)


def of_width(fields: Sequence[str], width: int) -> tuple[tuple[str, ...], str]:
    """The fields of a row as wide as the header, or why they are not; empty ones too many are cut off."""
    if len(fields) == width:
        return tuple(fields), ""
    if len(fields) > width and not any(field.strip() for field in fields[width:]):
        return tuple(fields[:width]), ""
    return tuple(fields[: width + 1]), "wrong_number_of_columns"

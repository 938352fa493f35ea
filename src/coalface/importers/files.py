"""The file of a run: where it lies, and its rows in thousands with a meaning."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from coalface.records.models import ImportRun

from .cells import Cells
from .kinds import KINDS
from .mapping import Mapping
from .reading import CannotRead, How, Row, Table, opened
from .rows import Given, Kind

AT_ONCE: Final = 1_000
LETTERS_AT_ONCE: Final = 4_000_000
FOLDER: Final = "imports"


class FileGone(CannotRead):
    """The upload was removed; the file has to be chosen again."""


class Unchosen(CannotRead):
    """Nobody said yet which column means what."""


def folder() -> Path:
    """Where uploads lie."""
    return settings.HOME / FOLDER


def path_of(run: ImportRun) -> Path:
    """Where the file of a run lies."""
    path = folder() / run.stored_as
    if not run.stored_as or not path.is_file():
        raise FileGone(run.file_name)
    return path


def how_of(run: ImportRun) -> How:
    """How the file is read."""
    return How.from_json(run.reading)


@contextmanager
def table_of(run: ImportRun, path: Path | None = None) -> Iterator[Table]:
    """The open file of a run."""
    with opened(path or path_of(run), how_of(run), name=run.file_name) as table:
        yield table


@dataclass(slots=True)
class Open:
    """A run's file, open, with everything that gives its rows a meaning."""

    kind: Kind
    meaning: Mapping
    table: Any
    cells: Cells
    rows: Any

    def chunks(self, *, after: int = 0) -> Iterator[list[Row]]:
        """Its rows, up to a thousand at once; where the file breaks off, those before it come first."""
        chunk: list[Row] = []
        letters = 0
        try:
            for row in self.table.rows(after=after):
                chunk.append(row)
                letters += sum(map(len, row.fields))
                if len(chunk) == AT_ONCE or letters > LETTERS_AT_ONCE:
                    yield chunk
                    chunk, letters = [], 0
        except CannotRead:
            if chunk:
                yield chunk
            raise
        if chunk:
            yield chunk

    def given(self, chunk: Sequence[Row], mended: frozenset[int] = frozenset()) -> list[Given]:
        """What the rows of a chunk say, and what is there of them."""
        given = [self.cells.given(row, mended=row.first_line in mended) for row in chunk]
        self.rows.look_up(given)
        return given


@contextmanager
def opened_with_meaning(run: ImportRun, now: datetime, path: Path | None = None) -> Iterator[Open]:
    """A run's file, ready to be understood."""
    kind, meaning = KINDS[run.kind], Mapping.of(run.mapping)
    with table_of(run, path) as table:
        cells = Cells(kind, meaning, table.header)
        rows: Any = kind.rows(meaning, cells.columns, now)
        if kind.reads_ahead:
            with table_of(run, path) as ahead:
                rows.read_ahead(cells.given(row) for row in ahead.rows())
        yield Open(kind, meaning, table, cells, rows)

"""Parquet, a batch of rows at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from .files import Damaged
from .sheets import as_text
from .table import CannotRead, Empty, How, Row, named

AT_ONCE: Final = 500


class Nested(CannotRead):
    """Columns that hold lists or tables of their own."""

    code = "nested"


def guessed(path: Path, *, name: str) -> How:
    """There is one way to read it; looked into so that what cannot be read says so at once."""
    with opened(path, How("parquet", header_line=0), name=name) as table:
        if not table.header:
            raise Empty(_("The file has no columns."))
    return How("parquet", encoding="", delimiter="", quote="", header_line=0)


class Columns:
    """An open file of Parquet; its lines are its rows, counted from 1."""

    def __init__(self, file: Any, how: How, size: int) -> None:
        self._file, self._how = file, how
        self.header = named(file.schema_arrow.names)
        self.noticed: tuple[str, ...] = ()
        self.bytes_total = size
        self._rows = max(1, file.metadata.num_rows)
        self._at = 0

    @property
    def bytes_read(self) -> int:
        """How much of the file has been read, by the share of its rows."""
        return self.bytes_total * min(self._at, self._rows) // self._rows

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """The rows after a number of them; whole groups before that are not touched."""
        groups, self._at = self._groups(after)
        batches = self._file.iter_batches(batch_size=AT_ONCE, row_groups=groups, use_threads=False)
        for batch in batches if groups else ():
            for fields in zip(*(_texts(column) for column in batch.columns), strict=True):
                self._at += 1
                if self._how.last_line and self._at > self._how.last_line:
                    return
                if self._at > after:
                    yield Row(self._at, self._at, fields)

    def _groups(self, after: int) -> tuple[list[int], int]:
        groups, before = list(range(self._file.num_row_groups)), 0
        while groups and before + (rows := self._file.metadata.row_group(groups[0]).num_rows) <= after:
            before += rows
            groups.pop(0)
        return groups, before


def _texts(column: Any) -> list[str]:
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_float32(column.type) or pa.types.is_float16(column.type):
        return [_short(value) for value in column.to_pylist()]
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return [_text(value) for value in column.to_pylist()]


def _short(value: float | None) -> str:
    return "" if value is None or value != value else as_text(float(f"{value:.7g}"))


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, float) and value != value:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return as_text(value) or ("" if value is None else str(value))


@contextmanager
def opened(path: Path, how: How, *, name: str) -> Iterator[Columns]:
    """Open a file of Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            _refuse_nested(file.schema_arrow)
            yield Columns(file, how, path.stat().st_size)
    except (pa.ArrowException, OSError) as wrong:
        raise Damaged(_("The file %(name)s is damaged or incomplete.") % {"name": name}) from wrong


def _refuse_nested(schema: Any) -> None:
    import pyarrow as pa

    nested = [field.name for field in schema if pa.types.is_nested(field.type)]
    if nested:
        raise Nested(
            _("The columns %(columns)s hold lists or tables. Write them as text, or leave them out.")
            % {"columns": ", ".join(f"“{name}”" for name in nested)}
        )

"""How far a run is, and what became of its rows so far."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coalface.records.models import ImportRun

from .reading import Table
from .rows import Given


@dataclass(frozen=True, slots=True)
class Progress:
    """Bytes of the file as it lies on the disk; lines and rows of all attempts together."""

    line: int = 0
    bytes_read: int = 0
    bytes_total: int = 0
    rows: int = 0
    taken_in: int = 0
    changed: int = 0
    already_there: int = 0
    refused: int = 0

    @classmethod
    def of(cls, run: ImportRun, table: Table) -> "Progress":
        """Where a run stands, and where its open file does."""
        names = ("line", "rows", "taken_in", "changed", "already_there", "refused")
        return cls(**{name: getattr(run, name) for name in names}).read(table)

    def read(self, table: Table) -> "Progress":
        """With the bytes of an open file."""
        return replace(self, bytes_read=table.bytes_read, bytes_total=table.bytes_total)

    def after(self, rows: Sequence[Given], *, changes: bool = True) -> "Progress":
        """With the rows of one more chunk; changes that are not wanted are there already."""
        refused = sum(bool(row.problems) for row in rows)
        changed = sum(changes and row.changes and not row.problems and not row.twin for row in rows)
        there = sum((row.record is not None or row.twin) and not row.problems for row in rows) - changed
        return replace(
            self,
            rows=self.rows + len(rows),
            refused=self.refused + refused,
            changed=self.changed + changed,
            already_there=self.already_there + there,
            taken_in=self.taken_in + len(rows) - refused - changed - there,
        )


def nobody(progress: Progress) -> None:
    """Nobody wants to know."""


def never() -> bool:
    """Nobody stops it."""
    return False

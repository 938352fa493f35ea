"""What the pages and the console say about a run; words of its rows are read from the file, never stored."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from coalface.records.models import ImportedRow, ImportRun, RefusedRow, SavedMapping
from coalface.records.tables import Column, Of, Table

from .files import FileGone, opened_with_meaning, path_of, table_of
from .mapping import digest_of
from .reading import Row
from .traces import as_json

FIVE: Final = 5

RUNS = Table(
    "imports",
    (
        Column("id", Of.WHOLE),
        Column("kind"),
        Column("source"),
        Column("file", read="file_name"),
        Column("started_at", Of.MOMENT),
        Column("rows", Of.WHOLE),
        Column("taken_in", Of.WHOLE),
        Column("changed", Of.WHOLE),
        Column("already_there", Of.WHOLE),
        Column("refused", Of.WHOLE),
        Column("ended_at", Of.MOMENT),
        Column("undone_at", Of.MOMENT),
    ),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """The columns of a file and some real rows."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bad:
    """A refused row with its words: `written` stands in the column, `proposed` is what mending would give."""

    row: RefusedRow
    written: str
    proposed: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a row of the file would make different: per field what is there and what would be."""

    line: int
    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """How many rows were refused for a reason, how many of them a mending would save, how many it did."""

    reason: str
    column: str
    mending: str
    rows: int
    mended: int


def runs(*, kinds: Sequence[str]) -> QuerySet[ImportRun]:
    """Readings of these kinds, the newest first."""
    return ImportRun.objects.filter(kind__in=kinds).select_related("by").order_by("-started_at", "-id")


def waiting() -> ImportRun | None:
    """The next run that somebody let in and that is not in yet, of those whose file is kept."""
    approved = ImportRun.objects.filter(approved_at__isnull=False, ended_at=None, undo_began_at=None)
    return approved.exclude(stored_as="").order_by("approved_at", "id").first()


def untried() -> ImportRun | None:
    """The next run whose columns somebody chose and that was not tried out yet."""
    chosen = ImportRun.objects.filter(mapping__chosen=True, tried_at=None, approved_at=None, ended_at=None)
    return chosen.exclude(stored_as="").order_by("started_at", "id").first()


def half_undone() -> ImportRun | None:
    """The next run whose undoing was begun and is not done."""
    return (
        ImportRun.objects.filter(undo_began_at__isnull=False, undone_at=None)
        .order_by("undo_began_at", "id")
        .first()
    )


def five_rows(run: ImportRun, *, most: int = FIVE, path: Path | None = None) -> Sample:
    """The columns with the first rows that can be read."""
    with table_of(run, path) as table:
        rows = (row for row in table.rows() if not row.refused)
        return Sample(table.header, tuple(islice(rows, most)))


def reasons(run: ImportRun) -> list[Reason]:
    """Why rows were refused, the most frequent first."""
    rows = RefusedRow.objects.filter(run=run).order_by().values("reason", "column", "mending")

    counted = rows.annotate(rows=Count("pk"), taken=Count("pk", filter=Q(mended=True)))
    return [
        Reason(each["reason"], each["column"], each["mending"], each["rows"], each["taken"])
        for each in counted.order_by("-rows", "reason", "column", "mending")
    ]


def refused(
    run: ImportRun,
    *,
    now: datetime,
    after: int = 0,
    most: int = 50,
    reason: str = "",
    path: Path | None = None,
) -> list[Bad]:
    """Rows that were refused after a line, with what the file says; without the file, without words."""
    rows = RefusedRow.objects.filter(run=run, line__gt=after).order_by("line", "id")
    if reason:
        rows = rows.filter(reason=reason)
    wanted = {row.line: row for row in rows[:most]}
    said: dict[int, Bad] = {}
    with suppress(FileGone):
        said = {bad.row.line: bad for bad in _read(run, wanted, now, path)}
    return [said.get(line, Bad(row, "", "", ())) for line, row in wanted.items()]


def _read(
    run: ImportRun, wanted: Mapping[int, RefusedRow], now: datetime, path: Path | None
) -> Iterator[Bad]:
    if not wanted:
        return
    with opened_with_meaning(run, now, path) as file:
        found = []
        for row in file.table.rows(after=min(wanted) - 1):
            if row.first_line in wanted:
                found.append(row)
            if row.first_line >= max(wanted):
                break
        for row, given in zip(found, file.given(found), strict=True):
            kept = wanted[row.first_line]
            at = file.table.header.index(kept.column) if kept.column in file.table.header else None
            written = row.fields[at] if at is not None and at < len(row.fields) else ""
            proposed = next((each.proposed for each in given.problems if each.mending == kept.mending), "")
            yield Bad(kept, written, proposed, row.fields)


def refused_rows(run: ImportRun, *, path: Path | None = None) -> Iterator[tuple[str, ...]]:
    """All rows that were refused and not mended, under their header, with the reason as one more column."""
    rows = RefusedRow.objects.filter(run=run, mended=False)
    wanted = dict(rows.values_list("line", "reason"))
    with table_of(run, path) as table:
        yield (*table.header, "reason")
        width = len(table.header)
        for row in table.rows():
            if row.first_line in wanted:
                fields = (*row.fields, *("" for _missing in range(width)))[:width]
                yield (*fields, wanted[row.first_line])


def changes(
    run: ImportRun, *, now: datetime, after: int = 0, most: int = 50, path: Path | None = None
) -> list[Change]:
    """What the file would make different, from a line on, as it stands now."""
    found: list[Change] = []
    with opened_with_meaning(run, now, path) as file:
        for chunk in file.chunks(after=after):
            for row in file.given(chunk):
                if row.changes and not row.problems:
                    before, after_ = dict(row.before), dict(row.after)
                    for _record, was, becomes in row.beside:
                        before, after_ = before | was, after_ | becomes
                    shown = [
                        {name: _shown(value) for name, value in each.items()} for each in (before, after_)
                    ]
                    found.append(Change(row.line, str(row.record), *shown))
                    if len(found) == most:
                        return found
    return found


def _shown(value: Any) -> Any:
    return str(value) if hasattr(value, "pk") else as_json(value)


def kept(run: ImportRun) -> list[tuple[str, str, int]]:
    """What undoing left as it was: what kind of record, why, and how many."""
    rows = ImportedRow.objects.filter(run=run).exclude(kept="").order_by().values("about_type", "kept")
    counted = rows.annotate(count=Count("pk")).order_by("about_type", "kept")
    return [(each["about_type"], each["kept"], each["count"]) for each in counted]


def file_is_there(run: ImportRun) -> bool:
    """Whether the words of the rows can still be shown."""
    try:
        path_of(run)
    except FileGone:
        return False
    return True


def remembered(run: ImportRun) -> bool:
    """Whether somebody chose the columns of such a list before, and the run understands it so."""
    header = digest_of(run.reading.get("header", ()))
    return SavedMapping.objects.filter(kind=run.kind, header=header, saved_at__lt=run.started_at).exists()

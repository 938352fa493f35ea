"""Trying a file out: every row is understood and counted, what is wrong is listed, nothing is taken in."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import ImportRun, RefusedRow

from ..files import Open, opened_with_meaning, table_of
from ..kinds import KINDS
from ..mapping import Mapping
from ..progress import Progress, never, nobody
from ..readers import looked_at
from ..reading import CannotRead
from ..rows import Given


class Overtaken(Exception):
    """Somebody chose other columns, let the rows in or put the file away while it was tried."""


class Seen:
    """Which identities a file has shown, and with which content; on the disk, however long the file is."""

    def __init__(self) -> None:
        self._held = sqlite3.connect("")
        self._held.execute("CREATE TABLE seen (id INTEGER PRIMARY KEY, content INTEGER) WITHOUT ROWID")

    def close(self) -> None:
        """Let go of it."""
        self._held.close()

    def again(self, rows: Sequence[tuple[str, str]]) -> list[str]:
        """For each identity and content: "" the first time, "same" or "other" when it was there before."""
        said = []
        for identity, content in rows:
            if not identity:
                said.append("")
                continue
            key, mark = _number(identity), _number(content)
            new = self._held.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, mark)).rowcount
            if new:
                said.append("")
                continue
            (before,) = self._held.execute("SELECT content FROM seen WHERE id = ?", (key,)).fetchone()
            said.append("same" if before == mark else "other")
        return said


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def try_out(
    *,
    run: ImportRun,
    now: datetime,
    path: Path | None = None,
    progress: Callable[[Progress], object] = nobody,
    stop: Callable[[], bool] = never,
) -> ImportRun:
    """Look at whole columns first, then at every row; the run then counts what would become of them.

    Where the file breaks off, `failure` says so and the rows before it are counted. Stopped, it begins anew.
    """
    return tried_out(run=run, now=now, path=path, progress=progress, stop=stop)[0]


def tried_out(
    *,
    run: ImportRun,
    now: datetime,
    path: Path | None = None,
    progress: Callable[[Progress], object] = nobody,
    stop: Callable[[], bool] = never,
) -> tuple[ImportRun, CannotRead | None]:
    """The same, with what to tell whoever looks on where the file breaks off."""
    counts, broken = Progress(), None
    try:
        _begin(run=run)
        run = _decide(run=run, path=path, stop=stop)
        with opened_with_meaning(run, now, path) as file, closing(Seen()) as seen:
            for given, line in _understood(run, file, seen):
                counts = replace(counts, line=line).read(file.table)
                counts = _write_down(run=run, given=given, counts=counts)
                progress(counts)
                if stop():
                    return run, None
    except CannotRead as why:
        broken = why
    except Overtaken:
        return ImportRun.objects.get(pk=run.pk), None
    try:
        return _finish(run=run, counts=counts, failure=broken.code if broken else "", now=now), broken
    except Overtaken:
        return ImportRun.objects.get(pk=run.pk), None


def _still_ours(*, run: ImportRun) -> ImportRun:
    """The run, locked, if nobody has gone on with it: what a trial finds is worth nothing after that."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.approved_at or locked.ended_at or locked.fingerprint != run.fingerprint:
        raise Overtaken(run.pk)
    return locked


@transaction.atomic
def _begin(*, run: ImportRun) -> None:
    _still_ours(run=run)
    RefusedRow.objects.filter(run=run, mended=False).delete()


def _decide(*, run: ImportRun, path: Path | None, stop: Callable[[], bool]) -> ImportRun:
    meaning = Mapping.of(run.mapping)
    with table_of(run, path) as table:
        decided = looked_at(KINDS[run.kind], meaning, table, stop)
    return _decided(run=run, meaning=replace(meaning, decided=decided))


@transaction.atomic
def _decided(*, run: ImportRun, meaning: Mapping) -> ImportRun:
    locked = _still_ours(run=run)
    locked.mapping = meaning.as_json()
    locked.save(update_fields=["mapping"])
    return locked


def _understood(run: ImportRun, file: Open, seen: Seen) -> Iterator[tuple[list[Given], int]]:
    for chunk in file.chunks():
        first, last = chunk[0].first_line, chunk[-1].first_line
        mended = RefusedRow.objects.filter(run=run, mended=True, line__range=(first, last))
        given = file.given(chunk, frozenset(mended.values_list("line", flat=True)))
        keys = [(file.rows.identity(row) if row.values else "", repr(row.values)) for row in given]
        for row, again in zip(given, seen.again(keys), strict=True):
            row.twin = again == "same"
            if again == "other" and not row.problems:
                file.rows.twice(row)
        yield given, chunk[-1].last_line


@transaction.atomic
def _write_down(*, run: ImportRun, given: Sequence[Given], counts: Progress) -> Progress:
    _still_ours(run=run)
    RefusedRow.objects.bulk_create(_refusals(run, given), ignore_conflicts=True)
    counts = counts.after(given)
    ImportRun.objects.filter(pk=run.pk).update(rows=counts.rows, line=counts.line)
    return counts


@transaction.atomic
def _finish(*, run: ImportRun, counts: Progress, failure: str, now: datetime) -> ImportRun:
    locked = _still_ours(run=run)
    locked.tried_at, locked.failure = now, failure
    locked.rows, locked.line = counts.rows, counts.line
    locked.taken_in, locked.changed = counts.taken_in, counts.changed
    locked.already_there, locked.refused = counts.already_there, counts.refused
    locked.save()
    note("import.tried", about=locked, by=locked.by, at=now, rows=counts.rows, refused=counts.refused)
    return locked


def _refusals(run: ImportRun, given: Sequence[Given]) -> list[RefusedRow]:
    """The rows of a chunk that cannot be used: where and why, never what they say."""
    return [
        RefusedRow(
            run=run, line=row.line, column=problem.column, reason=problem.reason, mending=problem.mending
        )
        for row in given
        if (problem := row.refused)
    ]

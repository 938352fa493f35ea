"""Taking an approved file in, a thousand rows at a time: stopped anywhere, it goes on where it stood."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import DataError, IntegrityError, transaction

from coalface.records.history import note
from coalface.records.models import ImportedRow, ImportRun, Person, RefusedRow

from ..files import Open, opened_with_meaning
from ..progress import Progress, never, nobody
from ..reading import CannotRead, Row
from ..rows import Given
from ..traces import as_json
from .beginning import forget_file
from .holding import somebody_went

LOOKS: Final = 3
OF_THE_WHOLE_FILE: Final = ("id_twice", "two_of_one_name")


class SomebodyElseCarries(CannotRead):
    """Another process takes in the same file at the same time, or the run ended meanwhile."""

    code = "somebody_else"


class Carrying:
    """An approved run with its file open, so that a worker goes on with it between its other rounds."""

    def __init__(self, *, run: ImportRun, now: datetime, path: Path | None = None) -> None:
        self.run, self._path = run, path
        self._stack = ExitStack()
        self._file = self._stack.enter_context(opened_with_meaning(run, now, path))
        self._chunks = self._file.chunks(after=run.line)

    def __enter__(self) -> "Carrying":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return Progress.of(self.run, self._file.table)

    def go_on(self, *, now: datetime) -> bool:
        """Take in the next thousand rows; False where there are none: the run has ended then."""
        try:
            chunk = next(self._chunks, None)
        except CannotRead as broken:
            self.run = give_up(run=self.run, code=broken.code, by=self.run.by, now=now)
            return False
        if chunk is None:
            self._finish(now)
            self.run = _end(run=self.run, now=now)
            return False
        try:
            self.run = _take_in(run=self.run, chunk=chunk, file=self._file, now=now)
        except SomebodyElseCarries:
            raise
        except (CannotRead, IntegrityError, DataError) as refused:
            self.run = give_up(run=self.run, code=getattr(refused, "code", "contradicts"), now=now)
            return False
        return True

    def _finish(self, now: datetime) -> None:
        """Where rows refer to rows further down, go through the file once more."""
        if not self._file.kind.reads_ahead:
            return
        with opened_with_meaning(self.run, now, self._path) as again:
            for chunk in again.chunks():
                again.rows.finish(again.given(chunk), run=self.run, now=now)

    def close(self) -> None:
        """Let go of the file."""
        self._stack.close()


def carry_on(
    *,
    run: ImportRun,
    now: datetime,
    path: Path | None = None,
    progress: Callable[[Progress], object] = nobody,
    stop: Callable[[], bool] = never,
) -> ImportRun:
    """Take in what is not in yet; by whoever calls, as often as they like."""
    if run.ended_at or run.undo_began_at or not run.approved_at:
        return run
    with Carrying(run=run, now=now, path=path) as carrying:
        progress(carrying.progress)
        while not stop() and carrying.go_on(now=now):
            progress(carrying.progress)
        progress(carrying.progress)
    if carrying.run.ended_at and not carrying.run.failure:
        forget_file_unless_refused(run=carrying.run)
    return carrying.run


def forget_file_unless_refused(*, run: ImportRun) -> None:
    """Remove the upload of a run that ended, unless somebody may still want its refused rows back."""
    if not run.refused:
        forget_file(run=run)


@transaction.atomic
def _take_in(*, run: ImportRun, chunk: Sequence[Row], file: Open, now: datetime) -> ImportRun:
    """The rows, the refusals and the line reached, or none of them."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.line != run.line or locked.ended_at or locked.undo_began_at:
        raise SomebodyElseCarries(run.file_name)
    span = (chunk[0].first_line, chunk[-1].first_line)
    refused = {row.line: row for row in RefusedRow.objects.filter(run=locked, line__range=span)}
    mended = frozenset(line for line, row in refused.items() if row.mended)
    given = file.given(chunk, mended)
    for _look in range(LOOKS):
        if not somebody_went(given=given):
            break
        given = file.given(chunk, mended)  # forgotten or merged since we looked; now they are held fast
    _told_by_the_trial(given, refused)
    _twins(given, file)
    sound = [row for row in given if not row.problems and not row.twin]
    new = [row for row in sound if row.record is None]
    changed = [row for row in sound if row.changes and file.meaning.changes]
    _change(run=locked, rows=changed, file=file, now=now)
    if new:
        _trace(run=locked, records=file.rows.take_in(new, run=locked, now=now))
    _settle_refusals(run=locked, given=given, refused=refused)
    counted = Progress.of(locked, file.table).after(given, changes=file.meaning.changes)
    locked.line = chunk[-1].last_line
    locked.taken_in, locked.changed = counted.taken_in, counted.changed
    locked.already_there, locked.refused = counted.already_there, counted.refused
    locked.rows = max(
        locked.rows, counted.taken_in + counted.changed + counted.already_there + counted.refused
    )
    locked.save(update_fields=["line", "taken_in", "changed", "already_there", "refused", "rows"])
    return locked


def _told_by_the_trial(given: Sequence[Given], refused: dict[int, RefusedRow]) -> None:
    """Only the trial saw the whole file at once: what it said about a row among others still holds."""
    for row in given:
        told = refused.get(row.line)
        if told and told.reason in OF_THE_WHOLE_FILE and not told.mended and not row.problems:
            row.trouble(told.column, told.reason, told.mending)


def _twins(given: Sequence[Given], file: Open) -> None:
    """The same thing twice within a chunk; what stands in earlier chunks is in the ledger by now."""
    there: set[str] = set()
    for row in given:
        identity = "" if row.problems else file.rows.identity(row)
        row.twin = bool(identity) and identity in there and not row.mended
        there.add(identity)


def _change(*, run: ImportRun, rows: Sequence[Given], file: Open, now: datetime) -> None:
    if not rows:
        return
    ImportedRow.objects.bulk_create(
        (
            ImportedRow(
                run=run,
                about_type=record._meta.model_name,
                about_id=str(record.pk),
                before={name: [as_json(was), as_json(after[name])] for name, was in before.items()},
            )
            for row in rows
            for record, before, after in ((row.record, row.before, row.after), *row.beside)
            if after
        ),
        ignore_conflicts=True,
    )
    file.rows.change(rows, run=run, now=now)


def _trace(*, run: ImportRun, records: Sequence[Any]) -> None:
    """Remember what was made, and of what was touched on the way how it was before."""
    whole = [each if isinstance(each, tuple) else (each, None, None) for each in records]
    ImportedRow.objects.bulk_create(
        (
            ImportedRow(
                run=run,
                about_type=record._meta.model_name,
                about_id=str(record.pk),
                before=before
                and {name: [as_json(was), as_json(after[name])] for name, was in before.items()},
            )
            for record, before, after in whole
        ),
        ignore_conflicts=True,
    )


def _settle_refusals(*, run: ImportRun, given: Sequence[Given], refused: dict[int, RefusedRow]) -> None:
    """Rows that are refused now stay listed; those that could be used after all are listed no more."""
    good = [row.line for row in given if not row.problems and row.line in refused and not row.mended]
    still = [row.line for row in given if row.problems and row.mended]
    if still:
        RefusedRow.objects.filter(run=run, line__in=still).update(mended=False)
    if good:
        RefusedRow.objects.filter(run=run, line__in=good).delete()
    RefusedRow.objects.bulk_create(
        (
            RefusedRow(
                run=run, line=row.line, column=problem.column, reason=problem.reason, mending=problem.mending
            )
            for row in given
            if (problem := row.refused)
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def give_up(*, run: ImportRun, code: str, by: Person | None, now: datetime) -> ImportRun:
    """Where the file breaks off the rows before are in; a whole copy of it goes on from there."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    locked.failure, locked.ended_at = code, now
    locked.save(update_fields=["failure", "ended_at"])
    note("import.broke_off", about=locked, by=by, at=now, line=locked.line)
    return locked


@transaction.atomic
def _end(*, run: ImportRun, now: datetime) -> ImportRun:
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.line != run.line or locked.ended_at:
        raise SomebodyElseCarries(run.file_name)
    locked.ended_at = now
    locked.save(update_fields=["ended_at"])
    note("import.finished", about=locked, by=locked.by, at=now)
    return locked

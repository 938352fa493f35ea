"""A file is handed in, somebody says what its columns mean, mends what is wrong, and lets it in."""

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

import uuid_utils.compat as uuid
from django.db import transaction

from coalface.records.history import note
from coalface.records.models import ImportRun, Person, RefusedRow, SavedMapping, Unit

from ..cells import check_columns
from ..exports import told
from ..files import folder, how_of, path_of
from ..kinds import KINDS
from ..mapping import Mapping as Meaning
from ..mapping import digest_of
from ..reading import CannotRead, How, guessed, opened

PIECE: Final = 1024 * 1024
LOOKED_AT: Final = 200
UNTOUCHED: Final = timedelta(days=7)


class Began(Exception):
    """Rows of the run are in already; undo it, or begin another one."""


class NothingRecognised(CannotRead):
    """A field that must be there has no column; `missing` names the fields."""

    code = "nothing_recognised"

    def __init__(self, missing: Iterable[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(", ".join(self.missing))


def begin(
    *, kind: str, file: BinaryIO, name: str, by: Person | None, now: datetime, unit: Unit | None = None
) -> ImportRun:
    """Keep the upload, find out how it is written and what its columns mean; raises CannotRead.

    What somebody chose for a file with the same columns before is taken, else the names are recognised.
    """
    stored = _store(file, name)
    try:
        run = begin_where_it_lies(kind=kind, path=folder() / stored, name=name, by=by, now=now, unit=unit)
    except CannotRead:
        (folder() / stored).unlink(missing_ok=True)
        raise
    return _stored(run=run, stored=stored)


@transaction.atomic
def _stored(*, run: ImportRun, stored: str) -> ImportRun:
    run.stored_as = stored
    run.save(update_fields=["stored_as"])
    return run


def _store(file: BinaryIO, name: str) -> str:
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    stored = f"{uuid.uuid7()}{''.join(Path(name).suffixes[-2:])[-16:].lower()}"
    path = folder() / stored
    path.touch(mode=0o600)
    with path.open("wb") as kept:
        shutil.copyfileobj(file, kept, PIECE)
    return stored


def begin_where_it_lies(
    *,
    kind: str,
    path: Path,
    name: str,
    by: Person | None,
    now: datetime,
    unit: Unit | None = None,
    reading: How | None = None,
    mapping: Meaning | None = None,
) -> ImportRun:
    """Begin with a file that is not kept: the one that calls has to have it at hand each time."""
    how = reading or guessed(path, name=name)
    digest = _digest(path)
    with opened(path, how, name=name) as table:
        header, first = table.header, list(islice(table.rows(), LOOKED_AT))
    if mapping:
        check_columns(mapping, header)
    saved = _saved(kind, header)
    if mapping is None and saved:
        mapping = Meaning.of(saved.mapping)
    if reading is None:
        rows = [row.fields for row in first if not row.refused]
        found, skip = told(header, rows, of=kind, fields=KINDS[kind].fields)
        how, mapping = replace(how, skip=skip), mapping or Meaning.of(found)
    mapping = mapping or Meaning()
    return _write_down(
        kind=kind,
        name=name,
        how=how,
        digest=digest,
        header=header,
        mapping=mapping,
        by=by,
        now=now,
        unit=unit,
    )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as raw:
        while piece := raw.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _saved(kind: str, header: tuple[str, ...]) -> SavedMapping | None:
    return SavedMapping.objects.filter(kind=kind, header=digest_of(header)).first()


@transaction.atomic
def _write_down(
    *,
    kind: str,
    name: str,
    how: How,
    digest: str,
    header: tuple[str, ...],
    mapping: Meaning,
    by: Person | None,
    now: datetime,
    unit: Unit | None,
) -> ImportRun:
    """Begin, or go on with the same file by the same mapping that was stopped."""
    mark = mapping.fingerprint(digest)
    under_way = ImportRun.objects.filter(approved_at__isnull=False, ended_at=None, undo_began_at=None)
    same = under_way.filter(kind=kind, fingerprint=mark, stored_as="")
    stopped = same.select_for_update().first()
    if stopped:
        note("import.resumed", about=stopped, by=by, at=now, line=stopped.line)
        return stopped
    run = ImportRun.objects.create(
        kind=kind,
        source=mapping.source,
        file_name=name[-160:],
        fingerprint=mark,
        reading=how.as_json() | {"digest": digest, "header": list(header)},
        mapping=mapping.as_json(),
        unit=unit,
        by=by,
        started_at=now,
    )
    note("import.started", about=run, by=by, at=now)
    return run


@transaction.atomic
def choose(
    *,
    run: ImportRun,
    mapping: Mapping[str, Any],
    by: Person | None,
    now: datetime,
    reading: How | None = None,
    remember: bool = True,
) -> ImportRun:
    """Say what the columns mean; the next file with these columns is understood the same way."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.approved_at or locked.ended_at:
        raise Began(run)
    meaning = replace(Meaning.of(mapping), decided={}, chosen=True)
    header = tuple(locked.reading["header"])
    if reading and reading != how_of(locked):
        with opened(path_of(locked), reading, name=locked.file_name) as table:
            header = table.header
        locked.reading = reading.as_json() | {"digest": locked.reading["digest"], "header": list(header)}
    _check(locked.kind, meaning, header)
    locked.mapping, locked.source = meaning.as_json(), meaning.source
    locked.fingerprint = meaning.fingerprint(locked.reading["digest"])
    locked.tried_at, locked.failure = None, ""
    locked.save()
    if remember:
        SavedMapping.objects.create(
            kind=locked.kind,
            source=meaning.source,
            header=digest_of(header),
            reading=how_of(locked).as_json(),
            mapping=meaning.as_json() | {"chosen": False},
            saved_by=by,
            saved_at=now,
        )
    note("import.chosen", about=locked, by=by, at=now)
    return locked


def _check(kind: str, meaning: Meaning, header: tuple[str, ...]) -> None:
    check_columns(meaning, header)
    given = {name for name, column in meaning.columns.items() if column}
    given |= {name for name, value in meaning.always.items() if value not in ("", None)}
    missing = [field.name for field in KINDS[kind].fields if field.required and field.name not in given]
    if missing:
        raise NothingRecognised(missing)


@transaction.atomic
def mend(
    *,
    run: ImportRun,
    by: Person | None,
    now: datetime,
    lines: Iterable[int] | Literal["all"] = "all",
    code: str = "",
    taken: bool = True,
) -> int:
    """Take the proposals of these lines, or all of a code, or all (`taken=False`: take that back)."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.approved_at or locked.ended_at:
        raise Began(run)  # a row that was passed already would be said to be in, and is not
    rows = RefusedRow.objects.filter(run=locked, mended=not taken).exclude(mending="")
    if code:
        rows = rows.filter(mending=code)
    if lines != "all":
        rows = rows.filter(line__in=list(lines))
    count = rows.update(mended=taken)
    if count:
        note("import.mended", about=locked, by=by, at=now, rows=count, code=code, taken=taken)
    return count


@transaction.atomic
def approve(*, run: ImportRun, by: Person | None, now: datetime, changes: bool = False) -> ImportRun:
    """Let the rows in, with `changes` also what is different of what is there.

    The worker, or whoever calls `carry_on`, takes them from here; the counts begin anew.
    """
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.approved_at or locked.ended_at:
        return locked
    locked.approved_at, locked.failure = now, ""
    locked.mapping = locked.mapping | {"changes": changes}
    locked.line = locked.taken_in = locked.changed = locked.already_there = locked.refused = 0
    locked.save()
    note("import.approved", about=locked, by=by, at=now)
    return locked


def cancel(*, run: ImportRun, by: Person | None, now: datetime) -> ImportRun:
    """Stop for good; what is in stays in until it is undone."""
    ended = _cancel(run=run, by=by, now=now)
    forget_file(run=ended)
    return ended


@transaction.atomic
def _cancel(*, run: ImportRun, by: Person | None, now: datetime) -> ImportRun:
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.ended_at is None:
        locked.ended_at, locked.failure = now, "cancelled"
        locked.save(update_fields=["ended_at", "failure"])
        note("import.cancelled", about=locked, by=by, at=now)
    return locked


def forget_file(*, run: ImportRun) -> None:
    """Remove the upload; the words of its refused rows go with it."""
    if not run.stored_as:
        return
    (folder() / run.stored_as).unlink(missing_ok=True)
    _forget(run=run)


@transaction.atomic
def _forget(*, run: ImportRun) -> None:
    run.stored_as = ""
    run.save(update_fields=["stored_as"])


def sweep(*, now: datetime) -> int:
    """Remove uploads that ended a while ago or that nobody has touched for a week, and files no run knows."""
    stale = ImportRun.objects.exclude(stored_as="").filter(started_at__lt=now - UNTOUCHED).order_by("pk")
    swept = 0
    for run in stale:
        touched = max(filter(None, (run.started_at, run.tried_at, run.approved_at, run.ended_at)))
        if touched < now - UNTOUCHED:
            cancel(run=run, by=None, now=now) if run.ended_at is None else forget_file(run=run)
            swept += 1
    known = set(ImportRun.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    if folder().is_dir():
        for path in folder().iterdir():
            if path.name not in known and path.stat().st_mtime < (now - UNTOUCHED).timestamp():
                path.unlink(missing_ok=True)
    return swept

"""Taking in a whole file, a thousand rows at a time, so that a stopped run goes on where it stood."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import transaction

from coalface.hear.actions import NewFeedback, take_in
from coalface.records.history import note
from coalface.records.models import Customer, ImportRun, Person, RefusedRow

from .map import FeedbackMap
from .reading import CannotRead, Row, fingerprint, reading
from .rows import Meaning, Refused

KIND: Final = "feedback"
ROWS_AT_ONCE: Final = 1_000


class SomebodyElseReads(CannotRead):
    """Another process reads the same file at the same time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: bytes of the file as it lies on the disk, lines and rows of all attempts together."""

    line: int
    bytes_read: int
    bytes_total: int
    taken_in: int
    already_there: int
    refused: int


def read_feedback(
    *,
    path: Path,
    map: FeedbackMap,
    by: Person | None,
    now: datetime,
    progress: Callable[[Progress], object] = lambda progress: None,
) -> ImportRun:
    """Read a file as a stream; the first `progress` tells from which line an earlier, stopped run goes on."""
    mark = fingerprint(path, encoding=map.encoding, meaning=_meaning(map))
    with reading(path, encoding=map.encoding, delimiter=map.delimiter, wanted=map.wanted) as file:
        meaning = Meaning(map, file.header, now)
        run = _begin(path=path, map=map, mark=mark, by=by, now=now)
        progress(_progress(run, file.bytes_read, file.bytes_total))
        for rows in _batches(file.rows(after=run.line)):
            run = _take_in_batch(run=run, rows=rows, meaning=meaning, by=by, now=now)
            progress(_progress(run, file.bytes_read, file.bytes_total))
        progress(_progress(run, file.bytes_total, file.bytes_total))
    return _finish(run=run, by=by, now=now)


def _meaning(map: FeedbackMap) -> str:
    return json.dumps(
        asdict(map) | {"null": sorted(map.null), "time_zone": str(map.time_zone)}, sort_keys=True
    )


@transaction.atomic
def _begin(*, path: Path, map: FeedbackMap, mark: str, by: Person | None, now: datetime) -> ImportRun:
    stopped = ImportRun.objects.select_for_update().filter(kind=KIND, fingerprint=mark, ended_at=None).first()
    if stopped:
        note("import.resumed", about=stopped, by=by, at=now, line=stopped.line)
        return stopped
    run = ImportRun.objects.create(
        kind=KIND, source=map.source, file_name=path.name[-160:], fingerprint=mark, started_at=now
    )
    note("import.started", about=run, by=by, at=now)
    return run


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        yield batch


@transaction.atomic
def _take_in_batch(
    *, run: ImportRun, rows: Sequence[Row], meaning: Meaning, by: Person | None, now: datetime
) -> ImportRun:
    """The rows, the refusals and the line reached, or none of them."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.line != run.line or locked.ended_at:
        raise SomebodyElseReads(run.file_name)
    references = {meaning.reference(row) for row in rows} - {""}
    known = Customer.objects.present().filter(reference__in=references)
    customers = {customer.reference: customer for customer in known}
    understood = [meaning.of(row, customers) for row in rows]
    feedback = [each for each in understood if isinstance(each, NewFeedback)]
    refused = [each for each in understood if isinstance(each, Refused)]
    done = take_in(rows=feedback, by=by, now=now, run=locked)
    RefusedRow.objects.bulk_create(
        RefusedRow(run=locked, line=each.line, column=each.column, reason=each.reason) for each in refused
    )
    locked.line = rows[-1].last_line
    locked.taken_in += done.taken_in
    locked.already_there += done.already_there
    locked.refused += len(refused)
    locked.save(update_fields=["line", "taken_in", "already_there", "refused"])
    return locked


@transaction.atomic
def _finish(*, run: ImportRun, by: Person | None, now: datetime) -> ImportRun:
    run.ended_at = now
    run.save(update_fields=["ended_at"])
    note("import.finished", about=run, by=by, at=now)
    return run


def _progress(run: ImportRun, bytes_read: int, bytes_total: int) -> Progress:
    return Progress(run.line, bytes_read, bytes_total, run.taken_in, run.already_there, run.refused)

"""The same file read otherwise: with another encoding, another mark between columns, another sheet."""

from dataclasses import replace
from datetime import datetime
from itertools import islice

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import ImportRun, Person

from ..exports import told
from ..files import path_of
from ..kinds import KINDS
from ..mapping import Mapping
from ..reading import How, opened, with_header
from .beginning import LOOKED_AT, Began


def read_otherwise(*, run: ImportRun, reading: How, by: Person | None, now: datetime) -> ImportRun:
    """Take the columns as they are then, and recognise them anew; raises CannotRead and changes nothing."""
    reading = with_header(path_of(run), reading, name=run.file_name)
    with opened(path_of(run), reading, name=run.file_name) as table:
        header, first = table.header, list(islice(table.rows(), LOOKED_AT))
    rows = [row.fields for row in first if not row.refused]
    found, skip = told(header, rows, of=run.kind, fields=KINDS[run.kind].fields)
    reading = replace(reading, skip=skip)
    return _written(run=run, reading=reading, header=header, columns=found["columns"], by=by, now=now)


@transaction.atomic
def _written(
    *,
    run: ImportRun,
    reading: How,
    header: tuple[str, ...],
    columns: dict[str, str],
    by: Person | None,
    now: datetime,
) -> ImportRun:
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.approved_at or locked.ended_at:
        raise Began(run)
    meaning = Mapping.of(locked.mapping | {"columns": columns, "decided": {}, "chosen": False})
    locked.reading = reading.as_json() | {"digest": locked.reading["digest"], "header": list(header)}
    locked.mapping, locked.tried_at, locked.failure = meaning.as_json(), None, ""
    locked.fingerprint = meaning.fingerprint(locked.reading["digest"])
    locked.save(update_fields=["reading", "mapping", "tried_at", "failure", "fingerprint"])
    note("import.reread", about=locked, by=by, at=now)
    return locked

"""The same file read otherwise: with another encoding, another mark between columns, another sheet."""

from datetime import datetime
from itertools import islice

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import ImportRun, Person

from ..files import path_of
from ..kinds import KINDS
from ..mapping import Mapping
from ..reading import How, opened
from ..recognising import recognised
from .beginning import LOOKED_AT, Began


def read_otherwise(*, run: ImportRun, reading: How, by: Person | None, now: datetime) -> ImportRun:
    """Take the columns as they are then, and recognise them anew; raises CannotRead and changes nothing."""
    with opened(path_of(run), reading, name=run.file_name) as table:
        header, first = table.header, list(islice(table.rows(), LOOKED_AT))
    found = recognised(header, [row.fields for row in first if not row.refused], KINDS[run.kind].fields)
    return _written(run=run, reading=reading, header=header, columns=found, by=by, now=now)


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

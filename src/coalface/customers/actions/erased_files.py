"""What an erasure does outside the ledger: its list, and photos, sound, uploads and mails on the disk."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from coalface.customers.queries import Ids, erased_list, holds
from coalface.edges.photo import arriving_path, picture_path
from coalface.records.models import Attachment, Customer, Guest, ImportRun, Refusal


def remember(*, at: datetime, **ids: Sequence[str]) -> None:
    """Append ids and the time to the list that outlives the ledger; on the disk before this returns."""
    path = erased_list()
    new = not path.parent.exists()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps({"at": at.isoformat(), **ids}) + "\n"
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, line.encode())
        os.fsync(file)
    finally:
        os.close(file)
    for folder in (path.parent, path.parent.parent) if new else ():
        _flush(folder)


def _flush(folder: Path) -> None:
    """A new file is safe only once its folder knows of it."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def files_of(*, found: Ids, entries: Sequence[Customer]) -> list[Path]:
    """Photos that came with what they said, and those and the sound of encounters where nobody else was."""
    alone = _alone_with_us(entries)
    photos = set(found.get(Attachment, ()))
    photos |= set(Attachment.objects.filter(encounter__in=alone).values_list("pk", flat=True))
    found.setdefault(Attachment, set()).update(photos)
    sounds = [path for one in alone for path in settings.RECORDINGS.glob(f"{one}.*")]
    return [path for photo in photos for path in (picture_path(photo), arriving_path(photo))] + sounds


def _alone_with_us(entries: Sequence[Customer]) -> set:
    ours = [one.pk for one in entries]
    visited = set(Guest.objects.filter(customer__in=ours).values_list("encounter", flat=True))
    others = Guest.objects.filter(encounter__in=visited).exclude(customer__in=ours)
    return visited - set(others.values_list("encounter", flat=True))


def remove(*, paths: Iterable[Path]) -> int:
    """Take files away; what is gone already is fine. Says how many there were."""
    there = [path for path in paths if path.exists()]
    for path in there:
        path.unlink(missing_ok=True)
    return len(there)


def remove_imports(*, traces: Sequence[str], runs: set[int], now: datetime) -> int:
    """Take away uploads that hold them, and mails that were laid down instead of sent; say how many."""
    folder, gone = settings.HOME / "imports", 0
    for run in ImportRun.objects.exclude(stored_as="").order_by("pk"):
        path = folder / run.stored_as
        if run.pk in runs or (path.is_file() and holds(path, traces)):
            gone += remove(paths=[path])
            _end(run=run, now=now)
    return gone + remove(paths=_mails(traces))


@transaction.atomic
def _end(*, run: ImportRun, now: datetime) -> None:
    """A reading whose file is gone cannot go on: whoever brings the list again brings one without them."""
    run.stored_as = ""
    if run.ended_at is None:
        run.ended_at, run.failure = now, "erased"
    run.save(update_fields=["stored_as", "ended_at", "failure"])


def _mails(traces: Sequence[str]) -> Iterator[Path]:
    folder = settings.HOME / "mail"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and holds(path, traces):
            yield path


def finish_erasures(*, now: datetime) -> int:
    """Remove photos whose row says that they were erased, should the machine have stopped in between."""
    erased = Attachment.objects.filter(refusal=Refusal.ERASED).values_list("pk", flat=True)
    return remove(paths=[path for pk in erased for path in (picture_path(pk), arriving_path(pk))])

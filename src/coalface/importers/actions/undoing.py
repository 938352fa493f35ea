"""Undoing a run as one: what it made goes, what it changed is as it was, what somebody built on stays."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from coalface.records.history import note
from coalface.records.models import ImportedRow, ImportRun, Person

from ..progress import never
from ..traces import as_json, as_value
from .beginning import forget_file
from .hanging import held_back, take_along

AT_ONCE: Final = 500
# What says itself by which run it came, the last made first.
BY_RUN: Final = ("feedback", "purchase", "referral", "departure", "exposure", "indicatorvalue")

ONE_BY_ONE: Final = ("unit",)  # they hang on each other


class NothingToUndo(Exception):
    """Nothing of the run was let in, or it is undone already."""


def undo(
    *,
    run: ImportRun,
    by: Person | None,
    now: datetime,
    stop: Callable[[], bool] = never,
) -> ImportRun:
    """Take back what a run did, in chunks; stopped anywhere, it goes on when called again."""
    run = _begin(run=run, by=by, now=now)
    for name in BY_RUN:
        while not stop() and _undo_made(run=run, model=_model(name), now=now):
            pass
    while not stop() and _undo_traced(run=run, now=now):
        pass
    if stop():
        return run
    forget_file(run=run)
    return _end(run=run, by=by, now=now)


@transaction.atomic
def _begin(*, run: ImportRun, by: Person | None, now: datetime) -> ImportRun:
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.approved_at is None or locked.undone_at:
        raise NothingToUndo(run)
    if locked.undo_began_at is None:
        locked.undo_began_at, locked.undone_by = now, by
        locked.ended_at = locked.ended_at or now
        locked.save(update_fields=["undo_began_at", "undone_by", "ended_at"])
        note("import.undo_began", about=locked, by=by, at=now)
    return locked


@transaction.atomic
def _undo_made(*, run: ImportRun, model: type[Model], now: datetime) -> bool:
    """Take away some of the records that name the run; those that stay are written down with the reason."""
    name = model._meta.model_name
    kept = ImportedRow.objects.filter(run=run, about_type=name)
    settled = set(kept.exclude(kept="").values_list("about_id", flat=True))
    rows = model.objects.filter(run=run).order_by("-pk")
    pks = [pk for pk in rows.values_list("pk", flat=True)[: AT_ONCE + len(settled)] if str(pk) not in settled]
    if not pks:
        return False
    held = held_back(model=model, pks=pks)
    ImportedRow.objects.bulk_create(
        (ImportedRow(run=run, about_type=name, about_id=str(pk), kept=code) for pk, code in held.items()),
        update_conflicts=True,
        unique_fields=["run", "about_type", "about_id"],
        update_fields=["kept"],
    )
    take_along(model=model, pks=[pk for pk in pks if pk not in held])
    return True


@transaction.atomic
def _undo_traced(*, run: ImportRun, now: datetime) -> bool:
    """Take back some of what was traced, the last first."""
    rows = list(
        ImportedRow.objects.select_for_update()
        .filter(run=run, undone_at=None, kept="")
        .order_by("-id")[:AT_ONCE]
    )
    if not rows:
        return False
    name = rows[0].about_type
    rows = [row for row in rows if row.about_type == name]
    if name in ONE_BY_ONE:
        rows = rows[:1]
    model = _model(name)
    records = {
        str(pk): record for pk, record in model.objects.in_bulk([row.about_id for row in rows]).items()
    }
    made = [row for row in rows if row.before is None and row.about_id in records]
    held = held_back(model=model, pks=[records[row.about_id].pk for row in made])
    take_along(model=model, pks=[pk for row in made if (pk := records[row.about_id].pk) not in held])
    for row in rows:
        if row.before is not None and row.about_id in records:
            row.kept = _restore(record=records[row.about_id], before=row.before)
        elif row.about_id in records:
            row.kept = held.get(records[row.about_id].pk, "")
        row.undone_at = None if row.kept else now
    ImportedRow.objects.bulk_update(rows, ["kept", "undone_at"])
    return True


def _restore(*, record: Model, before: Mapping[str, Any]) -> str:
    """Put back what was there where it still is what the run made of it; else a code."""
    restored = []
    for name, (was, became) in before.items():
        field = record._meta.get_field(name)
        if as_json(getattr(record, field.attname)) == became:
            setattr(record, field.attname, as_value(field.target_field if field.is_relation else field, was))
            restored.append(field.attname)
    if restored:
        type(record).objects.filter(pk=record.pk).update(**{name: getattr(record, name) for name in restored})
    return "" if len(restored) == len(before) else "changed_since"


def _model(name: str) -> type[Model]:
    return apps.get_model("records", name)


@transaction.atomic
def _end(*, run: ImportRun, by: Person | None, now: datetime) -> ImportRun:
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.undone_at is None:
        locked.undone_at = now
        locked.save(update_fields=["undone_at"])
        kept = ImportedRow.objects.filter(run=locked).exclude(kept="").count()
        note("import.undone", about=locked, by=by, at=now, kept=kept)
    return locked

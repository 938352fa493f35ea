"""Saying better what a remark is."""

from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Kind, Person, Remark

from .encounters import locked
from .transcripts import HasAnswers


@transaction.atomic
def change_kind(*, remark: Remark, kind: str, by: Person, now: datetime) -> Remark:
    """Call it something else while nobody has answered for it; a guess need not stay one."""
    locked(pk=remark.encounter_id)
    current = Remark.objects.get(pk=remark.pk)
    if current.kind == Kind(kind):
        return current
    if current.dispositions.exists():
        raise HasAnswers(remark)
    current.kind = Kind(kind)
    current.save(update_fields=["kind"])
    note("remark.named", about=current, by=by, at=now)
    return current

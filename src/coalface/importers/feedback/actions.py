"""Taking over what a source says otherwise about feedback it told us before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from coalface.customers.actions import forget_meaning
from coalface.records.history import note
from coalface.records.models import Clause, Feedback, ImportRun, Mention, Person, Verbatim

from ..rows import Given

WORDS: Final = "text"


@transaction.atomic
def change_feedback(
    *, rows: Sequence[Given], run: ImportRun, by: Person | None, now: datetime
) -> list[Feedback]:
    """Take over up to a thousand; other words are sorted again, and those before are kept nowhere."""
    fields: set[str] = set()
    for row in rows:
        for name, value in row.after.items():
            if name != WORDS:
                setattr(row.record, name, value)
                fields.add(name)
    if fields:
        Feedback.objects.bulk_update([row.record for row in rows], sorted(fields))
    _replace_words(rows=[row for row in rows if WORDS in row.after])
    note("feedback.changed", about=run, by=by, at=now, ids=[str(row.record.pk) for row in rows])
    return [row.record for row in rows]


def _replace_words(*, rows: Sequence[Given]) -> None:
    spoken = [row for row in rows if row.record.verbatim]
    for row in spoken:
        row.record.verbatim.text = row.after[WORDS]
    Verbatim.objects.bulk_update([row.record.verbatim for row in spoken], ["text"])
    Verbatim.objects.filter(pk__in=[row.record.verbatim_id for row in spoken]).update(masks=None)
    Mention.objects.filter(feedback__in=[row.record.pk for row in rows], settled_at=None).delete()
    forget_meaning(verbatims=[row.record.verbatim_id for row in spoken])
    Clause.objects.filter(verbatim__in=[row.record.verbatim_id for row in spoken]).delete()
    silent = [row for row in rows if not row.record.verbatim]
    words = Verbatim.objects.bulk_create(
        Verbatim(text=row.after[WORDS], language=row.values.get("language", "")) for row in silent
    )
    for row, verbatim in zip(silent, words, strict=True):
        row.record.verbatim = verbatim
    if silent:
        Feedback.objects.bulk_update([row.record for row in silent], ["verbatim"])

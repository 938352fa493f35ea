"""Batches that a program sends under a key of its own: begun once, finished once, answered alike."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from coalface.hear.actions import NewFeedback, TakenIn, take_in
from coalface.records.history import note
from coalface.records.models import ApiToken, Person, TakenBatch

# Nobody takes longer over a thousand rows: who has not been heard of since has been killed.
GIVEN_UP_AFTER: Final = timedelta(seconds=60)


class KeyReused(Exception):
    """Another batch was sent under this key."""


class BeingTaken(Exception):
    """The same batch is being taken in at this moment."""


@transaction.atomic
def begin_batch(*, token: ApiToken, key: str, body: str, now: datetime) -> TakenBatch:
    """Begin a batch, or find the answer it got before; one that was left half-way is begun again.

    `body` is a digest of everything that was asked. A batch with a status was answered already.
    """
    batch, is_new = TakenBatch.objects.select_for_update().get_or_create(
        token=token, key=key, defaults={"body": body, "at": now}
    )
    if batch.body != body:
        raise KeyReused(key)
    if is_new or batch.status:
        return batch
    if batch.at > now - GIVEN_UP_AFTER:
        raise BeingTaken(key)
    batch.at = now
    batch.save(update_fields=["at"])
    return batch


@transaction.atomic
def take_in_some(*, batch: TakenBatch, rows: Sequence[NewFeedback], by: Person, now: datetime) -> TakenIn:
    """Take in at most a thousand rows of a batch, and say that somebody is still at it."""
    TakenBatch.objects.filter(pk=batch.pk).update(at=now)
    return take_in(rows=rows, by=by, now=now)


@transaction.atomic
def finish_batch(
    *, batch: TakenBatch, status: int, answer: Mapping[str, Any], by: Person, now: datetime
) -> TakenBatch:
    """Keep the answer, so that the same batch sent again gets the same."""
    batch.status, batch.answer, batch.at = status, dict(answer), now
    batch.save(update_fields=["status", "answer", "at"])
    note("batch.taken", about=batch, by=by, at=now, status=status)
    return batch

"""Taking in what another system told us, signed."""

from datetime import datetime

from django.db import IntegrityError, transaction

from coalface.hear.actions import NewFeedback, TakenIn, take_in
from coalface.records.models import InboundHook, SeenSignature


class Replayed(Exception):
    """Exactly this message came in before."""


@transaction.atomic
def take_signed(*, hook: InboundHook, signature: str, row: NewFeedback, now: datetime) -> TakenIn:
    """Take in one signed message, once; `signature` is a digest of everything that was signed."""
    try:
        with transaction.atomic():
            SeenSignature.objects.create(hook=hook, signature=signature, at=now)
    except IntegrityError:
        raise Replayed(hook.pk) from None
    return take_in(rows=[row], by=None, now=now)

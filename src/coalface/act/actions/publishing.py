"""Saying in public what we heard and what we did, and taking it back."""

from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Fix, Person, PublishedChange


class NotEnded(ValueError):
    """Nothing is published about a fix that is neither live nor declined."""


@transaction.atomic
def publish_change(
    *, fix: Fix, language: str, heard: str, did: str, by: Person, now: datetime
) -> PublishedChange:
    """Put our words for a fix in one language in public, in place of earlier ones; the same twice is once."""
    fix = Fix.objects.select_for_update(of=("self",)).get(pk=fix.pk)
    if not (fix.shipped_at or fix.declined_at):
        raise NotEnded(fix)
    standing = PublishedChange.objects.filter(fix=fix, language=language, withdrawn_at=None).first()
    if standing and (standing.heard, standing.did) == (heard, did):
        return standing
    if standing:
        _take_off(standing, now)
    change = PublishedChange.objects.create(
        fix=fix, language=language, heard=heard, did=did, published_by=by, published_at=now
    )
    note("change.published", about=fix, by=by, at=now, change=change.pk)
    return change


@transaction.atomic
def withdraw_change(*, change: PublishedChange, by: Person, now: datetime) -> PublishedChange:
    """Take it out of the public; twice is once."""
    current = PublishedChange.objects.select_for_update().get(pk=change.pk)
    if current.withdrawn_at is None:
        _take_off(current, now)
        note("change.withdrawn", about=current.fix, by=by, at=now, change=current.pk)
    return current


def _take_off(change: PublishedChange, now: datetime) -> None:
    change.withdrawn_at = now
    change.save(update_fields=["withdrawn_at"])

"""Taking back at once what nobody has heard yet: that a fix is live, or that it is declined."""

from datetime import datetime

from django.db import transaction

from coalface.act.queries import may_undo
from coalface.records.history import note
from coalface.records.models import Fix, Person

from .standing import NotItsOwner


class TooLateToUndo(ValueError):
    """Somebody has heard of it, something was built on it, or it was said too long ago."""


@transaction.atomic
def undo(*, fix: Fix, by: Person, now: datetime) -> Fix:
    """Let a fix stand as it stood before its owner said that it is live or declined."""
    fix = Fix.objects.select_for_update(of=("self",)).select_related("decline_reason").get(pk=fix.pk)
    if fix.owner_id != by.pk:
        raise NotItsOwner(fix)
    if not may_undo(fix, by, now):
        raise TooLateToUndo(fix)
    what, reason = ("shipped" if fix.shipped_at else "declined"), fix.decline_reason
    fix.shipped_at = fix.declined_at = fix.decline_reason = None
    fix.save(update_fields=["shipped_at", "declined_at", "decline_reason"])
    if reason:
        reason.delete()
    note("fix.undone", about=fix, by=by, at=now, what=what)
    return fix

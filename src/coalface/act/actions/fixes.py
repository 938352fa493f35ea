"""Opening a fix, taking it on, declining and shipping it."""

from datetime import date, datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import (
    EvaluationPlan,
    Fix,
    Issue,
    Person,
    Unit,
    Verbatim,
)


class MergedIssue(ValueError):
    """The issue has become part of another; the fix belongs there."""


class NotItsOwner(PermissionError):
    """Only its owner accepts, ships or declines a fix."""


class NotAccepted(ValueError):
    """Nobody has accepted the fix yet."""


class NoEvaluationPlan(ValueError):
    """How the fix will be judged has to be written down before it ships."""


class AlreadyShipped(ValueError):
    """The fix is live already."""


class AlreadyDeclined(ValueError):
    """The fix was declined."""


class NoReason(ValueError):
    """Who declines says why."""


@transaction.atomic
def open_fix(
    *,
    issue: Issue,
    title: str,
    lane: str,
    owner: Person,
    due_on: date,
    by: Person,
    now: datetime,
    unit: Unit | None = None,
) -> Fix:
    """Propose a change for an issue to its owner; who opens it for themselves has accepted it."""
    if issue.merged_into_id:
        raise MergedIssue(issue)
    fix = Fix.objects.create(
        issue=issue,
        unit=unit,
        title=title,
        lane=lane,
        owner=owner,
        due_on=due_on,
        opened_by=by,
        opened_at=now,
        accepted_at=now if by == owner else None,
    )
    note("fix.opened", about=fix, by=by, at=now, issue=issue.pk, owner=owner.pk)
    return fix


@transaction.atomic
def accept_fix(*, fix: Fix, by: Person, now: datetime) -> Fix:
    """Take a fix on, as its owner; accepting twice is harmless."""
    fix = _open_for(fix, by)
    if fix.accepted_at is None:
        fix.accepted_at = now
        fix.save(update_fields=["accepted_at"])
        note("fix.accepted", about=fix, by=by, at=now)
    return fix


@transaction.atomic
def decline_fix(*, fix: Fix, reason: str, by: Person, now: datetime) -> Fix:
    """Say no as its owner, with a reason everybody can read."""
    if not reason.strip():
        raise NoReason(fix)
    fix = _open_for(fix, by)
    fix.decline_reason = Verbatim.objects.create(text=reason.strip())
    fix.declined_at = now
    fix.save(update_fields=["declined_at", "decline_reason"])
    note("fix.declined", about=fix, by=by, at=now)
    return fix


@transaction.atomic
def ship(*, fix: Fix, by: Person, now: datetime) -> Fix:
    """Say that a fix is live, so that its evaluation can start."""
    fix = _open_for(fix, by)
    if fix.accepted_at is None:
        raise NotAccepted(fix)
    if not EvaluationPlan.objects.filter(fix=fix).exists():
        raise NoEvaluationPlan(fix)
    fix.shipped_at = now
    fix.save(update_fields=["shipped_at"])
    note("fix.shipped", about=fix, by=by, at=now)
    return fix


def _open_for(fix: Fix, by: Person) -> Fix:
    """The fix as it is now, locked, if it is still open and theirs."""
    fix = Fix.objects.select_for_update(of=("self",)).get(pk=fix.pk)
    if fix.shipped_at:
        raise AlreadyShipped(fix)
    if fix.declined_at:
        raise AlreadyDeclined(fix)
    if fix.owner_id != by.pk:
        raise NotItsOwner(fix)
    return fix

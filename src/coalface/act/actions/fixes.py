"""Opening a fix, declining and shipping it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from coalface.act.queries import not_shipped_before, wanted_enough
from coalface.records.history import note
from coalface.records.models import (
    Decided,
    EvaluationPlan,
    Fix,
    Issue,
    Lane,
    Person,
    Unit,
)

from .decisions import NoDecider, start_decision
from .offers import start_offer
from .standing import (
    close_decision,
    close_offer,
    held_by,
    say_no,
    waiting_decision,
    waiting_offer,
    words,
)


class MergedIssue(ValueError):
    """The issue has become part of another; the fix belongs there."""


class NotAccepted(ValueError):
    """Nobody has accepted the fix yet."""


class NoEvaluationPlan(ValueError):
    """How the fix will be judged has to be written down before it ships."""


class NotDecided(ValueError):
    """It needs a decision, and nobody has taken it."""


class NotWantedEnough(ValueError):
    """An opportunity is built once as many customers want it as was written down beforehand."""


class NeedsOthersFirst(ValueError):
    """What it needs has not shipped; `fixes` says which."""

    def __init__(self, fixes: list[Fix]) -> None:
        super().__init__(fixes)
        self.fixes = fixes


@dataclass(frozen=True, slots=True)
class Size:
    """What it is worth to customers and how much work it is, each 1 to 5; None: nobody has said."""

    worth: int | None = None
    effort: int | None = None


UNKNOWN = Size()
SENT_TWICE = timedelta(minutes=1)


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
    kind: str = "",
    size: Size = UNKNOWN,
    decider: Person | None = None,
    decide_by: date | None = None,
) -> Fix:
    """Propose a change for an issue: who opens it for themselves has accepted it, anybody else is asked.

    Until they accept, it is whose idea it was. What needs a decision is put before the decider at once.
    """
    if issue.merged_into_id:
        raise MergedIssue(issue)
    if lane == Lane.NEEDS_A_DECISION and (decider is None or decide_by is None):
        raise NoDecider(issue)
    fix = Fix.objects.create(
        issue=issue,
        unit=unit,
        title=title,
        lane=lane,
        kind="" if kind == issue.kind else kind,
        worth=size.worth,
        effort=size.effort,
        owner=by,
        due_on=due_on,
        opened_by=by,
        opened_at=now,
        accepted_at=now if by == owner else None,
    )
    note("fix.opened", about=fix, by=by, at=now, issue=issue.pk, owner=owner.pk)
    if by != owner:
        start_offer(fix=fix, to=owner, by=by, now=now)
    if lane == Lane.NEEDS_A_DECISION:
        start_decision(fix=fix, decider=decider, decide_by=decide_by, by=by, now=now)
    return fix


@transaction.atomic
def open_once(*, issue: Issue, title: str, unit: Unit | None, by: Person, now: datetime, **more: Any) -> Fix:
    """The same from a form: sent twice within a minute, it is one fix."""
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    same = Fix.objects.open().filter(issue=issue, title=title, unit=unit, opened_by=by)
    twin = same.filter(opened_at__gt=now - SENT_TWICE).first()
    return twin or open_fix(issue=issue, title=title, unit=unit, by=by, now=now, **more)


@transaction.atomic
def decline_fix(*, fix: Fix, reason: str, by: Person, now: datetime) -> Fix:
    """Say no as its owner, with a reason customers can read; nobody is asked about it any more."""
    fix = held_by(fix=fix, by=by)
    why = words(reason=reason, by=by)
    if offer := waiting_offer(fix=fix):
        close_offer(offer=offer, by=by, now=now)
    if decision := waiting_decision(fix=fix):
        close_decision(decision=decision, answer=Decided.NO, by=by, now=now, reason=why)
    say_no(fix=fix, reason=why, now=now)
    note("fix.declined", about=fix, by=by, at=now)
    return fix


@transaction.atomic
def ship(*, fix: Fix, by: Person, now: datetime) -> Fix:
    """Say that a fix is live, so that its evaluation can start."""
    fix = held_by(fix=fix, by=by)
    if fix.accepted_at is None:
        raise NotAccepted(fix)
    if waiting_decision(fix=fix):
        raise NotDecided(fix)
    if first := list(not_shipped_before(fix)):
        raise NeedsOthersFirst(first)
    if not wanted_enough(fix):
        raise NotWantedEnough(fix)
    if not EvaluationPlan.objects.filter(fix=fix).exists():
        raise NoEvaluationPlan(fix)
    if offer := waiting_offer(fix=fix):
        close_offer(offer=offer, by=by, now=now)
    fix.shipped_at = now
    fix.save(update_fields=["shipped_at"])
    note("fix.shipped", about=fix, by=by, at=now)
    return fix

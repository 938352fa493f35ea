"""What customers experience: proposed by anybody, confirmed by somebody, merged rather than deleted."""

from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Fix, Issue, IssueKind, Mention, Person, Route, Touchpoint, Unit, Why


class NoTitle(ValueError):
    """An issue has a title in words customers could use."""


class KeyTaken(Exception):
    """Another touchpoint has this key."""


class AlreadyConfirmed(Exception):
    """Somebody confirmed the issue before."""


class CannotMerge(Exception):
    """An issue merges into another one that stands, and only once."""


class UnderEvaluation(Exception):
    """A fix of one of the two is being judged by counts that merging would change."""


@transaction.atomic
def add_touchpoint(
    *,
    key: str,
    name: str,
    stage: str,
    order: int,
    by: Person | None,
    now: datetime,
    owner: Unit | None = None,
) -> Touchpoint:
    """Name a step of the customer's way with us."""
    if Touchpoint.objects.filter(key=key).exists():
        raise KeyTaken(key)
    touchpoint = Touchpoint.objects.create(key=key, name=name, stage=stage, order=order, owner=owner)
    note("touchpoint.added", about=touchpoint, by=by, at=now)
    return touchpoint


@transaction.atomic
def propose_issue(
    *,
    title: str,
    kind: str,
    by: Person | None,
    now: datetime,
    touchpoint: Touchpoint | None = None,
    owner: Unit | None = None,
) -> Issue:
    """Say that customers experience something; it is sorted to once it is confirmed."""
    if not title.strip():
        raise NoTitle
    issue = Issue.objects.create(
        title=title.strip(),
        kind=IssueKind(kind),
        touchpoint=touchpoint,
        owner=owner,
        proposed_by=by,
        proposed_at=now,
    )
    note("issue.proposed", about=issue, by=by, at=now)
    return issue


@transaction.atomic
def confirm_issue(*, issue: Issue, by: Person | None, now: datetime) -> Issue:
    """Let the issue stand, so that what is said can be sorted to it."""
    locked = Issue.objects.select_for_update().get(pk=issue.pk)
    if locked.confirmed_at or locked.merged_into_id:
        raise AlreadyConfirmed(locked)
    locked.confirmed_by, locked.confirmed_at = by, now
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    note("issue.confirmed", about=locked, by=by, at=now)
    return locked


@transaction.atomic
def rename_issue(*, issue: Issue, title: str, by: Person, now: datetime) -> Issue:
    """Call it by another name; what was sorted to it stays."""
    if not title.strip():
        raise NoTitle
    held = Issue.objects.select_for_update().get(pk=issue.pk)
    if held.merged_into_id:
        raise CannotMerge(held)
    held.title = title.strip()
    held.save(update_fields=["title"])
    note("issue.renamed", about=held, by=by, at=now)
    return held


@transaction.atomic
def merge(*, issue: Issue, into: Issue, by: Person | None, now: datetime) -> Issue:
    """Make two issues one: mentions, routes and fixes move, and the old one points to the new."""
    both = {
        each.pk: each
        for each in Issue.objects.select_for_update().filter(pk__in=(issue.pk, into.pk)).order_by("pk")
    }
    old, new = both[issue.pk], both[into.pk]
    if old == new or old.merged_into_id or new.merged_into_id or not new.confirmed_at:
        raise CannotMerge(old, new)
    if _under_evaluation(old, new):
        raise UnderEvaluation(old, new)
    _move_mentions(old, new)
    Route.objects.filter(issue=old).update(issue=new)
    Fix.objects.filter(issue=old).update(issue=new)
    Issue.objects.filter(merged_into=old).update(merged_into=new)
    if not Why.objects.filter(issue=new).exists():
        Why.objects.filter(issue=old).update(issue=new)
    old.merged_into = new
    old.save(update_fields=["merged_into"])
    note("issue.merged", about=old, by=by, at=now, into=new.pk)
    return old


def _under_evaluation(old: Issue, new: Issue) -> bool:
    fixes = Fix.objects.filter(issue__in=(old, new), declined_at=None, merged_into=None, verdicts=None)
    return fixes.filter(evaluation_plan__baseline_from__isnull=False).exists()


def _move_mentions(old: Issue, new: Issue) -> None:
    """What speaks of both issues speaks of one now: the surer of the two mentions stays."""
    for source in ("remark_id", "feedback_id"):
        theirs = Mention.objects.filter(issue=new, **{f"{source}__isnull": False})
        double = {getattr(each, source): each for each in theirs}
        mine = Mention.objects.filter(issue=old, **{f"{source}__in": double})
        for mention in mine:
            _keep_the_surer(mention, double[getattr(mention, source)])
    Mention.objects.filter(issue=old).update(issue=new)


def _keep_the_surer(one: Mention, other: Mention) -> None:
    ordered = sorted(
        (one, other), key=lambda each: (bool(each.settled_at), each.counted, each.confidence, each.pk)
    )
    ordered[0].delete()

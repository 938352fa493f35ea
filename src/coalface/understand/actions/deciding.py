"""What a person decides about something that was said, and how that is taken back."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.dateparse import parse_datetime

from coalface.records.history import note
from coalface.records.models import Clause, Event, Issue, Mention, Person, SortedBy

from .issues import confirm_issue, propose_issue

# What a decision changes of a mention, and so what taking it back restores; ids, codes and numbers only.
CHANGED: Final = (
    "issue_id", "sorted_by", "confidence", "counted", "suggested_id", "suggested_by", "suggested_confidence",
    "runners_up", "settled_by_id", "settled_at",
)  # fmt: skip

# What two mentions of one remark or feedback have in common.
SAME: Final = ("remark_id", "feedback_id", "happened_at", "unit_id")


class AlreadySettled(Exception):
    """Somebody was quicker, or new words sorted it meanwhile."""


class NotStanding(Exception):
    """Nothing is sorted to an issue that is not confirmed, or merged into another."""


class NothingToUndo(Exception):
    """It is not settled, somebody else settled it, or nobody knows any more what it was before."""


@transaction.atomic
def settle(*, mention: Mention, issue: Issue | None, by: Person, now: datetime) -> Mention:
    """Decide by hand which issue something speaks of, or that it speaks of none.

    What sorting by itself had thought is kept beside it; what it was before goes into the history.
    """
    locked = Mention.objects.select_for_update().filter(pk=mention.pk).first()
    if locked is None or locked.settled_at:
        raise AlreadySettled(mention)
    if issue and not Issue.objects.standing().filter(pk=issue.pk).exists():
        raise NotStanding(issue)
    gone = None
    if issue and (twin := _twin(locked, issue.pk)):
        gone = {"id": locked.pk, "clause_id": locked.clause_id, **_state(locked)}
        locked.delete()
        locked = twin
    was = _state(locked)
    if locked.suggested_by is None:
        locked.suggested_id, locked.suggested_by = locked.issue_id, locked.sorted_by
        locked.suggested_confidence = locked.confidence
    locked.issue, locked.counted, locked.confidence = issue, issue is not None, float(issue is not None)
    locked.sorted_by, locked.settled_by, locked.settled_at = SortedBy.PERSON, by, now
    locked.save()
    ids = {"issue": issue.pk if issue else None, "was": was, "gone": gone}
    note("mention.settled", about=locked, by=by, at=now, **ids)
    return locked


@transaction.atomic
def settle_as_new(*, mention: Mention, title: str, kind: str, by: Person, now: datetime) -> Mention:
    """Decide that something speaks of an issue that nobody has named yet, and name it."""
    issue = propose_issue(title=title, kind=kind, by=by, now=now)
    confirm_issue(issue=issue, by=by, now=now)
    return settle(mention=mention, issue=issue, by=by, now=now)


@transaction.atomic
def unsettle(*, mention: Mention, by: Person, now: datetime) -> Mention:
    """Take one’s own decision back: the mention is what it was, and what it had replaced is there again."""
    locked = Mention.objects.select_for_update().filter(pk=mention.pk, settled_by=by).first()
    decision = _decision(locked) if locked else None
    if locked is None or decision is None:
        raise NothingToUndo(mention)
    was, gone = decision.payload["was"], decision.payload["gone"]
    note("mention.unsettled", about=locked, by=by, at=now)
    same = {name: getattr(locked, name) for name in SAME}
    restored = _restore(locked, was)
    if gone and not _twin(restored, (fields := _fields(gone))["issue_id"]):
        clause = Clause.objects.filter(pk=gone["clause_id"]).first()  # gone where the words were erased
        Mention.objects.create(id=gone["id"], clause=clause, **fields, **same)
    return restored


def _state(mention: Mention) -> dict[str, Any]:
    state = {name: getattr(mention, name) for name in CHANGED}
    return state | {"settled_at": mention.settled_at.isoformat() if mention.settled_at else None}


def _fields(state: dict[str, Any]) -> dict[str, Any]:
    """The values again; where an issue was merged meanwhile, the one it is part of now."""
    at = state["settled_at"]
    merged = Issue.objects.filter(pk=state["issue_id"], merged_into__isnull=False)
    issue = merged.values_list("merged_into", flat=True).first() or state["issue_id"]
    kept = {name: state[name] for name in CHANGED}
    return kept | {"issue_id": issue, "settled_at": parse_datetime(at) if at else None}


def _decision(mention: Mention) -> Event | None:
    """The event of the decision in force, if it says what was before."""
    rows = Event.objects.filter(about_type="mention", about_id=str(mention.pk), kind="mention.settled")
    latest = rows.filter(by=mention.settled_by_id, at=mention.settled_at).order_by("-id").first()
    return latest if latest and "was" in latest.payload else None


def _restore(mention: Mention, was: dict[str, Any]) -> Mention:
    """What it was, unless sorting has found that again meanwhile: then that mention says it."""
    fields = _fields(was)
    if twin := _twin(mention, fields["issue_id"]):
        mention.delete()
        return twin
    for name, value in fields.items():
        setattr(mention, name, value)
    mention.save()
    return mention


def _twin(mention: Mention, issue: int | None) -> Mention | None:
    """The other mention of that issue by the same remark or feedback."""
    if issue is None:
        return None
    same = Mention.objects.filter(remark=mention.remark_id, feedback=mention.feedback_id, issue=issue)
    return same.exclude(pk=mention.pk).first()

"""A person settles a whole group at once: its clauses count for one issue, and each can be put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from coalface.records.models import Clause, Feedback, Issue, Mention, Person, Remark, SortedBy, Theme

# What a mention was before: its id, issue, clause, confidence, and by whom it was sorted.
Was = list[int | float | str | None]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where a clause was said: one piece of feedback or one remark."""

    source: str
    id: UUID
    clause: Clause
    at: datetime
    unit_id: int


def count_clauses(*, theme: Theme, issue: Issue, by: Person, now: datetime) -> tuple[list[int], list[Was]]:
    """Let each feedback and remark of a theme count for the issue once.

    Says which mentions were made, and what those were before that lay on the pile of the unsure.
    """
    spoken = _spoken(theme)
    known = _mentions(spoken, issue)
    turned, new = [], []
    for one in spoken:
        there = known.get(one.id, [])
        if any(each.issue_id == issue.pk and (each.counted or each.settled_at) for each in there):
            continue
        if waiting := next((each for each in there if _waits_for(each, one, issue)), None):
            turned.append(_was(waiting))
            _turn(waiting, one, issue, by, now)
        else:
            new.append(_mention(one, issue, by, now))
    return [one.pk for one in Mention.objects.bulk_create(new)], turned


def _spoken(theme: Theme) -> list[Spoken]:
    """A feedback or remark once, by the first of its clauses."""
    clauses = {
        clause.verbatim_id: clause
        for clause in Clause.objects.filter(theme_clause__theme=theme).order_by("-pk")
    }
    feedback = Feedback.objects.standing().filter(verbatim__in=list(clauses)).order_by("pk")
    rows = feedback.values_list("pk", "verbatim_id", "received_at", "unit_id")
    found = [Spoken("feedback_id", pk, clauses[words], at, unit) for pk, words, at, unit in rows]
    remarks = Remark.objects.filter(verbatim__in=list(clauses)).order_by("pk")
    said = remarks.values_list("pk", "verbatim_id", "noted_at", "encounter__unit_id")
    return found + [Spoken("remark_id", pk, clauses[words], at, unit) for pk, words, at, unit in said]


def _mentions(spoken: Sequence[Spoken], issue: Issue) -> dict[UUID, list[Mention]]:
    """What of each feedback or remark is sorted to this issue, then what waits."""
    rows = Mention.objects.select_for_update(of=("self",)).filter(
        Q(issue=issue) | Q(settled_at=None, counted=False),
        Q(feedback__in=[one.id for one in spoken if one.source == "feedback_id"])
        | Q(remark__in=[one.id for one in spoken if one.source == "remark_id"]),
    )
    there: dict[UUID, list[Mention]] = {}
    ordered = sorted(rows.select_related("clause"), key=lambda row: (row.issue_id != issue.pk, row.pk))
    for mention in ordered:
        there.setdefault(mention.feedback_id or mention.remark_id, []).append(mention)
    return there


def _waits_for(mention: Mention, spoken: Spoken, issue: Issue) -> bool:
    """Whether the pile holds the question that is answered now: about this issue, or about these words."""
    if mention.issue_id == issue.pk:
        return True
    if mention.clause is None:
        return mention.issue_id is None
    return mention.clause.start < spoken.clause.end and mention.clause.end > spoken.clause.start


def _was(mention: Mention) -> Was:
    return [mention.pk, mention.issue_id, mention.clause_id, mention.confidence, mention.sorted_by]


def _turn(mention: Mention, spoken: Spoken, issue: Issue, by: Person, now: datetime) -> None:
    mention.issue, mention.clause, mention.counted, mention.confidence = issue, spoken.clause, True, 1.0
    mention.sorted_by, mention.settled_by, mention.settled_at = SortedBy.PERSON, by, now
    mention.save()


def _mention(spoken: Spoken, issue: Issue, by: Person, now: datetime) -> Mention:
    return Mention(
        issue=issue,
        clause=spoken.clause,
        sorted_by=SortedBy.PERSON,
        confidence=1.0,
        counted=True,
        settled_by=by,
        settled_at=now,
        happened_at=spoken.at,
        unit_id=spoken.unit_id,
        **{spoken.source: spoken.id},
    )


def put_back(*, made: Sequence[int], turned: Sequence[Was]) -> None:
    """As if nobody had settled them: what was made is gone, what lay on the pile lies there again."""
    Mention.objects.filter(pk__in=made).delete()
    there = Mention.objects.select_for_update().in_bulk([was[0] for was in turned])
    for pk, issue, clause, confidence, sorted_by in turned:
        if mention := there.get(pk):
            mention.issue_id, mention.clause_id, mention.counted = issue, clause, False
            mention.confidence, mention.sorted_by = confidence, sorted_by
            mention.settled_by = mention.settled_at = None
            mention.save()


def to_the_pile(*, issue: Issue) -> int:
    """What sorted itself to an issue that goes waits for a person again; say how much that was."""
    rows = Mention.objects.filter(issue=issue, settled_at=None)
    return rows.update(issue=None, counted=False, confidence=0.0)

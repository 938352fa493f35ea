"""Sorting by what people decided: it learns from each decision, and never decides against a person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Clause, Event, Feedback, Issue, Mention, Remark, SortedBy, Verbatim

from ..queries.learned import Fit, Learned, vectors_of
from ..queries.sorting import Said, Sorter, said_in_feedback, said_in_remarks, sorter
from ..queries.thoughts import Thought, clauses_to_ask, thoughts
from .memory import IN_THIS_PROCESS, fit_router, learn_one, learned_now
from .sorting import sort_missed

AT_ONCE: Final = 100
NEVER: Final = 2.0
WRITTEN: Final = (
    "issue", "clause", "sorted_by", "confidence", "counted", "suggested", "suggested_by",
    "suggested_confidence", "runners_up",
)  # fmt: skip


@dataclass(slots=True)
class Changes:
    """What is to be written, all of it at once."""

    new: list[Mention] = field(default_factory=list)
    changed: list[Mention] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


def sort_read(*, verbatims: Iterable[Verbatim], now: datetime, fit: Fit = fit_router) -> int:
    """Sort by what was learnt what phrases left open in words just read through.

    Says how many mentions changed; where too little is learnt yet, it keeps quiet.
    """
    learned = learned_now(now=now, fit=fit, catch_up=False)
    if learned is None:
        return 0
    pks = [verbatim.pk for verbatim in verbatims]
    feedback = Feedback.objects.standing().filter(verbatim__in=pks)
    remarks = Remark.objects.filter(Q(verbatim__in=pks) | Q(verbatim=None, reading__in=pks))
    return _sort(learned, said_in_feedback(feedback), said_in_remarks(remarks))


def keep_up(*, now: datetime, fit: Fit = fit_router) -> int:
    """Learn what was decided meanwhile, here or in another process, and ask about what was never asked.

    The worker calls it between two rounds, outside any transaction: learning anew takes seconds.
    """
    learned = learned_now(now=now, fit=fit)
    if learned is None:
        return 0
    never = _waiting().filter(sorted_by=SortedBy.ROUTE, issue=None, suggested_by=None)
    read = Q(feedback__verbatim__masks__isnull=False) | Q(remark__verbatim__masks__isnull=False)
    read |= Q(remark__reading__masks__isnull=False)
    changed = _sort_waiting(learned, never.filter(read))
    return changed + _doubt(learned)


def _doubt(learned: Learned) -> int:
    """What was sorted by something that is forgotten now is looked at again, whether it waits or counts."""
    labels, IN_THIS_PROCESS.to_doubt = IN_THIS_PROCESS.to_doubt, set()
    if not labels:
        return 0
    sorted_so = Mention.objects.filter(sorted_by=SortedBy.MODEL, settled_at=None, issue__in=labels)
    return _sort_waiting(learned, sorted_so.order_by("-happened_at", "-pk"))


@transaction.atomic
def learn(*, event: Event, now: datetime) -> int:
    """Learn one decision at once, or forget one that was taken back, and look again at what waits like it.

    Says how many mentions changed. So that one press never touches a hundred thousand rows, only so many are
    looked at as policy says; the others are when they are next.
    """
    learned = learn_one(mention=int(event.about_id))
    if learned is None or event.kind == "mention.unsettled":
        return 0
    changed = _sort_waiting(learned, _like(event))
    if changed:
        note("mentions.sorted_again", about=event, by=None, at=now, changed=changed)
    return changed


def _like(event: Event) -> Any:
    """What waits and may be like it; and where a mistake was put right, what was sorted the same way."""
    now, was = event.payload.get("issue"), event.payload.get("was") or {}
    mistaken = was["issue_id"] if was.get("counted") and was["issue_id"] != now else None
    waiting = Q(counted=False) & (Q(issue__in={now, was.get("issue_id")} - {None}) | Q(issue=None))
    rows = Mention.objects.filter(sorted_by=SortedBy.MODEL, settled_at=None)
    rows = rows.filter(waiting | Q(counted=True, issue__isnull=False, issue=mistaken))
    return rows.exclude(pk__in=list(IN_THIS_PROCESS.to_forget)).order_by("-happened_at", "-pk")


def _sure_from(learned: Learned) -> float:
    """The confidence that counts by itself; with few decisions behind it none does."""
    enough = len(learned.known) >= number("learned_counts_after")
    return number("learned_sure_from") if enough else NEVER


def _waiting() -> Any:
    """The newest first; what somebody took back waits until the router has forgotten it."""
    taken_back = list(IN_THIS_PROCESS.to_forget)
    return Mention.objects.unsure().exclude(pk__in=taken_back).order_by("-happened_at", "-pk")


def _sort_waiting(learned: Learned, rows: Any) -> int:
    """Look again at what waits, at most so much as policy says, in small transactions."""
    sources = list(rows.values_list("feedback", "remark")[: int(number("learned_again"))])
    changed = 0
    for place in range(0, len(sources), AT_ONCE):
        some = sources[place : place + AT_ONCE]
        feedback = Feedback.objects.standing().filter(pk__in={one for one, _ in some if one})
        remarks = Remark.objects.filter(pk__in={one for _, one in some if one})
        changed += _sort(learned, said_in_feedback(feedback), said_in_remarks(remarks))
    return changed


@transaction.atomic
def _sort(learned: Learned, feedback: Sequence[Said], remarks: Sequence[Said]) -> int:
    routes, standing = sorter(), set(Issue.objects.standing().values_list("pk", flat=True))
    sure_from = _sure_from(learned)
    said = [("feedback_id", each) for each in feedback] + [("remark_id", each) for each in remarks]
    mentions = _mentions(feedback, remarks)
    if sort_missed(sorter=routes, said=said, there=mentions):
        mentions = _mentions(feedback, remarks)
    asked = _asked(learned, [each for _, each in said], mentions, routes)
    changes = Changes()
    for source, each in said:
        guesses = asked.get(each.id)
        if guesses is None:
            continue
        found = thoughts(each, guesses, mentions[each.id], sure_from=sure_from, standing=standing)
        free = [one for one in mentions[each.id] if not one.settled_at and _may_change(one)]
        if found:
            _change(changes, each, source, found, free)
        else:
            _leave(changes, free, asked=bool(guesses))
    return _write(changes)


def _mentions(feedback: Sequence[Said], remarks: Sequence[Said]) -> dict[UUID, list[Mention]]:
    """Locked, so that nobody settles one of them between our looking and our writing."""
    there: dict[UUID, list[Mention]] = defaultdict(list)
    ours = Q(feedback__in=[each.id for each in feedback]) | Q(remark__in=[each.id for each in remarks])
    rows = Mention.objects.filter(ours).select_related("clause").order_by("pk")
    for mention in rows.select_for_update(of=("self",)):
        there[mention.feedback_id or mention.remark_id].append(mention)
    return there


def _asked(
    learned: Learned, said: Sequence[Said], mentions: dict[UUID, list[Mention]], routes: Sorter
) -> dict[UUID, list[Any]]:
    """Each clause that is open, with what the router says of it."""
    clauses: dict[int | None, list[Clause]] = defaultdict(list)
    rows = Clause.objects.filter(verbatim__in={each.verbatim_id for each in said}).select_related("verbatim")
    for clause in rows.order_by("pk"):
        clauses[clause.verbatim_id].append(clause)
    open_ones = [
        (each.id, clause)
        for each in said
        if each.text
        for clause in clauses_to_ask(clauses[each.verbatim_id], mentions[each.id], routes)
    ]
    if not open_ones:
        return {each.id: [] for each in said if each.text}
    vectors = None
    if learned.stamp.has_vectors:
        vectors = vectors_of([(clause.pk,) for _, clause in open_ones])
    guesses = learned.router.predict([clause.text for _, clause in open_ones], vectors=vectors)
    asked: dict[UUID, list[Any]] = {each.id: [] for each in said if each.text}
    for (said_id, clause), guess in zip(open_ones, guesses, strict=True):
        asked[said_id].append((clause, guess))
    return asked


def _change(
    changes: Changes, said: Said, source: str, found: Sequence[Thought], free: Sequence[Mention]
) -> None:
    """Let what waits say what is thought now: rows stay where they can, so that an open page stays true."""
    by_issue = {each.issue_id: each for each in free}
    pairs = [(thought, by_issue.pop(thought.issue_id, None)) for thought in found]
    rest = list(by_issue.values())
    pairs = [(thought, row or (rest.pop() if rest else None)) for thought, row in pairs]
    changes.gone += [each.pk for each in rest]
    for thought, row in pairs:
        values = _values(thought)
        if row is None:
            same = {source: said.id, "happened_at": said.at, "unit_id": said.unit_id}
            changes.new.append(Mention(**values, **same))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changes.changed.append(row)


def _leave(changes: Changes, free: Sequence[Mention], *, asked: bool) -> None:
    """Nothing is thought of it: what waits for a person goes on waiting, what was only learnt goes."""
    changes.gone += [each.pk for each in free if asked and each.issue_id]
    for mention in free:
        if mention.issue_id is None and mention.suggested_by is None:
            mention.suggested_by = SortedBy.MODEL
            changes.changed.append(mention)


def _write(changes: Changes) -> int:
    Mention.objects.filter(pk__in=changes.gone).delete()
    Mention.objects.bulk_update(changes.changed, WRITTEN)
    Mention.objects.bulk_create(changes.new)
    return len(changes.gone) + len(changes.changed) + len(changes.new)


def _may_change(mention: Mention) -> bool:
    return mention.issue_id is None or mention.sorted_by == SortedBy.MODEL


def _values(thought: Thought) -> dict[str, Any]:
    sure = thought.confidence if thought.issue_id else None
    return {
        "issue_id": thought.issue_id,
        "clause_id": thought.clause_id,
        "sorted_by": SortedBy.MODEL,
        "confidence": thought.confidence,
        "counted": thought.counted,
        "suggested_id": thought.issue_id,
        "suggested_by": SortedBy.MODEL,
        "suggested_confidence": sure,
        "runners_up": [[issue, confidence] for issue, confidence in thought.runners_up],
    }

"""Sorting what was said to issues; what is in doubt goes to a person, and who heard it is remembered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from coalface.hear.actions import insert, next_ids
from coalface.records.history import note
from coalface.records.models import (
    Attendance,
    Clause,
    Depth,
    Event,
    Feedback,
    Mention,
    Remark,
    Sighting,
    SortedBy,
)

from ..queries.sorting import (
    Finding,
    Said,
    Sorter,
    batches,
    said_in_feedback,
    said_in_remarks,
    sorter,
    unsorted_feedback,
)

OF_A_MENTION: Final = (
    "feedback_id", "issue_id", "clause_id", "sorted_by", "confidence", "counted", "happened_at", "unit_id",
)  # fmt: skip
Sorted = tuple[Said, Finding]


@transaction.atomic
def sort_remark(*, event: Event, now: datetime) -> list[Mention]:
    """Find the issues a remark speaks of; everybody who was there has heard it."""
    remarks = Remark.objects.filter(pk=event.about_id)
    who = Attendance.objects.filter(encounter__remarks__in=remarks).values_list("person_id", "depth")
    Sighting.objects.bulk_create(
        [Sighting(person_id=person, remark_id=event.about_id, depth=depth, at=now) for person, depth in who],
        ignore_conflicts=True,
    )
    said = said_in_remarks(remarks.filter(mentions=None))
    mentions = _write(_found(sorter(), said), source="remark_id") if said else []
    if mentions:
        note("remark.sorted", about=event, by=None, at=now, mentions=[mention.pk for mention in mentions])
    return mentions


@transaction.atomic
def sort_feedback(*, event: Event, now: datetime) -> int:
    """Find the issues a batch of feedback speaks of; who reported some of it has solved or carried it.

    Says how many mentions that came to.
    """
    ids = event.payload["ids"]
    reported = Feedback.objects.standing().filter(pk__in=ids, reported_by__isnull=False).order_by("pk")
    Sighting.objects.bulk_create(
        [
            Sighting(person_id=person, feedback_id=feedback, depth=Depth.RESOLVING, at=now)
            for feedback, person in reported.values_list("pk", "reported_by_id")
        ],
        ignore_conflicts=True,
    )
    found = _found(sorter(), said_in_feedback(unsorted_feedback(ids)))
    if found:
        _write_many(found)
        note("feedback.sorted", about=event, by=None, at=now, mentions=len(found))
    return len(found)


@transaction.atomic
def sort_unsure_again(*, event: Event, now: datetime) -> int:
    """Sort as if the routes had always been what they are now; what a person decided stands.

    Else the weeks before a route was written would look quieter than those after it.
    """
    by_now = sorter()
    changed = 0
    sortable = Q(verbatim__isnull=False) | Q(topic__in=list(by_now.topics)) | Q(mentions__isnull=False)
    feedback = Feedback.objects.standing().filter(sortable).distinct()
    for ids in batches(feedback.order_by("pk").values_list("pk", flat=True).iterator()):
        said = said_in_feedback(Feedback.objects.filter(pk__in=ids))
        changed += _sort_again(by_now, said, source="feedback_id")
    for ids in batches(Remark.objects.order_by("pk").values_list("pk", flat=True).iterator()):
        said = said_in_remarks(Remark.objects.filter(pk__in=ids))
        changed += _sort_again(by_now, said, source="remark_id")
    if changed:
        note("mentions.sorted_again", about=event, by=None, at=now, changed=changed)
    return changed


def sort_missed(
    *, sorter: Sorter, said: Iterable[tuple[str, Said]], there: Mapping[UUID, Sequence[Mention]]
) -> bool:
    """Sort by phrases what was read through before its turn had come; say whether there was any."""
    missed = [(source, each) for source, each in said if not there.get(each.id)]
    written = [_write(_found(sorter, [each]), source=source) for source, each in missed]
    return any(written)


@transaction.atomic
def settle_on_parts(*, verbatims: Sequence[int]) -> int:
    """Let what phrases found point at the part that holds them, now that its language is known.

    Says how many mentions moved; each stays the row it was. To be called once words were read through: until
    then they are cut in the language their own small words speak.
    """
    waits = {"sorted_by": SortedBy.ROUTE, "settled_at": None, "issue__isnull": False}
    rows = Mention.objects.filter(clause__verbatim__in=verbatims, **waits).select_related("clause")
    mentions = list(rows.select_for_update(of=("self",)).order_by("pk"))
    said = {
        each.id: each
        for each in (
            *said_in_feedback(Feedback.objects.filter(mentions__in=mentions).distinct()),
            *said_in_remarks(Remark.objects.filter(mentions__in=mentions).distinct()),
        )
    }
    moved = _moved(mentions, said) if mentions else []
    clauses = _clauses([(said, finding) for _, said, finding in moved])
    left = {mention.clause_id for mention, _, _ in moved}
    for mention, each, finding in moved:
        mention.clause_id = clauses[each.verbatim_id, finding.span]
    Mention.objects.bulk_update([mention for mention, _, _ in moved], ["clause"])
    unused = Clause.objects.filter(pk__in=left, mentions=None, competitor_mentions=None, theme_clause=None)
    unused.delete()
    return len(moved)


def _moved(mentions: Sequence[Mention], said: Mapping[UUID, Said]) -> list[tuple[Mention, Said, Finding]]:
    """Those whose phrase stands in another span than it was found in at first."""
    by_now = sorter()
    found = {
        (each.id, finding.issue_id): finding for each in said.values() for finding in by_now.findings(each)
    }
    moved = []
    for mention in mentions:
        each = said[mention.feedback_id or mention.remark_id]
        finding = found.get((each.id, mention.issue_id))
        if finding and finding.span and finding.span != (mention.clause.start, mention.clause.end):
            moved.append((mention, each, finding))
    return moved


def _found(sorter: Sorter, said: Iterable[Said]) -> list[Sorted]:
    return [(each, finding) for each in said for finding in sorter.findings(each)]


def _sort_again(sorter: Sorter, said: Sequence[Said], *, source: str) -> int:
    """Take away what the routes no longer say, and add what they say now."""
    there: dict[UUID, list[Mention]] = defaultdict(list)
    for mention in Mention.objects.filter(**{f"{source}__in": [each.id for each in said]}).select_related(
        "clause__verbatim"
    ):
        there[getattr(mention, source)].append(mention)
    gone: list[int] = []
    new: list[Sorted] = []
    for each in said:
        less, more = _difference(sorter, there[each.id], sorter.findings(each))
        gone += less
        new += [(each, finding) for finding in more]
    Mention.objects.filter(pk__in=gone).delete()
    _write(new, source=source)
    return len(gone) + len(new)


def _difference(
    sorter: Sorter, mentions: Sequence[Mention], findings: Sequence[Finding]
) -> tuple[list[int], list[Finding]]:
    decided = [mention for mention in mentions if mention.settled_at]
    if any(mention.issue_id is None and mention.clause_id is None for mention in decided):
        return [], []
    free = {_as_finding(mention): mention.pk for mention in mentions if _by_phrases(mention)}
    settled = {mention.issue_id for mention in decided}
    wanted = {each for each in findings if each.issue_id not in settled}
    if settled:  # a person has looked at it: what is in doubt is not asked again
        nothing = [mention.clause for mention in decided if mention.issue_id is None]
        wanted = {each for each in wanted if each in free or (each.counted and not _within(each, nothing))}
    stale, learnt = _learnt(sorter, mentions, {each.issue_id for each in wanted})
    if learnt:  # it waits, or counts, by what was learnt
        wanted = {each for each in wanted if each.issue_id}
    less = [pk for finding, pk in free.items() if finding not in wanted]
    return less + stale, sorted(wanted - free.keys(), key=lambda each: each.issue_id or 0)


def _by_phrases(mention: Mention) -> bool:
    return mention.settled_at is None and mention.sorted_by != SortedBy.MODEL


def _within(finding: Finding, clauses: Iterable[Clause]) -> bool:
    start, end = finding.span or (0, 0)
    return any(start < clause.end and clause.start < end for clause in clauses)


def _learnt(sorter: Sorter, mentions: Sequence[Mention], wanted: set[int | None]) -> tuple[list[int], bool]:
    """Which mentions that were learnt give way to phrases, and whether any stay."""
    learnt = [each for each in mentions if each.settled_at is None and each.sorted_by == SortedBy.MODEL]
    named = wanted - {None}
    stale = [
        each.pk
        for each in learnt
        if (each.issue_id is None and named)
        or each.issue_id in named
        or (each.clause and named & sorter.speaks_of(each.clause.text))
    ]
    return stale, len(stale) < len(learnt)


def _as_finding(mention: Mention) -> Finding:
    span = (mention.clause.start, mention.clause.end) if mention.clause else None
    return Finding(mention.issue_id, mention.confidence, mention.counted, span)


def _write(found: Sequence[Sorted], *, source: str) -> list[Mention]:
    clauses = _clauses(found)
    return Mention.objects.bulk_create(
        Mention(
            issue_id=finding.issue_id,
            clause_id=clauses.get((said.verbatim_id, finding.span)),
            sorted_by=SortedBy.ROUTE,
            confidence=finding.confidence,
            counted=finding.counted,
            happened_at=said.at,
            unit_id=said.unit_id,
            **{source: said.id},
        )
        for said, finding in found
    )


def _write_many(found: Sequence[Sorted]) -> None:
    """The same for a whole batch of feedback, where nobody asks for the records."""
    clauses = _clauses(found)
    insert(
        model=Mention,
        names=OF_A_MENTION,
        rows=[
            (
                said.id,
                finding.issue_id,
                clauses.get((said.verbatim_id, finding.span)),
                str(SortedBy.ROUTE),
                finding.confidence,
                finding.counted,
                said.at,
                said.unit_id,
            )
            for said, finding in found
        ],
    )


def _clauses(found: Sequence[Sorted]) -> dict[tuple[int | None, tuple[int, int] | None], int]:
    """The ids of the spans that were found, written down where they are new."""
    spans = {(said.verbatim_id, *finding.span) for said, finding in found if finding.span}
    if not spans:
        return {}
    held = Clause.objects.filter(verbatim_id__in={verbatim for verbatim, *_ in spans})
    rows = held.order_by("pk").values_list("verbatim_id", "start", "end", "pk")
    there = {(verbatim, start, end): pk for verbatim, start, end, pk in rows}
    new = sorted(spans - there.keys())
    if new:
        ids = next_ids(model=Clause, count=len(new))
        written = [(pk, *span) for pk, span in zip(ids, new, strict=True)]
        insert(model=Clause, names=("id", "verbatim_id", "start", "end"), rows=written)
        there |= dict(zip(new, ids, strict=True))
    return {(verbatim, (start, end)): pk for (verbatim, start, end), pk in there.items()}

"""What a study says of an issue, what somebody came to know of, and what was taken back."""

from datetime import datetime
from typing import Final

from django.db import transaction

from coalface.hear.actions import mark
from coalface.records.history import note
from coalface.records.models import (
    CompetitorMention,
    Depth,
    Event,
    Feedback,
    Finding,
    Issue,
    Mention,
    Person,
    Remark,
    ReportPage,
    Sighting,
    SortedBy,
)

from .deciding import NotStanding

DEEPEST_FIRST: Final = tuple(Depth)


class NothingSeen(ValueError):
    """A sighting is of a remark or of feedback."""


@transaction.atomic
def mark_finding(
    *, page: ReportPage, start: int, end: int, kind: str, issue: Issue | None, by: Person, now: datetime
) -> Finding:
    """Mark a passage of a study; who knows which issue it speaks of has settled it with that."""
    if issue and not Issue.objects.standing().filter(pk=issue.pk).exists():
        raise NotStanding(issue)
    finding = mark(page=page, start=start, end=end, kind=kind, by=by, now=now)
    if issue:
        mention = Mention.objects.create(
            issue=issue,
            feedback=finding.feedback,
            sorted_by=SortedBy.PERSON,
            confidence=1.0,
            counted=True,
            settled_by=by,
            settled_at=now,
            happened_at=finding.feedback.received_at,
            unit=finding.feedback.unit,
        )
        note("mention.settled", about=mention, by=by, at=now, issue=issue.pk)
    return finding


@transaction.atomic
def see(
    *,
    person: Person,
    depth: str,
    now: datetime,
    remark: Remark | None = None,
    feedback: Feedback | None = None,
) -> Sighting:
    """Remember that somebody came to know of something; the deepest way they did is the one that stays.

    The row is its own history: an event would show others what somebody read.
    """
    if (remark is None) == (feedback is None):
        raise NothingSeen
    sighting, _ = Sighting.objects.get_or_create(
        person=person, remark=remark, feedback=feedback, defaults={"depth": Depth(depth), "at": now}
    )
    deeper = DEEPEST_FIRST.index(Depth(depth)) < DEEPEST_FIRST.index(Depth(sighting.depth))
    if deeper:
        sighting.depth, sighting.at = Depth(depth), now
        sighting.save(update_fields=["depth", "at"])
    return sighting


@transaction.atomic
def forget_withdrawn(*, event: Event, now: datetime) -> int:
    """What was taken back speaks of no issue and no competitor any more, and nobody is said to know it."""
    CompetitorMention.objects.filter(feedback=event.about_id).delete()
    mentions, _ = Mention.objects.filter(feedback=event.about_id).delete()
    sightings, _ = Sighting.objects.filter(feedback=event.about_id).delete()
    if mentions:
        note("feedback.forgotten", about=event, by=None, at=now, mentions=mentions)
    return mentions + sightings

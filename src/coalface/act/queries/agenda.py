"""What belongs on the agenda of the insight meeting of a unit."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from coalface.records.models import (
    AgendaItem,
    Decision,
    Fix,
    FixOffer,
    InsightMeeting,
    Issue,
    Telling,
    Topic,
    Unit,
    Verdict,
)

A_MONTH: Final = timedelta(days=31)
A_YEAR: Final = timedelta(days=365)
MOST: Final = 10
MOST_ISSUES: Final = 5


@dataclass(frozen=True, slots=True)
class Point:
    """One point, about a fix, an issue or, put there by hand, its title alone."""

    topic: str
    fix: int | None = None
    issue: int | None = None
    decision: int | None = None
    title: str = ""

    @property
    def about(self) -> tuple[object, ...]:
        """What makes two points the same: a fix comes up once however many reasons there are."""
        return ("fix", self.fix) if self.fix else ("issue", self.issue) if self.issue else ("", self.title)


def points_for(unit: Unit, now: datetime) -> list[Point]:
    """What was left open comes first; then what waits, what came back, what is new; each thing once.

    Whatever brings a fix up, what is to be decided on it by now is decided there.
    """
    last = last_meeting(unit)
    since = last.closed_at if last and last.closed_at else now - A_MONTH
    to_decide = _to_decide(unit)
    found = [
        *(_left_open(last) if last else ()),
        *to_decide,
        *_overdue(unit, now),
        *_returned(unit, since),
        *_judged(unit, since),
        *_new_issues(unit, since),
        *_not_told(unit, now),
    ]
    asked = {point.fix: point.decision for point in to_decide}
    once: dict[tuple[object, ...], Point] = {}
    for point in found:
        once.setdefault(point.about, replace(point, decision=asked.get(point.fix, point.decision)))
    return list(once.values())


def last_meeting(unit: Unit) -> InsightMeeting | None:
    """The one that was closed last."""
    held = InsightMeeting.objects.filter(unit=unit, closed_at__isnull=False, cancelled_at=None)
    return held.order_by("-closed_at", "-id").first()


def _left_open(last: InsightMeeting) -> list[Point]:
    """Unless it came to an end meanwhile; what somebody was to do stays until it is settled."""
    over = Q(fix__shipped_at__isnull=False) | Q(fix__declined_at__isnull=False)
    over |= Q(fix__merged_into__isnull=False)
    ended = Q(topic=Topic.DECIDE, decision__decided_at__isnull=False)
    ended |= Q(topic__in=(Topic.DECIDE, Topic.OVERDUE, Topic.RETURNED)) & over
    left = AgendaItem.objects.filter(meeting=last, settled_at=None).exclude(ended, owner=None)
    return [
        Point(item.topic, item.fix_id, item.issue_id, item.decision_id, item.title)
        for item in left.order_by("place", "id")
    ]


def _here(unit: Unit, field: str = "") -> Q:
    """Fixes that hold there: of the unit and everything below it, and those for everywhere."""
    return Q(**{f"{field}unit": None}) | Q(**{f"{field}unit__path__startswith": unit.path})


def _to_decide(unit: Unit) -> list[Point]:
    waiting = Decision.objects.waiting().filter(_here(unit, "fix__"), fix__in=Fix.objects.open())
    rows = waiting.order_by("decide_by", "id").values_list("fix", "pk")
    return [Point(Topic.DECIDE, fix, decision=decision) for fix, decision in rows]


def _about(topic: str, fixes: QuerySet[Fix]) -> list[Point]:
    return [Point(topic, fix) for fix in fixes.values_list("pk", flat=True)[:MOST]]


def _overdue(unit: Unit, now: datetime) -> list[Point]:
    late = Fix.objects.overdue(now).filter(_here(unit))
    return _about(Topic.OVERDUE, late.order_by("due_on", "id"))


def _returned(unit: Unit, since: datetime) -> list[Point]:
    back = FixOffer.objects.filter(fix=OuterRef("pk"), accepted=False, answered_at__gte=since)
    fixes = Fix.objects.open().filter(_here(unit), Exists(back), accepted_at=None)
    return _about(Topic.RETURNED, fixes.order_by("due_on", "id"))


def _judged(unit: Unit, since: datetime) -> list[Point]:
    new = Verdict.objects.filter(fix=OuterRef("pk"), judged_at__gte=since)
    return _about(Topic.VERDICT, Fix.objects.filter(_here(unit), Exists(new)).order_by("shipped_at", "id"))


def _new_issues(unit: Unit, since: datetime) -> list[Point]:
    """Those said most often."""
    said = Count("mentions", filter=Q(mentions__counted=True, mentions__unit__path__startswith=unit.path))
    new = Issue.objects.standing().filter(confirmed_at__gte=since).annotate(said=said).filter(said__gt=0)
    rows = new.order_by("-said", "id").values_list("pk", flat=True)[:MOST_ISSUES]
    return [Point(Topic.NEW_ISSUE, issue=issue) for issue in rows]


def _not_told(unit: Unit, now: datetime) -> list[Point]:
    told = Telling.objects.filter(fix=OuterRef("pk"))
    over = Q(shipped_at__gte=now - A_YEAR) | Q(declined_at__gte=now - A_YEAR)
    fixes = Fix.objects.filter(_here(unit), over, ~Exists(told), merged_into=None)
    ended = Coalesce("shipped_at", "declined_at")
    return _about(Topic.NOT_TOLD, fixes.order_by(ended.desc(), "-id"))

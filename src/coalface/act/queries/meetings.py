"""Insight meetings, who may read them, and when the next one could be."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from coalface.permissions import Right, Rights
from coalface.records.models import AgendaItem, InsightMeeting, Person, Unit, Verdict
from coalface.records.tables import Column, Of, Table

MEETINGS = Table(
    "meetings",
    (
        Column("id", Of.WHOLE),
        Column("unit", read="unit.name"),
        Column("starts_at", Of.MOMENT),
        Column("chair", read="chair.name"),
        Column("points", Of.WHOLE),
        Column("open_points", Of.WHOLE),
        Column("closed_at", Of.MOMENT),
        Column("cancelled_at", Of.MOMENT),
    ),
)
TEN = time(10)
TUESDAY = 1


def meetings(person: Person, rights: Rights) -> QuerySet[InsightMeeting]:
    """Those of units where somebody may open fixes; and those they run, were at, or owe something from."""
    mine = Q(chair=person) | Q(called_by=person) | Q(present=person) | Q(items__owner=person)
    theirs = InsightMeeting.objects.filter(rights.within(Right.OPEN_FIXES) | mine).values("pk")
    return (
        InsightMeeting.objects.filter(pk__in=theirs)
        .select_related("unit", "chair", "called_by")
        .annotate(
            points=Count("items", distinct=True),
            open_points=Count("items", filter=Q(items__settled_at=None), distinct=True),
        )
        .order_by("-starts_at", "-id")
    )


def may_run(meeting: InsightMeeting, person: Person, rights: Rights) -> bool:
    """Who chairs it, who called it, and who may open fixes there."""
    return person.pk in (meeting.chair_id, meeting.called_by_id) or rights.reach(
        Right.OPEN_FIXES, meeting.unit
    )


def agenda_of(meeting: InsightMeeting) -> QuerySet[AgendaItem]:
    """Its points in order, with all they name."""
    newest = Verdict.objects.order_by("-judged_at", "-id")
    return (
        AgendaItem.objects.filter(meeting=meeting)
        .select_related("fix__owner", "fix__unit", "issue", "decision__decider", "owner")
        .prefetch_related(Prefetch("fix__verdicts", newest))
        .order_by("place", "id")
    )


def next_meeting_at(unit: Unit, now: datetime) -> datetime:
    """The first Tuesday of next month at ten, on the clock of the unit."""
    zone = ZoneInfo(unit.time_zone)
    first = (timezone.localdate(now, zone).replace(day=1) + timedelta(days=32)).replace(day=1)
    day = first + timedelta(days=(TUESDAY - first.weekday()) % 7)
    return datetime.combine(day, TEN, zone)

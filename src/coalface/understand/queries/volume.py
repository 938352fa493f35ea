"""How often something was said week by week, and which weeks say that something changed."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import timezone

from coalface.methods.control_charts import ControlChart, counts
from coalface.records.models import Feedback, Fix, Issue, Mention
from coalface.shell.charts import ControlWeeks, Week

from .days import midnight

WEEKS: Final = 52
BEFORE_A_FIX: Final = 26
MOST_WEEKS: Final = 104
# Without a fix the latest weeks are judged by those before them: as many as a run takes.
JUDGED: Final = 8
A_WEEK: Final = timedelta(weeks=1)


def weeks_of(*, issue: Issue, today: date) -> ControlWeeks | None:
    """The past year's weeks, and 26 before the first fix; limits come from before it, else from the older.

    Weeks before anything at all had been heard are no silence, and are left out. None where nothing was said.
    """
    shipped_on = _first_shipped(issue)
    return weekly(Mention.objects.counted().filter(issue=issue), shipped_on=shipped_on, today=today)


def weekly(rows: QuerySet, *, today: date, shipped_on: date | None = None) -> ControlWeeks | None:
    """The same for any rows that happened."""
    monday = _monday(today)
    first = monday - (WEEKS - 1) * A_WEEK
    if shipped_on and shipped_on < first + BEFORE_A_FIX * A_WEEK:
        first = max(_monday(shipped_on) - BEFORE_A_FIX * A_WEEK, monday - (MOST_WEEKS - 1) * A_WEEK)
    said = rows.filter(happened_at__gte=midnight(first)).order_by()
    by_week = said.annotate(week=TruncWeek("happened_at")).values_list("week").annotate(n=Count("pk"))
    found = {week.date(): n for week, n in by_week}
    if not found:
        return None
    first = max(first, min(_listening_since(), *found))
    days = [first + number * A_WEEK for number in range((monday - first).days // 7 + 1)]
    shipped_on = shipped_on if shipped_on and shipped_on >= first else None
    weeks = [Week(day, found.get(day, 0), _phase(day, monday, shipped_on)) for day in days]
    return ControlWeeks(weeks, _limits(weeks), shipped_on=shipped_on)


def _limits(weeks: list[Week]) -> ControlChart:
    over = [week for week in weeks if week.phase != "running"]
    before = sum(week.phase == "baseline" for week in over)
    if before == len(over):
        before = max(before - JUDGED, 0)
    return counts([week.count for week in over], baseline=before)


def _phase(day: date, monday: date, shipped_on: date | None) -> str:
    """The week in which the fix shipped is neither before it nor usual."""
    if day == monday:
        return "running"
    return "after" if shipped_on and day + A_WEEK > shipped_on else "baseline"


def _first_shipped(issue: Issue) -> date | None:
    first = Fix.objects.filter(issue=issue).aggregate(at=Min("shipped_at"))["at"]
    return timezone.localdate(first) if first else None


def _listening_since() -> date:
    first: datetime | None = (
        Feedback.objects.order_by("received_at").values_list("received_at", flat=True).first()
    )
    return _monday(timezone.localdate(first)) if first else date.max


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())

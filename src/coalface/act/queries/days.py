"""The clocks by which the days of a fix are counted, and the day from which counts can judge it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from coalface.records.models import EvaluationPlan, Fix, Unit


def zone_of(fix: Fix, elsewhere: ZoneInfo | None = None) -> ZoneInfo:
    """The time zone in which the days of a fix are counted: its unit's, or the organisation's."""
    if fix.unit:
        return ZoneInfo(fix.unit.time_zone)
    return elsewhere or zone_of_all()


def zone_of_all() -> ZoneInfo:
    """The time zone of the organisation."""
    root = Unit.objects.filter(parent=None).order_by("id").first()
    return ZoneInfo(root.time_zone if root else "UTC")


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The local date of a moment."""
    return moment.astimezone(zone).date()


def decidable_on(fix: Fix, elsewhere: ZoneInfo | None = None) -> date | None:
    """The registered day, moved by as much as the fix shipped earlier or later than expected."""
    plan: EvaluationPlan = fix.evaluation_plan
    if plan.decidable_on is None or fix.shipped_at is None:
        return plan.decidable_on
    zone = zone_of(fix, elsewhere)
    expected = max(day_of(plan.registered_at, zone), fix.due_on)
    moved: date = plan.decidable_on + (day_of(fix.shipped_at, zone) - expected)
    return moved

"""What was announced about incognito visits."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from coalface.policies import number
from coalface.records.models import (
    ProgrammeNotice,
    Unit,
)
from coalface.records.tables import Column, Of, Table

NOTICES = Table(
    "notices",
    (
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("published_on", Of.DAY),
        Column("filed_by", read="filed_by.name"),
        Column("filed_at", Of.MOMENT),
        Column("text"),
    ),
)


def notices(where: Q) -> QuerySet[ProgrammeNotice]:
    """What was announced about incognito visits, the latest first."""
    rows = ProgrammeNotice.objects.filter(where).select_related("unit", "filed_by")
    return rows.order_by("-published_on", "-id")


def notice_for(unit: Unit) -> ProgrammeNotice | None:
    """The oldest notice that holds for a unit: its own, or one of a unit above it."""
    above = [int(pk) for pk in unit.path.strip("/").split("/") if pk]
    return ProgrammeNotice.objects.filter(unit__in=above).order_by("published_on", "id").first()


def incognito_from(unit: Unit) -> date | None:
    """The first day on which somebody may visit a unit incognito; None without a notice."""
    notice = notice_for(unit)
    return notice.published_on + timedelta(days=int(number("incognito_notice_days"))) if notice else None

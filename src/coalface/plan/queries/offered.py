"""The slots units offer, and who sits in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from coalface.records.models import Assignment, Plan, Slot
from coalface.records.tables import Column, Of, Table

# Matches that stand: those of a plan everybody was told of.
TOLD = Q(assignments__withdrawn_at=None, assignments__plan__published_at__isnull=False)

SLOTS = Table(
    "slots",
    (
        Column("starts_at", Of.MOMENT),
        Column("minutes", Of.WHOLE),
        Column("format", read="format.name"),
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("seats", Of.WHOLE),
        Column("seats_taken", Of.WHOLE, "taken"),
        Column("customers", Of.WHOLE),
    ),
)


@dataclass(frozen=True, slots=True)
class Follows:
    """What taking a slot back would mean: who of us was told, how many customers, and drafts."""

    people: list[str]
    customers: int
    drafts: int


def offered(where: Q, since: datetime) -> QuerySet[Slot]:
    """Open slots from a moment on, with the seats that are taken; the next first."""
    found = Slot.objects.open().filter(where, starts_at__gte=since).select_related("format", "unit")
    taken = Count("assignments__person", filter=TOLD, distinct=True)
    return found.annotate(taken=taken).order_by("starts_at", "id")


def with_a_seat(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """Of offered slots those in which somebody still fits."""
    return slots.filter(taken__lt=F("seats"))


def by_week(slots: Iterable[Slot]) -> list[tuple[date, list[Slot]]]:
    """Slots in their order, together with the Monday of their week."""
    return [(monday, list(of)) for monday, of in groupby(slots, _monday)]


def _monday(slot: Slot) -> date:
    day = timezone.localdate(slot.starts_at, ZoneInfo(slot.unit.time_zone))
    return day - timedelta(days=day.weekday())


def seats_in(plan: Plan, where: Q) -> QuerySet[Slot]:
    """Open slots of a plan's weeks, with the seats this plan fills and those that other plans promised."""
    others = Q(assignments__withdrawn_at=None, assignments__plan__published_at__isnull=False)
    others &= ~Q(assignments__plan=plan)
    if plan.follows_id:
        others &= ~Q(assignments__plan=plan.follows_id)
    mine = Q(assignments__withdrawn_at=None, assignments__plan=plan)
    inside = Slot.objects.open().filter(
        where,
        unit__path__startswith=plan.unit.path,
        starts_at__date__gte=plan.starts_on,
        starts_at__date__lt=plan.until_on,
    )
    taken = Count("assignments__person", filter=mine | others, distinct=True)
    return inside.select_related("format", "unit").annotate(taken=taken).order_by("starts_at", "id")


def follows_from(slot: Slot) -> Follows:
    """Who would be told if the slot were taken back."""
    standing = Assignment.objects.standing().filter(slot=slot)
    told = standing.filter(plan__published_at__isnull=False)
    names = told.order_by("person__name", "person").values_list("person__name", flat=True).distinct()
    drafts = standing.filter(plan__published_at=None, plan__discarded_at=None, plan__isnull=False)
    asked = told.exclude(customer=None).values("customer").distinct().count()
    return Follows(list(names), asked, drafts.values("plan").distinct().count())

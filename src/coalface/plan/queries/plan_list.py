"""The plans there are, and what one of them amounts to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from coalface.policies import number
from coalface.records.models import Assignment, Encounter, Plan, PlanConflict, Way
from coalface.records.tables import Column, Of, Table

from .remedies import impossible

YEAR = timedelta(days=365)
MOST_SHOWN = 12

PLANS = Table(
    "plans",
    (
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("from_on", Of.DAY, "starts_on"),
        Column("until_on", Of.DAY),
        Column("state", read=lambda plan: state_of(plan)),
        Column("owed", Of.WHOLE),
        Column("met", Of.WHOLE),
        Column("objective", Of.NUMBER),
        Column("bound", Of.NUMBER),
        Column("changed", Of.WHOLE),
        Column("kept", Of.WHOLE),
        Column("seed", Of.WHOLE),
        Column("made_at", Of.MOMENT),
        Column("published_at", Of.MOMENT),
    ),
)


@dataclass(frozen=True, slots=True)
class Staging:
    """Encounters of a year: how many were announced, and who chose the customers."""

    held: int
    announced: int
    chosen_by: dict[str, int]


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a plan amounts to; `gap` says within how many per cent of the best possible it lies for sure."""

    matches: int
    people: int
    customers: int
    nameless: int
    locked: int
    gone: int
    ways: list[tuple[str, int]]
    gap: float | None
    missing: int
    conflicts: list[PlanConflict]
    more_conflicts: int


def all_plans(where: Q) -> QuerySet[Plan]:
    """Every plan, the newest first; `replaced` says that a later one was published in its place."""
    later = Plan.objects.filter(follows=OuterRef("pk"), published_at__isnull=False)
    shown = Plan.objects.filter(where).select_related("unit", "made_by", "published_by", "follows")
    return shown.annotate(replaced=Exists(later)).order_by("-asked_at", "-id")


def state_of(plan: Plan) -> str:
    """How a plan stands: computing, failed, draft, published, replaced or discarded."""
    if plan.discarded_at:
        return "discarded"
    if plan.failure:
        return "failed"
    if not plan.made_at:
        return "computing"
    if not plan.published_at:
        return "draft"
    return "replaced" if getattr(plan, "replaced", False) else "published"


def gap_of(plan: Plan) -> float | None:
    """By how many per cent at most a plan lies below the best possible, rounded up; None without a bound."""
    if not plan.bound:
        return None
    return ceil(round(1000 * max(0.0, 1 - plan.objective / plan.bound), 6)) / 10


def amounts(plan: Plan) -> Amounts:
    """How many meet how many, which way these matches came about, and what is impossible."""
    standing = Assignment.objects.standing().filter(plan=plan).order_by()
    counts = standing.aggregate(
        people=Count("person", distinct=True),
        customers=Count("customer", distinct=True),
        matches=Count("pk"),
        nameless=Count("pk", filter=Q(customer=None)),
        locked=Count("pk", filter=Q(locked=True)),
    )
    gone = Assignment.objects.filter(plan=plan, withdrawn_at__isnull=False).count()
    by_way = dict(standing.values_list("way").annotate(Count("pk")))
    return Amounts(
        **counts,
        gone=gone,
        ways=[(way, by_way[way]) for way in Way.values if way in by_way],
        gap=gap_of(plan),
        missing=max(0, plan.owed - plan.met),
        conflicts=impossible(plan)[:MOST_SHOWN],
        more_conflicts=max(0, plan.conflicts.count() - MOST_SHOWN),
    )


def staging(plan: Plan, now: datetime) -> Staging | None:
    """Of the encounters held there within a year; None while they are fewer than the smallest group."""
    held = Encounter.objects.held().filter(
        unit__path__startswith=plan.unit.path, starts_at__gte=now - YEAR, starts_at__lte=now
    )
    counts = {"many": Count("pk"), "told": Count("pk", filter=Q(announced=True))}
    by = held.order_by().values_list("chosen_by").annotate(**counts)
    found = sorted(by, key=lambda one: (-one[1], one[0]))
    total = sum(many for _, many, _ in found)
    if total < number("smallest_group"):
        return None
    return Staging(total, sum(told for *_, told in found), {who: many for who, many, _ in found})

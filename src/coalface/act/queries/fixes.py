"""Fixes, how far they are, and what each waits for."""

from datetime import date

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When

from coalface.permissions import Right, Rights
from coalface.records.history import history_of
from coalface.records.models import (
    EvaluationPlan,
    Event,
    Fix,
    Lane,
    Person,
    Unit,
    Verdict,
)
from coalface.records.tables import Column, Of, Table

FIXES = Table(
    "fixes",
    (
        Column("id", Of.WHOLE),
        Column("title"),
        Column("issue", read="issue.title"),
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("lane"),
        Column("owner", read="owner.name"),
        Column("due_on", Of.DAY),
        Column("opened_at", Of.MOMENT),
        Column("accepted_at", Of.MOMENT),
        Column("planned", Of.YES_NO),
        Column("shipped_at", Of.MOMENT),
        Column("declined_at", Of.MOMENT),
        Column("ruling"),
    ),
)


def fixes(*, show: str = "open", owner: Person | None = None, unit: Unit | None = None) -> QuerySet[Fix]:
    """Fixes with how far they are: easy lanes first, then what is due first; shipped ones newest first."""
    found = Fix.objects.select_related("issue", "unit", "owner").annotate(
        planned=Exists(EvaluationPlan.objects.filter(fix=OuterRef("pk"))),
        ruling=Subquery(Verdict.objects.filter(fix=OuterRef("pk")).values("ruling")[:1]),
        place=Case(*(When(lane=lane, then=Value(place)) for place, lane in enumerate(Lane.values))),
    )
    if owner:
        found = found.filter(owner=owner)
    if unit:
        found = found.filter(Q(unit=None) | Q(unit__path__startswith=unit.path))
    if show == "shipped":
        return found.filter(shipped_at__isnull=False).order_by("-shipped_at", "-id")
    if show == "declined":
        return found.filter(declined_at__isnull=False).order_by("-declined_at", "-id")
    return found.open().order_by("place", "due_on", "id")


def fix_with_all(pk: int) -> QuerySet[Fix]:
    """One fix with everything its page names."""
    return (
        Fix.objects.filter(pk=pk)
        .select_related("issue", "unit", "owner", "opened_by", "decline_reason", "evaluation_plan__judge")
        .prefetch_related(Prefetch("verdicts", Verdict.objects.select_related("judged_by")))
    )


def waiting_for(fix: Fix) -> str:
    """The next step as a code: accept, register, ship, judge, or nothing more (judged, declined)."""
    if fix.declined_at:
        return "declined"
    if not fix.accepted_at:
        return "accept"
    if not hasattr(fix, "evaluation_plan"):
        return "register"
    if not fix.shipped_at:
        return "ship"
    return "judged" if fix.verdicts.all() else "judge"


def history(fix: Fix) -> QuerySet[Event]:
    """What happened to a fix, newest first."""
    return history_of(fix).order_by("-id")


def may(rights: Rights, right: Right, fix: Fix) -> bool:
    """Whether a right reaches a fix; one for everywhere is in reach of all who have the right."""
    return rights.reach(right, fix.unit) if fix.unit else rights.has(right)


def owners(today: date) -> QuerySet[Person]:
    """Everybody who works here and could own a fix."""
    return Person.objects.working(today).order_by("name", "id")

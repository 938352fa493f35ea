"""How a fix is going to be judged: a sensible first guess, and when the numbers can say something."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from coalface.methods.verification import days_until_decidable
from coalface.permissions import RIGHTS, Right
from coalface.records.models import (
    Basis,
    EvaluationPlan,
    Exposure,
    Fix,
    Grant,
    Person,
    Ruling,
    Verdict,
)
from coalface.records.tables import Column, Of, Table
from coalface.shell.charts import BeforeAfter, Week

from .counts import day_of, exposure_per_day, zone_of
from .verdicts import WEEK, counts_by_week, decidable_on

BASELINE = timedelta(weeks=26)
TRY_AGAIN_AFTER = timedelta(days=28)
STANDS_OUT = 2

EXPOSURES = Table(
    "exposures",
    (
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("measure"),
        Column("from_on", Of.DAY),
        Column("until_on", Of.DAY),
        Column("quantity", Of.WHOLE),
        Column("source"),
    ),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A baseline and, where some weeks stand out, the spike to leave out of it."""

    baseline_from: date
    baseline_until: date
    spike_from: date | None
    spike_until: date | None


def suggest(fix: Fix, today: date) -> Suggestion:
    """The last 26 whole weeks, and the weeks around the highest if it is at least twice the median."""
    until_on = today - timedelta(days=today.weekday())
    weeks = counts_by_week(fix, until_on - BASELINE, until_on)
    first, last = spike([count for _, count in weeks])
    if first == last:
        return Suggestion(until_on - BASELINE, until_on, None, None)
    return Suggestion(until_on - BASELINE, until_on, weeks[first][0], weeks[last - 1][0] + WEEK)


def look_back(fix: Fix, guess: Suggestion) -> BeforeAfter:
    """The weeks of a suggestion, with the spike marked."""
    spike_from, spike_until = (
        guess.spike_from or guess.baseline_until,
        guess.spike_until or guess.baseline_until,
    )
    weeks = counts_by_week(fix, guess.baseline_from, guess.baseline_until)
    return BeforeAfter(
        [
            Week(starts_on, count, "spike" if spike_from <= starts_on < spike_until else "baseline")
            for starts_on, count in weeks
        ]
    )


def spike(counts: Sequence[int]) -> tuple[int, int]:
    """Where the weeks around the highest begin and end; the same place twice when nothing stands out."""
    usual = max(median(counts), 1)
    top = max(range(len(counts)), key=counts.__getitem__)
    if counts[top] < STANDS_OUT * usual or counts[top] < 4:
        return 0, 0
    first = last = top
    while first > 0 and counts[first - 1] >= STANDS_OUT * usual:
        first -= 1
    while last + 1 < len(counts) and counts[last + 1] >= STANDS_OUT * usual:
        last += 1
    return first, last + 1


def measures() -> list[str]:
    """What exposures have been counted in, such as contacts or orders."""
    return list(Exposure.objects.order_by("measure").values_list("measure", flat=True).distinct())


def recorded_exposures() -> QuerySet[Exposure]:
    """How much was done, as it was recorded, the newest period first."""
    return Exposure.objects.select_related("unit").order_by("-from_on", "unit__path", "measure", "-id")


def judges(fix: Fix, today: date) -> QuerySet[Person]:
    """Those who may judge this fix: with the right to, where it applies, and not its owner."""
    held = Grant.objects.in_force(today).filter(person=OuterRef("pk"), role__in=RIGHTS[Right.JUDGE])
    if fix.unit:
        held = held.filter(unit__in=_above(fix))
    return Person.objects.working(today).filter(Exists(held)).exclude(pk=fix.owner_id).order_by("name", "id")


def _above(fix: Fix) -> list[int]:
    return [int(piece) for piece in fix.unit.path.strip("/").split("/") if piece]


def first_guess(
    *, fix: Fix, measure: str, events: int, exposure: float, effect: float, lag_days: int, today: date
) -> date | None:
    """The day from which counts could show the effect if the fix ships when due; None for never."""
    per_day = exposure_per_day(measure=measure, unit=fix.unit, today=today)
    if not (exposure and per_day):
        return None
    days = days_until_decidable(
        before=events,
        exposure_before=exposure,
        exposure_per_day_after=per_day,
        ratio=effect,
        elapsed_exposure_after=0,
    )
    return None if days is None else max(today, fix.due_on) + timedelta(days=lag_days + days)


def _next_judging_on(fix: Fix) -> date | None:
    """The day on which the counts are to be weighed next; None when they have spoken or never can."""
    plan: EvaluationPlan = fix.evaluation_plan
    by_counts = [verdict for verdict in fix.verdicts.all() if verdict.basis == Basis.COUNTS]
    if not by_counts:
        return decidable_on(fix)
    last = by_counts[0]
    if last.ruling != Ruling.NOT_ENOUGH_EVIDENCE or not plan.exposure_before or last.missing == "events":
        return None
    again: date = last.decidable_on or day_of(last.judged_at, zone_of(fix)) + TRY_AGAIN_AFTER
    return again


def due_for_judging(now: datetime) -> list[Fix]:
    """Shipped fixes with a judge, whose day has come."""
    candidates = (
        Fix.objects.filter(shipped_at__isnull=False, evaluation_plan__judge__isnull=False)
        .filter(Q(evaluation_plan__basis=Basis.COUNTS))
        .select_related("issue", "unit", "owner", "evaluation_plan__judge")
        .prefetch_related(Prefetch("verdicts", Verdict.objects.order_by("-judged_at", "-id")))
        .order_by("id")
    )
    return [fix for fix in candidates if _has_come(fix, now)]


def _has_come(fix: Fix, now: datetime) -> bool:
    on = _next_judging_on(fix)
    today = day_of(now, zone_of(fix))
    return on is not None and on <= today and day_of(fix.shipped_at, zone_of(fix)) < today

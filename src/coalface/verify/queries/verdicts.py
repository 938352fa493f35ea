"""Fixes with their verdicts, and the weeks behind them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import mean
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse

from coalface.act.queries import day_of, decidable_on, mentions_of, zone_of, zone_of_all
from coalface.methods.results import Estimate
from coalface.records.models import Basis, EvaluationPlan, Fix, Mention, Ruling, Unit, Verdict
from coalface.records.tables import Column, Of, Table
from coalface.shell.charts import BeforeAfter, IntervalBars, IntervalRow, Week

from .controls import Before, registered_controls, scope_of
from .counts import Window, covered_until, days_between, midnight
from .said import before_of
from .series import in_weeks, named_by_day

WEEK = timedelta(weeks=1)
RARELY = 4

OTHERWISE_READ = {"judged_by", "warnings"}
_JUDGED = (
    Column("ruling", read="verdict.ruling"),
    Column("basis", read="verdict.basis"),
    Column("judged_at", Of.MOMENT, "verdict.judged_at"),
    Column("judged_by", read="verdict.judged_by.name"),
    Column("after_from", Of.DAY, "verdict.after_from"),
    Column("after_until", Of.DAY, "verdict.after_until"),
    Column("events_after", Of.WHOLE, "verdict.events_after"),
    Column("exposure_after", Of.NUMBER, "verdict.exposure_after"),
    Column("ratio", Of.NUMBER, "verdict.ratio"),
    Column("ratio_low", Of.NUMBER, "verdict.ratio_low"),
    Column("ratio_high", Of.NUMBER, "verdict.ratio_high"),
    Column("p", Of.NUMBER, "verdict.p"),
    Column("expected", Of.NUMBER, "verdict.expected"),
    Column("expected_low", Of.NUMBER, "verdict.expected_low"),
    Column("expected_high", Of.NUMBER, "verdict.expected_high"),
    Column("safe_low", Of.NUMBER, "verdict.safe_low"),
    Column("safe_high", Of.NUMBER, "verdict.safe_high"),
    Column("dispersion", Of.NUMBER, "verdict.dispersion"),
    Column("method", read="verdict.method"),
    Column("warnings", read="said"),
)
VERDICTS = Table(
    "verdicts",
    (
        Column("fix", read="fix.title"),
        Column("issue", read="fix.issue.title"),
        Column("unit_key", read="fix.unit.key"),
        Column("unit", read="fix.unit.name"),
        Column("owner", read="fix.owner.name"),
        Column("shipped_at", Of.MOMENT, "fix.shipped_at"),
        Column("state"),
        Column("decidable_on", Of.DAY, "on"),
        *_JUDGED,
    ),
)
VERDICTS_OF_A_FIX = Table(
    "verdicts_of_a_fix",
    (
        *(replace(column, read=column.key) for column in _JUDGED if column.key not in OTHERWISE_READ),
        Column("warnings", read=lambda verdict: ", ".join(verdict.warnings)),
        Column("judged_by", read="judged_by.name"),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One fix in the list: its newest verdict, and what it waits for."""

    fix: Fix
    verdict: Verdict | None
    ratio: Estimate | None
    state: str
    on: date | None
    before: Before | None
    said: str


def fixes_to_judge(show: str = "", unit: Unit | None = None) -> QuerySet[Fix]:
    """Fixes that have, or are to get, a verdict: those last shipped first.

    `show` is a ruling, "waiting" (shipped, not judged) or "planned"; a unit shows what holds there.
    """
    newest = Verdict.objects.filter(fix=OuterRef("pk")).order_by("-judged_at", "-id").values("ruling")[:1]
    found = Fix.objects.filter(
        Q(evaluation_plan__isnull=False) | Q(shipped_at__isnull=False), declined_at=None, merged_into=None
    ).annotate(ruling=Subquery(newest))
    if show == "planned":
        found = found.filter(shipped_at=None)
    elif show == "waiting":
        found = found.filter(shipped_at__isnull=False, ruling=None)
    elif show:
        found = found.filter(ruling=show)
    if unit:
        found = found.filter(Q(unit=None) | Q(unit__path__startswith=unit.path))
    return (
        found.select_related("issue", "unit", "owner", "evaluation_plan__judge")
        .prefetch_related(
            Prefetch("verdicts", Verdict.objects.select_related("judged_by").order_by("-judged_at", "-id"))
        )
        .order_by(F("shipped_at").desc(nulls_last=True), "-id")
    )


def fix_to_judge(pk: int) -> QuerySet[Fix]:
    """One fix as the pages of verdicts need it."""
    return (
        Fix.objects.filter(pk=pk)
        .select_related("issue", "unit", "owner", "evaluation_plan__judge")
        .prefetch_related(
            Prefetch("verdicts", Verdict.objects.select_related("judged_by").order_by("-judged_at", "-id"))
        )
    )


def line(fix: Fix, elsewhere: ZoneInfo) -> Line:
    """What the list says about a fix."""
    newest, plan = next(iter(fix.verdicts.all()), None), getattr(fix, "evaluation_plan", None)
    if newest:
        state = "judged"
    elif fix.shipped_at is None:
        state = "planned"
    else:
        state = "customers" if plan and plan.basis == Basis.CUSTOMERS else "waiting"
    on = None if newest or plan is None else decidable_on(fix, elsewhere)
    said = ", ".join(newest.warnings) if newest else ""
    return Line(fix, newest, ratio_of(newest), state, on, before_of(plan, newest), said)


def lines(fixes: list[Fix]) -> list[Line]:
    """The list, with everything it needs already at hand."""
    elsewhere = zone_of_all()
    return [line(fix, elsewhere) for fix in fixes]


def ratio_of(verdict: Verdict | None) -> Estimate | None:
    """The stored ratio with its interval, where there is one that ends."""
    if verdict is None or verdict.ratio is None or verdict.ratio_high is None:
        return None
    n = verdict.fix.evaluation_plan.events_before + verdict.events_after
    return Estimate(verdict.ratio, verdict.ratio_low, verdict.ratio_high, n, verdict.method)


def against_before(lines: list[Line]) -> IntervalBars:
    """The stored ratios on one scale, with the line at which nothing has changed."""
    rows = [
        IntervalRow(
            one.fix.title,
            one.ratio,
            n=one.ratio.n,
            href=reverse("verify:verdict", args=[one.fix.pk]),
        )
        for one in lines
        if one.ratio
    ]
    return IntervalBars(rows, kind="times", most=2.0, reference=1.0)


def judged_by_counts(fix: Fix) -> list[Verdict]:
    """The verdicts that rest on counts, newest first."""
    return list(Verdict.objects.filter(fix=fix, basis=Basis.COUNTS).order_by("-judged_at", "-id"))


def customers_judge(fix: Fix) -> bool:
    """Whether those who raised it give the verdict: as registered, or because counts never can.

    A registered yardstick is not set aside by one answer that came before it or went against it.
    """
    if fix.evaluation_plan.basis == Basis.CUSTOMERS:
        return True
    by_counts = judged_by_counts(fix)
    if by_counts:
        last = by_counts[0]
        if any(code.startswith("overlapping") for code in last.warnings):
            return last.ruling not in {Ruling.NO_CHANGE, Ruling.WORSE, Ruling.RELAPSED}
        return last.ruling == Ruling.NOT_ENOUGH_EVIDENCE and last.decidable_on is None
    return decidable_on(fix) is None


def counts_by_week(fix: Fix, from_on: date, until_on: date) -> list[tuple[date, int]]:
    """How often the issue was named in each week from a day on, empty weeks included."""
    zone = zone_of(fix)
    by_day = (
        mentions_of(fix)
        .filter(happened_at__gte=midnight(from_on, zone), happened_at__lt=midnight(until_on, zone))
        .order_by()
        .annotate(day=TruncDate("happened_at", tzinfo=zone))
        .values_list("day")
        .annotate(n=Count("pk"))
    )
    counts: Counter[date] = Counter()
    for day, n in by_day:
        counts[from_on + WEEK * ((day - from_on) // WEEK)] += n
    weeks = -((from_on - until_on) // WEEK)
    return [(from_on + WEEK * place, counts[from_on + WEEK * place]) for place in range(weeks)]


def weekly(fix: Fix, plan: EvaluationPlan | None, verdict: Verdict | None, today: date) -> BeforeAfter | None:
    """The weeks from the baseline until nothing is known any more, today at the latest.

    What was to be expected is as the verdict has it. Where nothing is heard and nothing done any more, a week
    without a mention is no week without the issue; and a week that is not over would look like a fall.
    """
    if plan is None or plan.baseline_from is None:
        return None
    zone = zone_of(fix)
    live_on = day_of(fix.shipped_at, zone) if fix.shipped_at else None
    known_until = _known_until(fix, plan, live_on, zone, today)
    weeks = [
        Week(starts_on, count, _phase(starts_on, plan, live_on))
        for starts_on, count in counts_by_week(fix, plan.baseline_from, known_until)
    ]
    days = Window(plan.baseline_from, plan.baseline_until, plan.spike_from, plan.spike_until).days()
    return BeforeAfter(
        weeks,
        baseline=plan.events_before * 7 / len(days),
        expected=_a_week(verdict),
        shipped_on=live_on,
        control=control_by_week(plan, weeks),
    )


def _known_until(fix: Fix, plan: EvaluationPlan, live_on: date | None, zone: ZoneInfo, today: date) -> date:
    """The day after the last on which anything was heard or done there, never after the last whole week."""
    heard = Mention.objects.filter(scope_of(fix).holds()).aggregate(last=Max("happened_at"))["last"]
    ends = [
        plan.baseline_until,
        live_on,
        heard and day_of(heard, zone) + timedelta(days=1),
        covered_until(measure=plan.measure, unit=fix.unit, today=today),
    ]
    weeks_end_on = today - (today - plan.baseline_from) % WEEK
    return max(min(max(filter(None, ends)), weeks_end_on), plan.baseline_until)


def control_by_week(plan: EvaluationPlan, weeks: Sequence[Week]) -> list[float]:
    """What it is compared with, week by week, at the height the issue had before.

    Named rarely, each week is the mean of its four: single mentions up and down say nothing.
    """
    if not (plan.control_before and weeks):
        return []
    window = Window(weeks[0].starts_on, weeks[-1].starts_on + WEEK)
    named: Counter[date] = Counter()
    for scope in registered_controls(plan):
        named += named_by_day(scope, window, zone_of(plan.fix))
    same = plan.events_before / plan.control_before
    whole = in_weeks([tuple(days_between(week.starts_on, week.starts_on + WEEK)) for week in weeks], named)
    if sum(whole) < RARELY * len(whole):
        whole = [mean(whole[place // 4 * 4 : place // 4 * 4 + 4]) for place in range(len(whole))]
    return [round(same * n, 2) for n in whole]


def _phase(starts_on: date, plan: EvaluationPlan, live_on: date | None) -> str:
    if plan.spike_from and plan.spike_from <= starts_on < plan.spike_until:
        return "spike"
    if starts_on < plan.baseline_until:
        return "baseline"
    if live_on is None or starts_on < live_on + timedelta(days=plan.lag_days):
        return "lag"
    return "after"


def _a_week(verdict: Verdict | None) -> Estimate | None:
    if verdict is None or verdict.expected is None:
        return None
    weeks = (verdict.after_until - verdict.after_from).days / 7
    low, high = verdict.expected_low / weeks, verdict.expected_high / weeks
    return Estimate(verdict.expected / weeks, low, high, 0, "empirical_bayes")

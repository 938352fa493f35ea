"""How a fix is going to be judged: a sensible first guess, and when the numbers can say something."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Exists, Max, OuterRef, QuerySet

from coalface.act.queries import day_of, mentions_of, zone_of
from coalface.permissions import RIGHTS, Right
from coalface.records.models import Basis, Exposure, Fix, Grant, Person
from coalface.records.tables import Column, Of, Table
from coalface.shell.charts import BeforeAfter, Week

from .counts import midnight
from .verdicts import WEEK, counts_by_week

BASELINE, YEAR = timedelta(weeks=26), timedelta(weeks=52)
SHORTEST = timedelta(weeks=8)
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
    """The last 26 whole weeks, and the weeks around the highest if it is at least twice the median.

    A whole year where it is known that far back: in less, a season cannot be told from a change. Where
    another fix on the issue went live meanwhile, only the weeks since, if there are eight.
    """
    until_on = today - timedelta(days=today.weekday())
    from_on = _since_the_last_fix(fix, until_on)
    weeks = counts_by_week(fix, from_on, until_on)
    first, last = spike([count for _, count in weeks])
    if first == last:
        return Suggestion(from_on, until_on, None, None)
    return Suggestion(from_on, until_on, weeks[first][0], weeks[last - 1][0] + WEEK)


def _since_the_last_fix(fix: Fix, until_on: date) -> date:
    others = Fix.objects.filter(issue=fix.issue_id).exclude(pk=fix.pk)
    last = others.aggregate(last=Max("shipped_at"))["last"]
    longest = until_on - (YEAR if _known_since(fix, until_on - YEAR) else BASELINE)
    if last is None:
        return longest
    day = day_of(last, zone_of(fix))
    monday = day + WEEK - timedelta(days=day.weekday())
    return max(longest, monday) if monday <= until_on - SHORTEST else longest


def _known_since(fix: Fix, day: date) -> bool:
    """Whether the issue had been named by then, and what was done is on record from then on."""
    done = Exposure.objects.filter(from_on__lte=day)
    if fix.unit:
        done = done.filter(unit__path__startswith=fix.unit.path)
    return done.exists() and mentions_of(fix).filter(happened_at__lt=midnight(day, zone_of(fix))).exists()


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


def asked_instead(fix: Fix, today: date) -> bool:
    """Whether customers judge because nobody but the owner could."""
    plan = getattr(fix, "evaluation_plan", None)
    return plan is not None and plan.basis == Basis.CUSTOMERS and not judges(fix, today).exists()

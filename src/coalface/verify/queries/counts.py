"""How often an issue was named in a stretch of days, and how much was done in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, Q, QuerySet

from coalface.act.queries import day_of, mentions_of, zone_of
from coalface.records.models import Exposure, Fix, Mention, Unit

ENDS = ("baseline_from", "baseline_until", "spike_from", "spike_until")


@dataclass(frozen=True, slots=True)
class Window:
    """Days from one (included) until another (left out), apart from a spike cut out of them."""

    from_on: date
    until_on: date
    spike_from: date | None = None
    spike_until: date | None = None

    def days(self) -> set[date]:
        """Every day that counts."""
        whole = set(days_between(self.from_on, self.until_on))
        if self.spike_from and self.spike_until:
            whole -= set(days_between(self.spike_from, self.spike_until))
        return whole

    def holds(self, zone: ZoneInfo) -> Q:
        """A filter for what happened on these days, as the clocks of the place had it."""
        inside = Q(
            happened_at__gte=midnight(self.from_on, zone), happened_at__lt=midnight(self.until_on, zone)
        )
        if self.spike_from and self.spike_until:
            start, end = midnight(self.spike_from, zone), midnight(self.spike_until, zone)
            inside &= Q(happened_at__lt=start) | Q(happened_at__gte=end)
        return inside


def days_between(from_on: date, until_on: date) -> Iterator[date]:
    """The days from one on until before another."""
    return (from_on + timedelta(days=place) for place in range((until_on - from_on).days))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment a day begins in a place."""
    return datetime.combine(day, time(), zone)


def shipped_on(fix: Fix) -> date | None:
    """The local date a fix went live, if it did."""
    return day_of(fix.shipped_at, zone_of(fix)) if fix.shipped_at else None


def mentions_in(fix: Fix, window: Window) -> int:
    """How often the issue was named where the fix applies, in these days."""
    named: QuerySet[Mention] = mentions_of(fix).filter(window.holds(zone_of(fix)))
    return named.count()


def exposures(*, measure: str, unit: Unit | None, window: Window) -> QuerySet[Exposure]:
    """What was recorded for a unit and everything below it (or for all), touching these days."""
    rows = Exposure.objects.filter(
        measure=measure, from_on__lt=window.until_on, until_on__gt=window.from_on
    ).order_by("unit_id", "from_on", "id")
    return rows.filter(unit__path__startswith=unit.path) if unit else rows


def quantity_in(rows: Iterable[Exposure], days: set[date]) -> float:
    """How much was done on these days; a period that lies only partly in them counts by its days."""
    total = 0.0
    for row in rows:
        period = set(days_between(row.from_on, row.until_on))
        total += row.quantity * len(period & days) / len(period)
    return total


def known_exposure(*, measure: str, unit: Unit | None, window: Window) -> float:
    """How much was done in a window before the fix, or 0 when that is not known for every day of it.

    A hole would make the rate before look higher than it was, and the fix better than it is.
    """
    days = window.days()
    rows = list(exposures(measure=measure, unit=unit, window=window))
    covered: dict[int, set[date]] = defaultdict(set)
    for row in rows:
        covered[row.unit_id] |= set(days_between(row.from_on, row.until_on)) & days
    if not days <= set().union(*covered.values()):
        return 0.0
    for known in filter(None, covered.values()):
        if not {day for day in days if min(known) <= day <= max(known)} <= known:
            return 0.0
    return quantity_in(rows, days)


def covered_until(*, measure: str, unit: Unit | None, today: date) -> date | None:
    """The day up to which it is known how much was done, today at the latest; None when it never was."""
    rows = Exposure.objects.filter(measure=measure)
    if unit:
        rows = rows.filter(unit__path__startswith=unit.path)
    last: date | None = rows.aggregate(last=Max("until_on"))["last"]
    return min(last, today) if last else None


def exposure_per_day(*, measure: str, unit: Unit | None, today: date) -> float:
    """How much is done a day, from the last eight weeks of which it is known; 0 when it is not."""
    until_on = covered_until(measure=measure, unit=unit, today=today)
    if until_on is None or until_on <= today - timedelta(weeks=26):
        return 0.0
    window = Window(until_on - timedelta(weeks=8), until_on)
    rows = list(exposures(measure=measure, unit=unit, window=window))
    days = window.days() & set().union(*(days_between(row.from_on, row.until_on) for row in rows))
    return quantity_in(rows, days) / len(days) if days else 0.0

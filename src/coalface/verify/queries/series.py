"""What was heard and what was done, day by day and in the weeks of a check."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import TruncDate

from coalface.records.models import Exposure, Mention

from .counts import Window, days_between

Days = tuple[date, ...]
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Scope:
    """Which issues, and in which units with everything below them; no unit means everywhere."""

    issues: tuple[int, ...]
    paths: tuple[str, ...] = ()

    def holds(self) -> Q:
        """A filter for what happened in these places."""
        return places(self.paths)


def places(paths: Iterable[str]) -> Q:
    """A filter for units and everything below them; with none it leaves out nothing."""
    found = Q()
    for path in paths:
        found |= Q(unit__path__startswith=path)
    return found


def named_by_day(scope: Scope, window: Window, zone: ZoneInfo) -> Counter[date]:
    """How often any of these issues was named on each day, as the clocks of the place had it."""
    rows = Mention.objects.counted().filter(scope.holds(), window.holds(zone), issue__in=scope.issues)
    return Counter({day: n for day, n in _by_day(rows, zone).annotate(n=Count("pk"))})


def heard_by_day(scope: Scope, window: Window, zone: ZoneInfo, channels: Sequence[str]) -> Counter[date]:
    """Everything heard on each day through these channels, and whatever else names the issues.

    Each thing that was said counts once, whatever it is about; what we noted ourselves is the channel "".
    """
    same = Q(feedback__channel__in=[one for one in channels if one])
    if "" in channels:
        same |= Q(remark__isnull=False)
    rows = Mention.objects.filter(scope.holds(), window.holds(zone)).filter(
        same | Q(counted=True, issue__in=scope.issues)
    )
    by_day = _by_day(rows, zone).annotate(
        told=Count("feedback", distinct=True), noted=Count("remark", distinct=True)
    )
    return Counter({day: told + noted for day, told, noted in by_day})


def channels_of(scope: Scope, window: Window, zone: ZoneInfo) -> list[str]:
    """The channels that each brought at least a tenth of what was named."""
    rows = Mention.objects.counted().filter(scope.holds(), window.holds(zone), issue__in=scope.issues)
    by_channel = rows.order_by().values_list("feedback__channel").annotate(n=Count("pk"))
    counts = {name or "": n for name, n in by_channel}
    whole = sum(counts.values())
    return sorted(name for name, n in counts.items() if 10 * n >= whole)


def _by_day(rows: QuerySet[Mention], zone: ZoneInfo) -> QuerySet:
    return rows.order_by().annotate(day=TruncDate("happened_at", tzinfo=zone)).values_list("day")


def done_by_day(measure: str, paths: Iterable[str], window: Window) -> dict[date, float]:
    """How much was done on each day of a window; a period counts the same on each of its days."""
    rows = Exposure.objects.filter(
        places(paths), measure=measure, from_on__lt=window.until_on, until_on__gt=window.from_on
    )
    done: dict[date, float] = Counter()
    kept = window.days()
    for from_on, until_on, quantity in rows.values_list("from_on", "until_on", "quantity").order_by("pk"):
        a_day = quantity / (until_on - from_on).days
        for day in days_between(max(from_on, window.from_on), min(until_on, window.until_on)):
            if day in kept:
                done[day] += a_day
    return done


def weeks_of(window: Window, done: Mapping[date, float]) -> list[Days]:
    """The days of a window in weeks from its first day on, those cut out left out.

    A week in which nothing is known to have been done goes with the one before it: its count still counts.
    """
    weeks: dict[int, list[date]] = {}
    for day in sorted(window.days()):
        weeks.setdefault((day - window.from_on).days // DAYS_OF_A_WEEK, []).append(day)
    found: list[Days] = []
    waiting: Days = ()
    for days in weeks.values():
        waiting = (*waiting, *days)
        if any(done.get(day) for day in days):
            found.append(waiting)
            waiting = ()
    if waiting:
        found[-1:] = [(*found[-1], *waiting)] if found else [waiting]
    return found


def in_weeks(weeks: Sequence[Days], by_day: Mapping[date, float]) -> list[float]:
    """What a count by day comes to in each of these weeks."""
    return [round(sum(by_day.get(day, 0) for day in days), 6) for days in weeks]


def first_heard(scope: Scope) -> datetime | None:
    """When the first thing of all was heard in these places, whatever it was about."""
    first: datetime | None = Mention.objects.filter(scope.holds()).aggregate(at=Min("happened_at"))["at"]
    return first

"""What happened around a check that has to be said with its verdict, as codes with what they are about."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from coalface.act.queries import day_of, mentions_of, zone_of
from coalface.records.models import EvaluationPlan, Event, Fix

from .controls import Before, overlaps, registered_controls
from .counts import Window, days_between, exposures
from .seals import broken_seal

# Codes after which counts alone do not verify a fix.
DOUBTS = frozenset({"overlapping", "control_unknown"})


def circumstances(fix: Fix, after: Window, now_before: Before, done_after: Iterable[date]) -> list[str]:
    """Everything to be said: a broken seal, other fixes, merged issues, new figures, days not known."""
    plan: EvaluationPlan = fix.evaluation_plan
    found = [code for code in (broken_seal(plan),) if code]
    found += [f"amended:{n}" for n in (plan.amendments.count(),) if n]
    found += [f"overlapping:{pk}" for pk in overlapping(fix, after)]
    found += [f"merged:{pk}" for pk in merged_since(plan)]
    found += [f"control_touched:{pk}" for pk in touched_controls(fix, after)]
    if _differs(plan, now_before):
        found.append(f"recounted:{now_before.events}:{now_before.exposure:.0f}")
    if after.days() - set(done_after) or said_where_unknown(fix, after):
        found.append("days_unknown")
    return found


def said_where_unknown(fix: Fix, after: Window) -> bool:
    """Whether it was named somewhere on a day on which only other places said how much they did."""
    plan, zone = fix.evaluation_plan, zone_of(fix)
    whole = Window(plan.baseline_from, after.until_on)
    known: dict[str, set[date]] = defaultdict(set)
    for row in exposures(measure=plan.measure, unit=fix.unit, window=whole).select_related("unit"):
        known[row.unit.path] |= set(days_between(row.from_on, row.until_on))
    named = mentions_of(fix).filter(after.holds(zone)).order_by().values_list("unit__path", "happened_at")
    for path, moment in named:
        there = [days for place, days in known.items() if path.startswith(place)]
        if there and day_of(moment, zone) not in set().union(*there):
            return True
    return False


def overlapping(fix: Fix, after: Window) -> list[int]:
    """Other fixes on the issue that went live between the beginning of the time before and the end of this.

    What they did cannot be told from what this one did.
    """
    plan, zone = fix.evaluation_plan, zone_of(fix)
    others = Fix.objects.filter(issue=fix.issue_id, shipped_at__isnull=False).exclude(pk=fix.pk)
    return [
        other.pk
        for other in others.select_related("unit").order_by("shipped_at", "pk")
        if plan.baseline_from <= day_of(other.shipped_at, zone) < after.until_on and _same_place(fix, other)
    ]


def _same_place(one: Fix, other: Fix) -> bool:
    return one.unit is None or other.unit is None or overlaps(one.unit, other.unit)


def merged_since(plan: EvaluationPlan) -> list[int]:
    """Issues that became one with this one after the plan was registered; a fix moves with its issue."""
    events = Event.objects.filter(kind="issue.merged", at__gte=plan.registered_at).order_by("pk")
    return [int(event.about_id) for event in events if event.payload.get("into") == plan.fix.issue_id]


def touched_controls(fix: Fix, after: Window) -> list[int]:
    """Fixes that went live meanwhile on what this one is compared with."""
    plan, zone = fix.evaluation_plan, zone_of(fix)
    where = Q()
    for scope in registered_controls(plan):
        inside = Q(issue__in=scope.issues)
        if scope.paths:
            inside &= _reaching(scope.paths)
        where |= inside
    if not where:
        return []
    live = Fix.objects.filter(where, shipped_at__isnull=False).exclude(pk=fix.pk).order_by("pk")
    return [one.pk for one in live if plan.baseline_from <= day_of(one.shipped_at, zone) < after.until_on]


def _reaching(paths: Iterable[str]) -> Q:
    """A filter for fixes for everywhere, for these places, their parts, and what they are part of."""
    found = Q(unit=None)
    for path in paths:
        parts = path.strip("/").split("/")
        above = [f"{'/'.join(parts[:length])}/" for length in range(1, len(parts))]
        found |= Q(unit__path__startswith=path) | Q(unit__path__in=above)
    return found


def _differs(plan: EvaluationPlan, counted: Before) -> bool:
    same = counted.events == plan.events_before
    return not (same and abs(counted.exposure - plan.exposure_before) < 0.5)

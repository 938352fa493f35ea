"""What a fix does not touch: issues and places that show what would have happened anyway."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from coalface.act.queries import zone_of
from coalface.records.models import EvaluationPlan, Exposure, Fix, Issue, Mention, Unit

from .counts import Window, known_exposure
from .series import Scope, named_by_day, places

SUGGESTED = 6
AS_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Alike:
    """Something to compare with, and how often it was named in the time before."""

    pk: int
    name: str
    named: int


@dataclass(frozen=True, slots=True)
class Before:
    """What was counted before a fix, with how much was done; controls are None where there are none."""

    events: int
    exposure: float
    control: int | None = None
    control_exposure: float | None = None


def scope_of(fix: Fix) -> Scope:
    """The issue of a fix where the fix applies."""
    return Scope((fix.issue_id,), (fix.unit.path,) if fix.unit else ())


def control_scopes(fix: Fix, issues: Sequence[Issue], units: Sequence[Unit]) -> list[Scope]:
    """Other issues where the fix applies, its issue where it does not; a merged one is what it became."""
    scopes = []
    standing = tuple(sorted({one.merged_into_id or one.pk for one in issues} - {fix.issue_id}))
    if standing:
        scopes.append(Scope(standing, scope_of(fix).paths))
    if units:
        scopes.append(Scope((fix.issue_id,), tuple(sorted(unit.path for unit in units))))
    return scopes


def registered_controls(plan: EvaluationPlan) -> list[Scope]:
    """The controls of a plan, as they stand."""
    fix = plan.fix
    return control_scopes(
        fix, list(plan.control_issues.order_by("pk")), list(plan.control_units.order_by("pk"))
    )


def count_before(
    *, fix: Fix, measure: str, window: Window, issues: Sequence[Issue] = (), units: Sequence[Unit] = ()
) -> Before:
    """What is counted now of the time before, for the issue and for what it is compared with."""
    zone = zone_of(fix)
    events = sum(named_by_day(scope_of(fix), window, zone).values())
    exposure = known_exposure(measure=measure, unit=fix.unit, window=window)
    scopes = control_scopes(fix, issues, units)
    if not scopes:
        return Before(events, exposure)
    control = sum(sum(named_by_day(scope, window, zone).values()) for scope in scopes)
    elsewhere = sum(known_exposure(measure=measure, unit=unit, window=window) for unit in units)
    return Before(events, exposure, control, elsewhere + (exposure if issues else 0.0))


def issues_alike(fix: Fix, window: Window, at_most: int = SUGGESTED) -> list[Alike]:
    """Issues named about as often where the fix applies, with no fix open or shipped since."""
    zone = zone_of(fix)
    named = Counter(
        dict(
            Mention.objects.counted()
            .filter(scope_of(fix).holds(), window.holds(zone))
            .order_by()
            .values_list("issue")
            .annotate(n=Count("pk"))
        )
    )
    own = named.pop(fix.issue_id, 0)
    touched = _touched_since(window.from_on).values("issue")
    standing = dict(
        Issue.objects.standing().filter(pk__in=named).exclude(pk__in=touched).values_list("pk", "title")
    )
    alike = [Alike(pk, title, named[pk]) for pk, title in standing.items() if _as_often(named[pk], own)]
    return sorted(alike, key=lambda one: (abs(one.named - own), one.name, one.pk))[:at_most]


def _as_often(n: int, own: int) -> bool:
    return own <= AS_OFTEN * n and n <= AS_OFTEN * max(own, 1)


def chosen_controls(plan: EvaluationPlan, window: Window) -> tuple[list[Alike], list[Alike]]:
    """The controls of a plan, as they stand, with those alike, the chosen ones first."""
    fix = plan.fix
    chosen = plan.control_issues.values_list(Coalesce("merged_into", "pk"), flat=True)
    standing = Issue.objects.filter(pk__in=chosen).exclude(pk=fix.issue_id).order_by("title", "pk")
    issues = [Alike(one.pk, one.title, 0) for one in standing]
    units = [Alike(one.pk, one.name, 0) for one in plan.control_units.order_by("name", "pk")]
    return (
        _first(issues, issues_alike(fix, window)),
        _first(units, units_alike(fix, plan.measure, window)),
    )


def _first(chosen: list[Alike], alike: list[Alike]) -> list[Alike]:
    """Each once, with its count where that is known."""
    known = {one.pk: one for one in alike}
    taken = [known.pop(one.pk, one) for one in chosen]
    return [*taken, *known.values()]


def _touched_since(day: date) -> QuerySet[Fix]:
    """Fixes open, or shipped since a day."""
    live = Q(shipped_at__isnull=True) | Q(shipped_at__date__gte=day)
    return Fix.objects.filter(live, declined_at=None, merged_into=None)


def units_alike(fix: Fix, measure: str, window: Window, at_most: int = SUGGESTED) -> list[Alike]:
    """Places of the same kind that the fix does not reach, where it is known how much was done."""
    if fix.unit is None:
        return []
    counted = Exposure.objects.filter(
        measure=measure, from_on__lt=window.until_on, until_on__gt=window.from_on
    )
    known = [path for (path,) in counted.values_list("unit__path").distinct()]
    alike = [
        unit
        for unit in Unit.objects.filter(kind=fix.unit.kind).order_by("name", "pk")
        if not overlaps(unit, fix.unit) and any(path.startswith(unit.path) for path in known)
    ]
    named = _named_in(fix, window, alike)
    own = sum(named_by_day(scope_of(fix), window, zone_of(fix)).values())
    found = [Alike(unit.pk, unit.name, named[unit.path]) for unit in alike if named[unit.path]]
    return sorted(found, key=lambda one: (abs(one.named - own), one.name, one.pk))[:at_most]


def _named_in(fix: Fix, window: Window, units: Sequence[Unit]) -> Counter[str]:
    """How often the issue was named in each of these places."""
    rows = (
        Mention.objects.counted()
        .filter(places(unit.path for unit in units), window.holds(zone_of(fix)), issue=fix.issue_id)
        .order_by()
        .values_list("unit__path")
        .annotate(n=Count("pk"))
    )
    named: Counter[str] = Counter()
    for path, n in rows:
        for unit in units:
            if path.startswith(unit.path):
                named[unit.path] += n
    return named


def overlaps(one: Unit, other: Unit) -> bool:
    """Whether one place is part of the other."""
    return one.path.startswith(other.path) or other.path.startswith(one.path)

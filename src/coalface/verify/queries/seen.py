"""Everything the judge of a fix looks at, in the weeks before and after."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from coalface.act.queries import day_of, zone_of
from coalface.records.models import EvaluationPlan, Fix, Issue

from .controls import Before, registered_controls, scope_of
from .counts import Window, known_exposure, shipped_on
from .series import (
    Days,
    Scope,
    channels_of,
    done_by_day,
    first_heard,
    heard_by_day,
    in_weeks,
    named_by_day,
    weeks_of,
)

Sides = tuple[list[float], list[float]]
LATE = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class Seen:
    """Counts and what was done in each week before and after; the control with an exposure of its own."""

    before: list[int]
    after: list[int]
    exposure: Sides
    control: tuple[list[int], list[int]] | None
    control_exposure: Sides | None
    siblings: tuple[list[int], list[int]] | None
    contacts: tuple[list[int], list[int]]
    counted: Before
    days_done: frozenset[date]
    first_on: date | None
    before_from: date
    before_until: date

    @property
    def reaches_back(self) -> bool:
        """Whether anything at all was heard there in the time before."""
        return self.first_on is not None and self.first_on < self.before_until

    @property
    def begins_late(self) -> bool:
        """Whether the first thing of all was heard weeks after the time before began."""
        return self.reaches_back and self.first_on >= self.before_from + LATE

    @property
    def events_after(self) -> int:
        return sum(self.after)

    @property
    def exposure_after(self) -> float:
        return sum(self.exposure[1])

    @property
    def family_ratio(self) -> float | None:
        """The rate of the issue with its siblings, after to before."""
        if self.siblings is None or not self.exposure_after:
            return None
        early, late = (
            sum(own) + sum(more) for own, more in zip((self.before, self.after), self.siblings, strict=True)
        )
        return late / self.exposure_after / (early / sum(self.exposure[0])) if early else None


def look(fix: Fix, after: Window) -> Seen:
    """Count a fix anew by its plan: the same sorting, the same clocks, before and after."""
    plan: EvaluationPlan = fix.evaluation_plan
    before = Window(plan.baseline_from, plan.baseline_until, plan.spike_from, plan.spike_until)
    scope, zone = scope_of(fix), zone_of(fix)
    done = [done_by_day(plan.measure, scope.paths, each) for each in (before, after)]
    weeks = [weeks_of(each, days) for each, days in zip((before, after), done, strict=True)]

    def counts(of: Scope) -> tuple[list[int], list[int]]:
        found = (named_by_day(of, each, zone) for each in (before, after))
        return _pair(weeks, list(found))

    own = counts(scope)
    channels = channels_of(scope, before, zone)
    heard = [heard_by_day(scope, each, zone, channels) for each in (before, after)]
    exposure = _exposures(weeks, done)
    known = known_exposure(measure=plan.measure, unit=fix.unit, window=before)
    control, control_exposure = _control(plan, (before, after), weeks, counts, exposure)
    siblings, first = siblings_of(fix), first_heard(scope)
    return Seen(
        *own,
        exposure,
        control,
        control_exposure,
        counts(Scope(siblings, scope.paths)) if siblings else None,
        _pair(weeks, heard),
        Before(sum(own[0]), known),
        frozenset(done[1]),
        first and day_of(first, zone),
        plan.baseline_from,
        plan.baseline_until,
    )


def _pair(weeks: Sequence[Sequence[Days]], by_day: Sequence[Counter[date]]) -> tuple[list[int], list[int]]:
    early, late = ([int(n) for n in in_weeks(*each)] for each in zip(weeks, by_day, strict=True))
    return early, late


def _exposures(weeks: Sequence[Sequence[Days]], done: Sequence[Mapping[date, float]]) -> Sides:
    early, late = (in_weeks(*each) for each in zip(weeks, done, strict=True))
    return early, late


def _control(
    plan: EvaluationPlan,
    windows: Sequence[Window],
    weeks: Sequence[Sequence[Days]],
    counts: Callable[[Scope], tuple[list[int], list[int]]],
    exposure: Sides,
) -> tuple[Any, Any]:
    """Counts of all that is compared with, and how much was done there."""
    scopes = registered_controls(plan)
    if not scopes:
        return None, None
    both = [counts(scope) for scope in scopes]
    named = tuple([sum(week) for week in zip(*sides, strict=True)] for sides in zip(*both, strict=True))
    paths = [path for scope in scopes if scope.issues == (plan.fix.issue_id,) for path in scope.paths]
    done = [done_by_day(plan.measure, paths, each) if paths else {} for each in windows]
    elsewhere = _exposures(weeks, done)
    shares = any(scope.issues != (plan.fix.issue_id,) for scope in scopes)
    total = tuple(
        [there + (own if shares else 0.0) for there, own in zip(*each, strict=True)]
        for each in zip(elsewhere, exposure, strict=True)
    )
    return named, total


def siblings_of(fix: Fix) -> tuple[int, ...]:
    """Other standing issues at the same touchpoint, to which complaints could have moved."""
    if fix.issue.touchpoint_id is None:
        return ()
    there = Issue.objects.standing().filter(touchpoint=fix.issue.touchpoint_id).exclude(pk=fix.issue_id)
    return tuple(there.order_by("pk").values_list("pk", flat=True))


def after_of(fix: Fix, until_on: date) -> Window:
    """The days after a fix, once it should be felt."""
    from_on = shipped_on(fix) + timedelta(days=fix.evaluation_plan.lag_days)
    return Window(from_on, max(from_on, until_on))

"""When counts can decide: how many events the rule of the verdicts needs, and how long they take to come."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from coalface.act.queries import zone_of
from coalface.methods.dispersion import dispersion
from coalface.methods.verification import Plan, registered_events
from coalface.policies import number
from coalface.records.models import Fix, Issue, Unit

from .controls import Before, count_before, scope_of
from .counts import Window, exposure_per_day
from .series import done_by_day, in_weeks, named_by_day, weeks_of

SEED: Final = 12
USED_FROM: Final = 1.5
LARGEST_EFFECT: Final = 0.98
# Reading spike, trend and season from weeks costs that much more than totals would (docs/using/verdicts.md).
READING_WEEKS: Final = 1.28
# What varies for less than a year may be the season: then the rule asks for proof of a ratio below this.
BELOW_A_SEASON: Final = 0.9
DAYS_OF_A_YEAR: Final = 364


@dataclass(frozen=True, slots=True)
class Decidable:
    """How many events before would do, how much counts vary, and the first day on which counts can decide."""

    needed: int | None
    dispersion: float
    days: int | None
    on: date | None


def decidable(
    *,
    fix: Fix,
    measure: str,
    window: Window,
    before: Before,
    effect: float,
    starts_on: date,
    today: date,
    limited: bool = True,
) -> Decidable:
    """The day from which the smallest effect would be verified in four of five cases; None for never.

    Counted from `starts_on`, the day from which it should be felt. Never also means: not within the
    weeks of the policy, if it is `limited`.
    """
    spread = _spread(fix, measure, window) if before.exposure else 1.0
    per_day = exposure_per_day(measure=measure, unit=fix.unit, today=today)
    may_be_season = spread > 1 and before.control is None and len(window.days()) < DAYS_OF_A_YEAR
    needed = _needed(effect, spread, may_be_season)
    days = _days(before, effect, needed, per_day)
    if limited and days is not None and days > 7 * number("decidable_within_weeks"):
        days = None
    on = None if days is None else starts_on + timedelta(days=days)
    return Decidable(needed, spread, days, on)


def _spread(fix: Fix, measure: str, window: Window) -> float:
    """How much more the weeks before vary than by chance; 1 where that is little or cannot be said."""
    scope = scope_of(fix)
    done = done_by_day(measure, scope.paths, window)
    weeks = weeks_of(window, done)
    named = named_by_day(scope, window, zone_of(fix))
    seen = dispersion([int(n) for n in in_weeks(weeks, named)], in_weeks(weeks, done))
    return math.ceil(2 * seen) / 2 if seen > USED_FROM else 1.0


@lru_cache(maxsize=512)
def _needed(effect: float, spread: float, may_be_season: bool) -> int | None:
    """How many events before would do; None where the effect is too small for any number."""
    if may_be_season and effect >= BELOW_A_SEASON:
        return None
    further = math.log(effect) / math.log(effect / BELOW_A_SEASON) if may_be_season else 1.0
    plan = Plan(ratio=min(effect, LARGEST_EFFECT), dispersion=spread, periods=1)
    try:
        return math.ceil(READING_WEEKS * further**2 * registered_events(plan, seed=SEED))
    except ValueError:
        return None


def _days(before: Before, effect: float, needed: int | None, per_day: float) -> int | None:
    """Days of exposure after, from what is known before: until the ratio varies little enough.

    With as much exposure after as before, `needed` events bring a variance of φ·(1 + 1/r)/needed.
    """
    if needed is None or not (before.events and before.exposure and per_day) or before.control == 0:
        return None
    small = (1 + 1 / effect) / needed
    room, more = small - 1 / before.events, 1 / (before.events * effect)
    if before.control:
        room, more = room - 1 / before.control, more + 1 / before.control
    if room <= 0:
        return None
    return max(1, math.ceil(more / room * before.exposure / per_day))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a yardstick would come to: what was counted before, and when counts could decide.

    `alone` is what it would be without the controls, where there are any; `within` is how many weeks it
    may take.
    """

    before: Before
    found: Decidable
    alone: Decidable | None
    within: int

    @property
    def too_few(self) -> bool:
        """Whether the issue itself was named too rarely before, whatever it is compared with."""
        return self.found.needed is not None and self.before.events < self.found.needed


def foresee(
    *,
    fix: Fix,
    today: date,
    measure: str,
    window: Window,
    effect: float,
    lag_days: int,
    issues: Sequence[Issue] = (),
    units: Sequence[Unit] = (),
) -> Foreseen | None:
    """What registering this would write down, before it is written; None for a time before without days."""
    if not window.days():
        return None
    before = count_before(fix=fix, measure=measure, window=window, issues=issues, units=units)
    starts_on = max(today, fix.due_on) + timedelta(days=lag_days)

    def when(counted: Before) -> Decidable:
        return decidable(
            fix=fix,
            measure=measure,
            window=window,
            before=counted,
            effect=effect,
            starts_on=starts_on,
            today=today,
        )

    alone = None if before.control is None else when(Before(before.events, before.exposure))
    return Foreseen(before, when(before), alone, int(number("decidable_within_weeks")))

"""What the counts say about a fix: the ratio with its intervals, what luck would leave, what is missing."""

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from coalface.act.queries import decidable_on
from coalface.methods.verification import EmpiricalBayes, Verdict, judge
from coalface.records.models import Basis, EvaluationPlan, Fix, Ruling
from coalface.records.models import Verdict as Judged

from .circumstances import DOUBTS, circumstances
from .counts import (
    Window,
    covered_until,
    exposure_per_day,
    exposures,
    mentions_in,
    quantity_in,
    shipped_on,
)
from .deciding import decidable
from .others import without_fix
from .relapses import come_back
from .seen import Seen, after_of, look

SHOWN_ANYWAY = {Ruling.VERIFIED, Ruling.NO_CHANGE, Ruling.RELAPSED}
# What nobody may say while some of what was done is not known: it only looks like more.
AGAINST = {Ruling.NO_CHANGE, Ruling.WORSE, Ruling.RELAPSED}


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everything a verdict by counts writes down; the names are those of its columns."""

    ruling: str
    missing: str
    after_from: date
    after_until: date
    events_after: int
    exposure_after: float
    warnings: tuple[str, ...] = ()
    decidable_on: date | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    p: float | None = None
    safe_low: float | None = None
    safe_high: float | None = None
    dispersion: float | None = None
    expected: float | None = None
    expected_low: float | None = None
    expected_high: float | None = None
    naive_ratio: float | None = None
    control_after: int | None = None
    control_exposure_after: float | None = None
    family_ratio: float | None = None
    method: str = ""


def weigh(fix: Fix, today: date) -> Weighed:
    """Judge a shipped fix by its registered plan, as of the morning of a day."""
    known_until = covered_until(measure=fix.evaluation_plan.measure, unit=fix.unit, today=today) or today
    so_far = _weigh(fix, after_of(fix, known_until), today)
    verified = last_verified(fix)
    if verified is None:
        return so_far
    if come_back(fix, verified, today):
        lately = _weigh(fix, Window(verified.after_until, known_until), today)
        return replace(lately, ruling=Ruling.RELAPSED, missing="", decidable_on=None)
    if so_far.ruling in {Ruling.NO_CHANGE, Ruling.WORSE}:
        return replace(so_far, ruling=Ruling.RELAPSED)
    return so_far


def last_verified(fix: Fix) -> Judged | None:
    """The last verdict by counts, if it stands that the fix had worked."""
    newest = Judged.objects.filter(fix=fix, basis=Basis.COUNTS).order_by("-judged_at", "-id")
    found = newest.filter(ruling__in=(Ruling.VERIFIED, Ruling.RELAPSED)).first()
    return found if found and found.ruling == Ruling.VERIFIED else None


def _weigh(fix: Fix, after: Window, today: date) -> Weighed:
    plan: EvaluationPlan = fix.evaluation_plan
    seen = look(fix, after)
    said = circumstances(fix, after, seen.counted, seen.days_done)
    said += ["data_begin_late"] * seen.begins_late
    empty = Weighed(
        Ruling.NOT_ENOUGH_EVIDENCE,
        "",
        after.from_on,
        after.until_on,
        seen.events_after,
        seen.exposure_after,
        warnings=tuple(said),
    )
    per_day = exposure_per_day(measure=plan.measure, unit=fix.unit, today=today)
    if not (plan.exposure_before and seen.counted.exposure) or not (seen.exposure_after or per_day):
        return replace(empty, missing="exposure")
    if not seen.reaches_back:
        return replace(empty, missing="before")
    on = _decidable_on(fix, seen, today)
    if not seen.exposure_after:
        return _not_yet(empty, on, today)
    return _judged(fix, empty, seen, on, today)


def _decidable_on(fix: Fix, seen: Seen, today: date) -> date | None:
    """The registered day; where none was registered, the one that what is known by now comes to."""
    registered = decidable_on(fix)
    if registered:
        return registered
    plan: EvaluationPlan = fix.evaluation_plan
    before = Window(plan.baseline_from, plan.baseline_until, plan.spike_from, plan.spike_until)
    control = sum(seen.control[0]) if seen.control else None
    found = decidable(
        fix=fix,
        measure=plan.measure,
        window=before,
        before=replace(seen.counted, control=control),
        effect=plan.smallest_effect,
        starts_on=after_of(fix, today).from_on,
        today=today,
    )
    return found.on


def _not_yet(so_far: Weighed, on: date | None, today: date) -> Weighed:
    if on is None:
        return replace(so_far, missing="events", decidable_on=None)
    return replace(so_far, missing="time", decidable_on=max(on, today + timedelta(days=1)))


def _judged(fix: Fix, empty: Weighed, seen: Seen, on: date | None, today: date) -> Weighed:
    """The ruling of the judge, held back where it is too early or something keeps it from being sure."""
    expected = without_fix(fix, seen.counted, seen.exposure_after)
    control = _beside(seen)
    found = judge(
        seen.before,
        seen.after,
        exposure=seen.exposure,
        control=control,
        siblings=seen.siblings,
        all_contacts=seen.contacts,
        smallest_effect=fix.evaluation_plan.smallest_effect,
        expected=expected,
    )
    registered = fix.evaluation_plan.control_before is not None
    lost = ("control_unknown",) if registered and control is None else ()
    warnings = (*empty.warnings, *found.warnings, *lost)
    figures = _figures(found, expected) | {"naive_ratio": _naive(fix, seen, found)}
    weighed = replace(empty, warnings=warnings, **figures, **_compared(seen))
    early = on is None or today < on
    if early and found.ruling not in SHOWN_ANYWAY and not surely_worse(found):
        return _not_yet(weighed, on, today)
    if found.ruling == Ruling.VERIFIED and expected is None:
        return replace(weighed, ruling=Ruling.IMPROVED_NOT_PROVEN, missing="prior")
    if found.ruling in AGAINST and "days_unknown" in warnings:
        return replace(weighed, ruling=Ruling.NOT_ENOUGH_EVIDENCE, missing="exposure")
    doubted = found.ruling == Ruling.VERIFIED and DOUBTS & {code.split(":")[0] for code in warnings}
    return replace(weighed, ruling=Ruling.IMPROVED_NOT_PROVEN if doubted else found.ruling)


def surely_worse(found: Verdict) -> bool:
    """Whether it is worse however often somebody looked."""
    return found.ruling == Ruling.WORSE and found.safe.low > 1


def _beside(seen: Seen) -> tuple[Any, Any, Any] | None:
    """The control group as the judge takes it: week by week, in totals where a week is unknown, or None."""
    if seen.control is None or not all(map(sum, seen.control_exposure)) or not sum(seen.control[0]):
        return None
    if all(quantity > 0 for side in seen.control_exposure for quantity in side):
        return (*seen.control, seen.control_exposure)
    totals = [sum(side) for side in seen.control]
    return (*totals, [sum(side) for side in seen.control_exposure])


def _figures(found: Verdict, expected: EmpiricalBayes | None) -> dict[str, Any]:
    known: dict[str, Any] = {
        "ratio": found.ratio.estimate,
        "ratio_low": found.ratio.low,
        "ratio_high": _ends(found.ratio.high),
        "p": found.ratio.p,
        "safe_low": found.safe.low,
        "safe_high": _ends(found.safe.high),
        "dispersion": found.dispersion,
        "method": found.ratio.method,
    }
    if expected:
        known |= {
            "expected": expected.expected,
            "expected_low": expected.low,
            "expected_high": expected.high,
        }
    return known


def _ends(high: float) -> float | None:
    return None if math.isinf(high) else high


def _compared(seen: Seen) -> dict[str, Any]:
    """What was compared with, after the fix."""
    found: dict[str, Any] = {"family_ratio": seen.family_ratio}
    if seen.control and seen.control_exposure:
        found |= {
            "control_after": sum(seen.control[1]),
            "control_exposure_after": sum(seen.control_exposure[1]),
        }
    return found


def _naive(fix: Fix, seen: Seen, found: Verdict) -> float | None:
    """What most people would say, where that is not to be believed.

    With a spike left out, the ratio to the weeks since it began: what luck does to whatever was picked at
    its worst. Else the ratio of everything before to everything after, where it says something else.
    """
    plan: EvaluationPlan = fix.evaluation_plan
    if plan.spike_from is None:
        return found.naive if {"naive_disagrees", "spike_left_out"} & set(found.warnings) else None
    window = Window(plan.spike_from, shipped_on(fix))
    done = quantity_in(exposures(measure=plan.measure, unit=fix.unit, window=window), window.days())
    events = mentions_in(fix, window)
    if not (events and done):
        return None
    return (seen.events_after / seen.exposure_after) / (events / done)

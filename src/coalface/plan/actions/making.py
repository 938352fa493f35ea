"""Asking for a plan, and making it: the worker computes, so that no page waits for it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from coalface.methods import matching
from coalface.methods.contact import representativeness
from coalface.methods.meetings import Match, Problem
from coalface.methods.replanning import replan
from coalface.plan.queries.plans import differences, wanted_plans
from coalface.plan.queries.problem import Question, person_of, question
from coalface.records.history import note
from coalface.records.models import Assignment, Person, Plan, Unit

from .commitments import EndsBeforeItStarts
from .remedies import write_conflicts
from .slots import InThePast

LONGEST: Final = timedelta(days=400)
AT_ONCE: Final = 500
NOBODY_OWES, NO_SLOTS, BROKEN_OFF = "nobody_owes", "no_slots", "broken_off"
Solve = Callable[..., matching.Plan]


class TooLong(Exception):
    """A plan is made for a year and a month at most."""


@transaction.atomic
def want_plan(
    *,
    unit: Unit,
    starts_on: date,
    until_on: date,
    seed: int,
    by: Person | None,
    now: datetime,
    follows: Plan | None = None,
) -> Plan:
    """Ask for a plan from a day until (not including) another; of two with one seed there is one."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    if until_on <= starts_on:
        raise EndsBeforeItStarts(until_on)
    if until_on <= timezone.localdate(now):
        raise InThePast(until_on)
    if until_on - starts_on > LONGEST:
        raise TooLong(until_on - starts_on)
    same = {"unit": unit, "starts_on": starts_on, "until_on": until_on, "seed": seed, "follows": follows}
    if there := Plan.objects.filter(**same, discarded_at=None, failure="").order_by("id").first():
        return there
    wanted = Plan.objects.create(**same, made_by=by, asked_at=now)
    note("plan.wanted", about=wanted, by=by, at=now, unit=unit.pk)
    return wanted


def plan_anew(*, plan: Plan, seed: int, by: Person | None, now: datetime) -> Plan:
    """Ask for the same weeks once more: what is locked stays, of the rest as much as possible."""
    more = {"starts_on": plan.starts_on, "until_on": plan.until_on, "seed": seed, "by": by, "now": now}
    return want_plan(unit=plan.unit, follows=plan, **more)


def best(*, problem: Problem, seed: int) -> matching.Plan:
    """What can stay of the plan before is held first; the best is made of the rest."""
    if problem.previous:
        kept = replan(problem).kept
        problem = replace(problem, locked=(*problem.locked, *kept), previous=())
    return matching.plan(problem, seed=seed)


def make_wanted(*, now: datetime, solve: Solve = best) -> int:
    """Make every plan that was asked for; say how many. Broken off half-way, nothing of one is there."""
    return sum(make(plan=plan, now=now, solve=solve) for plan in wanted_plans())


def make(*, plan: Plan, now: datetime, solve: Solve = best) -> bool:
    """Compute a plan outside any transaction, and write it down as a whole; whoever comes second is late."""
    if not wanted_plans().filter(pk=plan.pk).exists():
        return False
    asked = question(plan, now)
    if not any(one.owes for one in asked.problem.seekers):
        return _fail(pk=plan.pk, code=NOBODY_OWES, now=now)
    if not asked.problem.openings:
        return _fail(pk=plan.pk, code=NO_SLOTS, now=now)
    return _write(pk=plan.pk, asked=asked, found=solve(problem=asked.problem, seed=plan.seed), now=now)


@transaction.atomic
def give_up_plan(*, plan: Plan, now: datetime) -> bool:
    """Say that a plan could not be made, after several tries were broken off."""
    return _fail(pk=plan.pk, code=BROKEN_OFF, now=now)


@transaction.atomic
def _fail(*, pk: int, code: str, now: datetime) -> bool:
    plan = _claimed(pk=pk)
    if plan:
        plan.failure, plan.made_at = code, now
        plan.save(update_fields=["failure", "made_at"])
        note("plan.failed", about=plan, by=None, at=now)
    return plan is not None


def _claimed(*, pk: int) -> Plan | None:
    waiting = Plan.objects.select_for_update(of=("self",)).filter(made_at=None, failure="", discarded_at=None)
    return waiting.select_related("unit", "follows").filter(pk=pk).first()


@transaction.atomic
def _write(*, pk: int, asked: Question, found: matching.Plan, now: datetime) -> bool:
    plan = _claimed(pk=pk)
    if plan is None:
        return False
    _write_matches(plan, asked, found.matches, now)
    write_conflicts(plan=plan, conflicts=found.conflicts, windows=asked.windows)
    plan.made_at, plan.awareness_as_of = now, asked.as_of
    plan.objective, plan.bound, plan.exact = found.objective, found.bound, found.exact
    plan.owed, plan.met = found.owed, found.met
    plan.distance, plan.distance_by_chance = _distance(asked, found.matches, plan.seed)
    if plan.follows_id:
        changes = differences(plan)
        plan.changed, plan.kept = max(len(changes.new), len(changes.gone)), changes.kept
    plan.save()
    note("plan.made", about=plan, by=plan.made_by, at=now)
    return True


def _write_matches(plan: Plan, asked: Question, matches: Sequence[Match], now: datetime) -> None:
    locked = {(one.seeker, one.opening, one.candidate) for one in asked.problem.locked}
    strata = {one.key: one.stratum for one in asked.problem.openings}
    strata |= {one.key: one.stratum for one in asked.problem.candidates}
    base, met = sum(asked.base.values()), sum(asked.met.values())
    rows = []
    for one in matches:
        stratum = strata[one.candidate or one.opening]
        share = asked.base.get(stratum, 0) / base if base else 0.0
        rows.append(
            Assignment(
                plan=plan,
                person_id=person_of(one.seeker),
                slot_id=int(one.opening),
                customer_id=one.candidate,
                way=one.way,
                stratum=stratum[:64],
                deficit=share * (met + 1) - asked.met.get(stratum, 0) if one.candidate else 0.0,
                among=asked.among.get(stratum, 0),
                seed=plan.seed,
                drawn_at=now,
                gain=one.gain,
                last_met_on=asked.last_met.get(one.candidate or ""),
                locked=(one.seeker, one.opening, one.candidate) in locked,
            )
        )
    made = Assignment.objects.bulk_create(rows, batch_size=AT_ONCE)
    through = Assignment.issues.through
    through.objects.bulk_create(
        [
            through(assignment_id=row.pk, issue_id=int(issue))
            for row, one in zip(made, matches, strict=True)
            for issue in dict.fromkeys(one.issues)
        ],
        batch_size=AT_ONCE,
    )


def _distance(asked: Question, matches: Sequence[Match], seed: int) -> tuple[float | None, float | None]:
    """How unlike the base those are whom the plan meets, beside the 95 % point of an honest draw."""
    strata = {one.key: one.stratum for one in asked.problem.candidates}
    met: dict[str, int] = {}
    for one in matches:
        if one.candidate:
            met[strata[one.candidate]] = met.get(strata[one.candidate], 0) + 1
    if not met or not asked.base:
        return None, None
    found = representativeness(met, asked.base, seed=seed)
    return found.tv, found.null_95

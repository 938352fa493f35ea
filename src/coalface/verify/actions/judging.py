"""Judging whether a fix worked, by somebody who did not make it."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from coalface.people.actions import successor
from coalface.records.history import note
from coalface.records.models import Basis, Fix, Person, Ruling, Verdict
from coalface.verify.queries import day_of, due_for_judging, judged_by_counts, weigh, zone_of

OPENS_AGAIN = {Ruling.NO_CHANGE, Ruling.WORSE, Ruling.RELAPSED}


class NotShipped(ValueError):
    """There is nothing to judge before the fix is live."""


class NotByItsOwner(PermissionError):
    """Whoever made a fix does not judge it."""


class NotByCounts(ValueError):
    """This fix is judged by the customers who raised it."""


class TooEarly(ValueError):
    """Nothing is judged on the day it ships."""


@transaction.atomic
def judge(*, fix: Fix, by: Person, now: datetime) -> Verdict:
    """Weigh the counts of a shipped fix by its plan; twice on one day is one verdict."""
    fix = locked(fix=fix)
    if by.pk == fix.owner_id:
        raise NotByItsOwner(fix)
    if fix.shipped_at is None:
        raise NotShipped(fix)
    if fix.evaluation_plan.basis != Basis.COUNTS:
        raise NotByCounts(fix)
    zone = zone_of(fix)
    today = day_of(now, zone)
    if today <= day_of(fix.shipped_at, zone):
        raise TooEarly(fix)
    earlier = judged_by_counts(fix)
    if earlier and day_of(earlier[0].judged_at, zone) == today:
        return earlier[0]
    found = asdict(weigh(fix, today))
    found["warnings"] = list(found["warnings"])
    verdict = Verdict(fix=fix, basis=Basis.COUNTS, judged_by=by, judged_at=now, **found)
    return write_down(verdict=verdict, now=now)


def locked(*, fix: Fix) -> Fix:
    """The fix as it is now; who judges it next waits until this one is done."""
    rows = Fix.objects.select_for_update(of=("self",))
    return rows.select_related("issue", "unit", "evaluation_plan").get(pk=fix.pk)


def still_here(*, person: Person, now: datetime) -> Person:
    """They, or who took over from them."""
    there = Person.objects.working(timezone.localdate(now)).filter(pk=person.pk).exists()
    return person if there else successor(person=person, now=now)


def write_down(*, verdict: Verdict, now: datetime) -> Verdict:
    """Keep a verdict and say so; one that the fix did not last opens the issue again."""
    verdict.save(force_insert=True)
    _say(verdict, now)
    return verdict


def _say(verdict: Verdict, now: datetime) -> None:
    by, about = verdict.judged_by, {"verdict": verdict.pk, "ruling": verdict.ruling}
    note("fix.judged", about=verdict.fix, by=by, at=now, **about)
    if verdict.ruling in OPENS_AGAIN:
        note("issue.reopened", about=verdict.fix.issue, by=by, at=now, fix=verdict.fix.pk, **about)


def judge_due(*, now: datetime) -> list[Verdict]:
    """Judge, in the name of each plan's judge, whatever has become decidable by today."""
    return [judge(fix=fix, by=fix.evaluation_plan.judge, now=now) for fix in due_for_judging(now)]

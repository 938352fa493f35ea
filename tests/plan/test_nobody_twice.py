"""Whatever is offered and owed: nobody is in two places, no seat is taken twice, no customer asked twice."""

from datetime import date, timedelta
from random import Random

import pytest

from coalface.methods.meetings import Problem
from coalface.plan.actions import (
    CannotMove,
    commit_person,
    make,
    move_match,
    offer_slots,
    plan_anew,
    publish,
    take_back,
    want_plan,
)
from coalface.plan.queries.problem import question
from coalface.records.models import Assignment, Plan, Slot
from tests.people import NOW, Cast, welcome
from tests.plan.planned import STARTS, UNTIL, twice


def busy_month(cast: Cast, rng: Random) -> Plan:
    """Slots that overlap, of one seat or two, and people who owe one encounter or several."""
    welcome(*(f"Guest{n} Many" for n in range(rng.randint(0, 12))), unit=cast.north)
    for person in (cast.olga, cast.rolf, cast.mina, cast.sven):
        every = rng.choice((7, 14, 28))
        commit_person(person=person, every_days=every, starts_on=date(2025, 1, 1), by=cast.mina, now=NOW)
    for _ in range(14):
        at = NOW + timedelta(days=7 + 7 * rng.randrange(4) + rng.randrange(3), minutes=20 * rng.randrange(9))
        seats, asked = rng.choice((1, 2)), rng.choice((0, 1, 1))
        more = {"seats": seats, "customers": asked, "by": cast.mina, "now": NOW}
        offer_slots(format=cast.visit, unit=rng.choice((cast.north, cast.south)), starts_at=at, **more)
    wish = {"starts_on": STARTS, "until_on": UNTIL, "seed": rng.randrange(99), "by": cast.mina, "now": NOW}
    plan = want_plan(unit=cast.root, **wish)
    make(plan=plan, now=NOW)
    return Plan.objects.get(pk=plan.pk)


@pytest.mark.parametrize("seed", range(4))
def test_nobody_is_double_booked_by_planning_moving_and_planning_anew(cast: Cast, seed: int):
    rng = Random(seed)
    plan = busy_month(cast, rng)
    assert plan.failure == ""
    publish(plan=plan, by=cast.mina, now=NOW)
    assert twice() == []
    slots = list(Slot.objects.order_by("id"))
    for match in Assignment.objects.standing().filter(plan=plan).order_by("id"):
        try:
            move_match(match=match, slot=rng.choice(slots), by=cast.mina, now=NOW)
        except CannotMove as refused:
            assert refused.codes
    assert twice() == []
    take_back(slot=rng.choice(slots), by=cast.mina, now=NOW + timedelta(hours=1))
    locked = set(Assignment.objects.standing().filter(locked=True).values_list("person_id", "slot_id"))
    new = plan_anew(plan=plan, seed=seed, by=cast.mina, now=NOW + timedelta(hours=2))
    make(plan=new, now=NOW + timedelta(hours=2))
    publish(plan=Plan.objects.get(pk=new.pk), by=cast.mina, now=NOW + timedelta(hours=2))
    assert twice() == []
    assert locked <= set(Assignment.objects.standing().values_list("person_id", "slot_id"))


def test_the_same_ledger_asks_the_same_question(cast: Cast):
    plan = busy_month(cast, Random(1))
    asked: list[Problem] = [question(plan, NOW).problem for _ in range(2)]
    assert asked[0] == asked[1]

"""When somebody owes encounters who is under several promises, and what a plan makes of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from coalface.plan.actions import commit_level, commit_person, make, offer_slots, plan_encounter, want_plan
from coalface.plan.queries.owing import Window, owing
from coalface.records.models import Assignment, FormatKind
from tests.meet.formats import format_of
from tests.people import NOW, welcome

FIRST, UNTIL = date(2026, 4, 1), date(2026, 7, 1)
FIRST_MONDAY = NOW + timedelta(days=35)


@pytest.fixture
def shift(cast):
    return format_of(cast, FormatKind.SHIFT)


@pytest.fixture
def listening(cast):
    return format_of(cast, FormatKind.LISTENING)


@pytest.fixture
def monthly(cast):
    return commit_level(level="top", every_days=30, starts_on=FIRST, by=cast.mina, now=NOW)


def promise(cast, *formats, every):
    given = {"starts_on": FIRST, "by": cast.mina, "now": NOW}
    return commit_person(person=cast.olga, every_days=every, formats=formats, **given)


def days(*pairs, formats):
    counts = frozenset(one.pk for one in formats)
    return [
        Window(FIRST + timedelta(days=first), FIRST + timedelta(days=last), counts) for first, last in pairs
    ]


def windows(cast, person):
    found = owing(unit=cast.root, starts_on=FIRST, until_on=UNTIL, now=NOW, instead_of=())
    return [window for one in found if one.position.person == person for window in one.windows]


def offer(cast, format, *weeks, seats=1):
    for week in weeks:
        at = FIRST_MONDAY + timedelta(weeks=week)
        offer_slots(format=format, unit=cast.north, starts_at=at, seats=seats, by=cast.mina, now=NOW)


def planned(cast):
    welcome(*(f"Guest{n} Many" for n in range(20)), unit=cast.north)
    wish = {"unit": cast.root, "starts_on": FIRST, "until_on": UNTIL, "seed": 7, "by": cast.mina, "now": NOW}
    plan = want_plan(**wish)
    make(plan=plan, now=NOW)
    plan.refresh_from_db()
    return plan


def kept(plan, person):
    """By slot: the day, and whether it is in which format."""
    rows = Assignment.objects.filter(plan=plan, person=person).select_related("slot__format")
    return [(timezone.localdate(one.slot.starts_at), one.slot.format) for one in rows]


def missing(cast, plan, person):
    """The windows of somebody's promises in which the plan has no encounter that counts."""
    there = kept(plan, person)
    return [
        one
        for one in windows(cast, person)
        if not any(one.first <= day <= one.last and format.pk in one.formats for day, format in there)
    ]


def test_each_promise_has_its_own_days_and_formats(cast, shift, monthly):
    promise(cast, shift, every=60)
    every_month = days((0, 30), (31, 60), (61, 90), formats=[cast.visit, shift])
    assert windows(cast, cast.rolf) == every_month
    assert windows(cast, cast.olga) == every_month + days((0, 60), formats=[shift])


def test_what_is_arranged_counts_for_every_promise_it_can(cast, shift, monthly):
    promise(cast, shift, every=60)
    given = {"unit": cast.north, "customers": [], "chosen_by": "planner", "by": cast.mina, "now": NOW}
    plan_encounter(format=shift, person=cast.olga, starts_at=FIRST_MONDAY, **given)
    assert windows(cast, cast.olga) == days((31, 60), (61, 90), formats=[cast.visit, shift])


@pytest.mark.parametrize(
    ("shifts", "encounters"),
    [((1,), 3), ((7,), 3), ((), 3)],
    ids=["in the first month", "in the second", "never"],
)
def test_every_promise_is_planned_or_named_as_impossible(cast, shift, monthly, shifts, encounters):
    promise(cast, shift, every=60)
    offer(cast, cast.visit, *range(12), seats=2)
    offer(cast, shift, *shifts)
    plan = planned(cast)
    assert len(kept(plan, cast.olga)) == encounters
    assert missing(cast, plan, cast.rolf) == []
    assert missing(cast, plan, cast.olga) == ([] if shifts else days((0, 60), formats=[shift]))
    named = {person for one in plan.conflicts.all() for person in one.people.all()}
    assert named == (set() if shifts else {cast.olga})


def test_formats_that_have_nothing_in_common_are_planned_beside_each_other(cast, listening, monthly):
    promise(cast, listening, every=45)
    offer(cast, cast.visit, *range(12), seats=2)
    offer(cast, listening, *range(12))
    plan = planned(cast)
    assert missing(cast, plan, cast.olga) == []
    on = [day for day, _ in kept(plan, cast.olga)]
    assert (len(on), len(set(on)), list(plan.conflicts.all())) == (5, 5, [])

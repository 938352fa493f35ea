"""A plan is asked for, made by the worker, and written down as a whole."""

from datetime import date

import pytest

from coalface.methods.meetings import Seeker
from coalface.people.actions import move_person
from coalface.plan.actions import (
    EndsBeforeItStarts,
    InThePast,
    NoJob,
    TooLong,
    commit_job,
    commit_person,
    exempt,
    make,
    make_wanted,
    offer_slots,
    want_plan,
)
from coalface.plan.queries.owing import Window, windows_of
from coalface.plan.queries.problem import question
from coalface.records.models import Approach, Assignment, Encounter, Plan, Slot
from tests.people import NOW, welcome
from tests.plan.planned import FIRST, STARTS, UNTIL, made, wanted

TODAY = date(2026, 3, 2)


def days(*pairs):
    return [Window(date(2026, *first), date(2026, *last)) for first, last in pairs]


@pytest.mark.parametrize(
    ("last_on", "every", "let_off", "windows"),
    [
        (date(2026, 3, 1), 10, (), days(((3, 9), (3, 11)), ((3, 12), (3, 21)), ((3, 22), (3, 31)))),
        (date(2025, 1, 1), 10, (), days(((3, 9), (3, 18)), ((3, 19), (3, 28)))),
        (date(2025, 1, 1), 90, (), days(((3, 9), (4, 5)))),
        (date(2026, 3, 1), 90, (), []),
        (date(2026, 3, 1), 10, [(date(2026, 3, 10), date(2026, 4, 2))], days(((3, 9), (4, 2)))),
        (date(2026, 3, 1), 10, [(date(2026, 3, 1), date(2027, 1, 1))], []),
    ],
    ids=["in turn", "overdue", "overdue and seldom", "not yet due", "let off for a while", "let off"],
)
def test_each_encounter_owed_has_its_own_days(last_on, every, let_off, windows):
    weeks = {"starts_on": STARTS, "until_on": UNTIL}
    assert windows_of(last_on=last_on, every_days=every, let_off=let_off, **weeks) == windows


def test_the_problem_is_read_from_the_ledger(cast):
    plan = wanted(cast)
    problem = question(plan, NOW).problem
    slots = frozenset(str(pk) for pk in Slot.objects.values_list("pk", flat=True))
    customers = {str(one.pk) for one in (cast.petra, cast.quentin, cast.rosa)}
    assert list(problem.seekers) == [
        Seeker(f"{person.pk}.1", "top", 1, 1, slots) for person in (cast.olga, cast.rolf)
    ]
    assert {one.key: (one.seats, one.customers, one.stratum) for one in problem.openings} == {
        slot: (1, 1, "north/morning") for slot in slots
    }
    assert {one.key for one in problem.candidates} == customers
    assert problem.shares == {"private": 1.0}
    assert problem.may_meet == dict.fromkeys([f"{cast.olga.pk}.1", f"{cast.rolf.pk}.1"], frozenset(customers))


def test_who_works_at_one_site_is_sent_to_no_other_but_may_meet_from_afar(cast, django_assert_num_queries):
    plan = wanted(cast)
    commit_person(person=cast.gus, every_days=28, starts_on=date(2025, 3, 1), by=cast.mina, now=NOW)
    assert question(plan, NOW).problem.seekers[-1].slots == frozenset()
    cast.visit.remote = True
    cast.visit.save()
    assert len(question(plan, NOW).problem.seekers[-1].slots) == 4


def test_a_job_promises_and_formats_narrow_which_slots_count(cast):
    plan = wanted(cast)
    move_person(person=cast.fay, unit=cast.north, job="Teller", by=cast.mina, now=NOW, on=TODAY)
    with pytest.raises(NoJob):
        commit_job(job=" ", every_days=28, starts_on=TODAY, by=cast.mina, now=NOW)
    wish = {"job": "Teller", "every_days": 10, "starts_on": TODAY, "by": cast.mina, "now": NOW}
    commit_job(**wish)
    assert [len(one.slots) for one in question(plan, NOW).problem.seekers if one.level == "front_line"] == []
    fay = [one for one in question(plan, NOW).problem.seekers if one.key.startswith(f"{cast.fay.pk}.")]
    assert [len(one.slots) for one in fay] == [1, 1, 2]
    other = cast.visit.__class__.objects.create(key="x", name="X", depth="doing")
    commit_job(**wish, formats=[other])
    fay = [one for one in question(plan, NOW).problem.seekers if one.key.startswith(f"{cast.fay.pk}.")]
    assert [len(one.slots) for one in fay] == [1, 0, 1, 0, 2, 0]


def test_who_is_let_off_owes_nothing_and_who_has_an_encounter_neither(cast):
    plan = wanted(cast)
    let_off = {"starts_on": TODAY, "until_on": date(2026, 9, 1), "remote_offered_on": TODAY}
    exempt(person=cast.olga, by=cast.mina, now=NOW, **let_off)
    assert [one.key for one in question(plan, NOW).problem.seekers] == [f"{cast.rolf.pk}.1"]


def test_the_question_costs_as_many_queries_for_three_customers_as_for_fifty(cast, django_assert_num_queries):
    plan = Plan.objects.select_related("unit").get(pk=wanted(cast).pk)
    with django_assert_num_queries(40):
        question(plan, NOW)
    welcome(*(f"Guest{n} Many" for n in range(50)), unit=cast.north)
    with django_assert_num_queries(40):
        question(plan, NOW)


def test_a_draft_holds_nobody_and_says_what_it_amounts_to(cast):
    plan = made(cast)
    rows = Assignment.objects.filter(plan=plan).order_by("person__name")
    assert [(one.person, one.stratum, one.among) for one in rows] == [
        (cast.olga, "private", 3),
        (cast.rolf, "private", 3),
    ]
    assert len({(one.slot_id, one.customer_id) for one in rows}) == 2
    assert (plan.owed, plan.met, plan.failure, plan.distance, plan.made_at) == (2, 2, "", 0.0, NOW)
    assert (plan.follows, plan.awareness_as_of, list(plan.conflicts.all())) == (None, None, [])
    assert (Encounter.objects.count(), Approach.objects.count()) == (0, 0)


def test_made_twice_it_is_there_once_and_asked_for_twice_it_is_one(cast):
    plan = wanted(cast)
    same = {"unit": cast.root, "starts_on": STARTS, "until_on": UNTIL, "by": cast.mina, "now": NOW}
    assert want_plan(seed=7, **same) == plan
    assert [make_wanted(now=NOW), make_wanted(now=NOW)] == [1, 0]
    assert make(plan=plan, now=NOW) is False
    assert Assignment.objects.count() == 2


def test_what_breaks_off_half_way_leaves_nothing_and_is_done_again(cast):
    plan = wanted(cast)

    def dies(*, problem, seed):
        raise MemoryError

    with pytest.raises(MemoryError):
        make_wanted(now=NOW, solve=dies)
    assert (Assignment.objects.count(), Plan.objects.get().made_at) == (0, None)
    assert make_wanted(now=NOW) == 1
    assert Assignment.objects.filter(plan=plan).count() == 2


def test_where_nobody_owes_or_nothing_is_offered_the_plan_says_so(cast):
    wish = {"unit": cast.south, "starts_on": STARTS, "until_on": UNTIL, "by": cast.mina, "now": NOW}
    want_plan(seed=1, **wish)
    make_wanted(now=NOW)
    commit_person(person=cast.gus, every_days=28, starts_on=date(2025, 3, 1), by=cast.mina, now=NOW)
    want_plan(seed=2, **wish)
    make_wanted(now=NOW)
    assert list(Plan.objects.order_by("id").values_list("failure", flat=True)) == ["nobody_owes", "no_slots"]


@pytest.mark.parametrize(
    ("starts_on", "until_on", "refused"),
    [
        (STARTS, STARTS, EndsBeforeItStarts),
        (date(2026, 1, 1), date(2026, 2, 1), InThePast),
        (STARTS, date(2028, 1, 1), TooLong),
    ],
    ids=["empty", "past", "endless"],
)
def test_what_makes_no_sense_is_not_planned(cast, starts_on, until_on, refused):
    wish = {"starts_on": starts_on, "until_on": until_on, "seed": 1, "by": cast.mina, "now": NOW}
    with pytest.raises(refused):
        want_plan(unit=cast.root, **wish)


def test_a_seat_that_is_taken_already_is_no_opening(cast):
    plan = made(cast)
    offer = {"starts_at": FIRST, "by": cast.mina, "now": NOW}
    assert len(offer_slots(format=cast.visit, unit=cast.north, **offer)) == 1
    assert len(question(plan, NOW).problem.openings) == 2

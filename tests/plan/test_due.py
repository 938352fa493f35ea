"""Who owes an encounter, and by when."""

from datetime import date, timedelta

import pytest
from uuid_utils.compat import uuid7

from coalface.meet.actions import call_off, hold, note_remark
from coalface.people.actions import move_person
from coalface.people.queries import Clock, clock_of
from coalface.plan.actions import add_format, commit_job, commit_level, commit_person, exempt, plan_encounter
from coalface.plan.queries import Due, due, jobs_held
from coalface.records.models import ChosenBy, Commitment, Encounter, Outcome, Person, Position
from tests.people import NOW, join

TODAY = date(2026, 3, 2)
A_YEAR_AGO = date(2025, 3, 2)


def planned(cast, person, days, **more):
    return plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=NOW + timedelta(days=days),
        person=person,
        customers=[cast.petra],
        chosen_by=ChosenBy.PERSON,
        by=person,
        now=NOW,
        **more,
    )


def held(cast, person, days, **more):
    encounter = planned(cast, person, days, **more)
    hold(encounter=encounter, by=person, now=encounter.starts_at)
    said = {"kind": "like", "text": "All is well.", "by": person, "now": encounter.starts_at}
    note_remark(id=uuid7(), encounter=encounter, **said)
    return encounter


@pytest.fixture
def monthly(cast):
    return commit_level(level="top", every_days=30, starts_on=A_YEAR_AGO, by=cast.mina, now=NOW)


def test_who_never_met_anybody_counts_from_the_promise(cast, monthly):
    held(cast, cast.rolf, -10)
    coming = planned(cast, cast.rolf, 5)
    planned(cast, cast.rolf, 20)
    assert due(TODAY) == [
        Due(cast.olga, 30, None, date(2025, 4, 1), None, None, cast.root),
        Due(cast.rolf, 30, date(2026, 2, 20), date(2026, 3, 22), None, coming, cast.root),
    ]


@pytest.mark.parametrize("depth", ["listening", "beside", "own_walk", "reading"])
def test_watching_and_reading_do_not_count(cast, monthly, depth):
    held(cast, cast.rolf, -3, depth=depth)
    assert [row.last_on for row in due(TODAY)] == [None, None]


def test_an_encounter_of_which_nothing_was_noted_does_not_count(cast, monthly):
    met = planned(cast, cast.rolf, -3)
    hold(encounter=met, by=cast.rolf, now=met.starts_at)
    assert [row.last_on for row in due(TODAY)] == [None, None]


def test_what_was_called_off_or_lies_ahead_does_not_count(cast, monthly):
    call_off(encounter=planned(cast, cast.olga, -3), outcome=Outcome.CANCELLED, by=cast.olga, now=NOW)
    held(cast, cast.olga, 4)
    assert [row.last_on for row in due(TODAY)] == [None, None]


def test_the_shortest_promise_counts(cast, monthly):
    commit_person(person=cast.olga, every_days=7, starts_on=TODAY, by=cast.mina, now=NOW)
    commit_person(person=cast.fay, every_days=90, starts_on=TODAY, by=cast.mina, now=NOW)
    assert [(row.person, row.every_days, row.due_on) for row in due(TODAY)] == [
        (cast.rolf, 30, date(2025, 4, 1)),
        (cast.olga, 7, date(2026, 3, 9)),
        (cast.fay, 90, date(2026, 5, 31)),
    ]


def test_a_promise_to_come_or_gone_by_binds_nobody(cast):
    commit_level(level="top", every_days=30, starts_on=TODAY + timedelta(days=1), by=cast.mina, now=NOW)
    assert due(TODAY) == []
    assert len(due(TODAY + timedelta(days=1))) == 2
    commit_level(level="top", every_days=60, starts_on=TODAY + timedelta(days=9), by=cast.mina, now=NOW)
    assert {row.every_days for row in due(TODAY + timedelta(days=9))} == {60}


def test_who_rose_to_the_top_counts_from_that_day(cast, monthly):
    move_person(person=cast.sven, unit=cast.root, level="top", on=TODAY, by=cast.mina, now=NOW)
    assert [row.due_on for row in due(TODAY) if row.person == cast.sven] == [date(2026, 4, 1)]


def test_who_is_let_off_stands_last_until_their_day(cast, monthly):
    until = date(2026, 4, 15)
    for ends in (TODAY + timedelta(days=3), until):
        exempt(
            person=cast.olga,
            starts_on=TODAY,
            until_on=ends,
            remote_offered_on=TODAY,
            by=cast.mina,
            now=NOW,
        )
    assert [(row.person, row.due_on, row.exempt_until) for row in due(TODAY)] == [
        (cast.rolf, date(2025, 4, 1), None),
        (cast.olga, until, until),
    ]
    assert due(until)[0].exempt_until is None


def test_who_left_owes_nothing(cast, monthly):
    Person.objects.filter(pk=cast.rolf.pk).update(left_on=TODAY)
    assert [row.person for row in due(TODAY)] == [cast.olga]


def test_the_list_costs_the_same_for_one_and_for_many(cast, monthly, django_assert_num_queries):
    with django_assert_num_queries(7):
        due(TODAY)
    for name in ("Tia One", "Tor Two", "Tam Three"):
        person = join(name, cast.root, "top")
        held(cast, person, -1)
        planned(cast, person, 1)
    with django_assert_num_queries(7):
        assert len(due(TODAY)) == 5


def test_a_clock_says_never_or_how_long_ago_and_how_often(cast):
    assert clock_of(cast.olga, TODAY) == Clock(None, None, 0)
    for days in (-400, -20, -2):
        held(cast, cast.olga, days)
    assert clock_of(cast.olga, TODAY) == Clock(date(2026, 2, 28), 2, 2)


def test_a_promise_of_a_job_binds_those_who_do_it_and_only_them(cast):
    Position.objects.filter(person=cast.gus).update(job="Driver")
    assert jobs_held(TODAY) == ["Driver"]
    commit_job(job="Driver", every_days=60, starts_on=A_YEAR_AGO, by=cast.mina, now=NOW)
    assert due(TODAY) == [Due(cast.gus, 60, None, date(2025, 5, 1), None, None, cast.south)]


def test_only_encounters_in_the_promised_formats_count(cast):
    shift = add_format(key="shift", name="Shift", depth="doing", minutes=120, by=cast.mina, now=NOW)
    half_yearly = {"every_days": 180, "starts_on": A_YEAR_AGO, "by": cast.mina, "now": NOW}
    commit_person(person=cast.rolf, formats=[shift], **half_yearly)
    held(cast, cast.rolf, -3)
    assert due(TODAY) == [
        Due(cast.rolf, 180, None, date(2025, 8, 29), None, None, cast.root, frozenset({shift.pk}))
    ]
    Encounter.objects.update(format=shift)
    assert [(row.last_on, row.due_on) for row in due(TODAY)] == [(date(2026, 2, 27), date(2026, 8, 26))]


def test_of_promises_in_different_formats_the_one_that_is_due_first_is_shown(cast, monthly):
    shift = add_format(key="shift", name="Shift", depth="doing", minutes=120, by=cast.mina, now=NOW)
    once_a_year = {"every_days": 366, "starts_on": A_YEAR_AGO, "by": cast.mina, "now": NOW}
    commit_level(level="top", formats=[shift], **once_a_year)
    for person in (cast.olga, cast.rolf):
        held(cast, person, -10)
    assert [(row.every_days, row.due_on) for row in due(TODAY)] == [(366, date(2026, 3, 3))] * 2
    Encounter.objects.filter(attendances__person=cast.rolf).update(format=shift)
    assert [(row.person, row.every_days, row.due_on) for row in due(TODAY)] == [
        (cast.olga, 366, date(2026, 3, 3)),
        (cast.rolf, 30, date(2026, 3, 22)),
    ]


def test_a_new_promise_ends_the_one_in_the_same_formats_only(cast, monthly):
    shift = add_format(key="shift", name="Shift", depth="doing", minutes=120, by=cast.mina, now=NOW)
    given = {"level": "top", "starts_on": TODAY, "by": cast.mina, "now": NOW}
    first = commit_level(every_days=180, formats=[shift], **given)
    commit_level(every_days=90, formats=[shift], **given)
    ended = {one.pk: one.ends_on for one in Commitment.objects.all()}
    assert (ended[monthly.pk], ended[first.pk]) == (None, TODAY)


def test_the_list_costs_the_same_with_promised_formats(cast, monthly, django_assert_num_queries):
    shift = add_format(key="shift", name="Shift", depth="doing", minutes=120, by=cast.mina, now=NOW)
    for person in (cast.olga, cast.rolf, cast.fay):
        commit_person(
            person=person, every_days=90, starts_on=A_YEAR_AGO, formats=[shift], by=cast.mina, now=NOW
        )
        held(cast, person, -1)
    with django_assert_num_queries(9):
        assert len(due(TODAY)) == 3


def test_who_promises_to_listen_keeps_it_by_listening(cast):
    calls = add_format(key="calls", name="Calls", depth="listening", minutes=60, by=cast.mina, now=NOW)
    given = {"every_days": 30, "starts_on": A_YEAR_AGO, "by": cast.mina, "now": NOW}
    commit_person(person=cast.rolf, formats=[calls], **given)
    held(cast, cast.rolf, -3, depth="listening")
    Encounter.objects.update(format=calls)
    assert [row.last_on for row in due(TODAY)] == [date(2026, 2, 27)]

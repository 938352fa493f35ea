"""The programme: whose turn it is, and what is stuck."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coalface.home.queries import programme
from coalface.measure.actions import take_snapshots
from coalface.permissions import rights_of
from coalface.plan.actions import commit_person, exempt, plan_encounter
from coalface.records.models import Level
from tests.measure import crowd, met, nine_leaders, noted
from tests.people import CAME_ON, NOW, client_for

pytestmark = pytest.mark.django_db


def programme_of(person):
    return programme(NOW, rights_of(person, NOW))


def test_who_is_late_and_who_is_in_time(cast):
    for person, every in ((cast.olga, 30), (cast.rolf, 10), (cast.mina, 17)):
        commit_person(person=person, every_days=every, starts_on=CAME_ON, by=cast.mina, now=NOW)
        met(cast, person, 12, [cast.petra])
    found = programme_of(cast.mina)
    turns = found.turns
    assert [row.person for row in turns.people] == [cast.rolf, cast.mina, cast.olga]
    assert (turns.in_time, turns.soon, turns.late, turns.unplanned) == (2, 1, 1, 3)
    assert (found.committed, found.remarks_open, found.unsure, found.failed) == (3, 3, 0, 0)


def test_only_number_and_end_of_exemptions_are_told(cast):
    commit_person(person=cast.olga, every_days=30, starts_on=CAME_ON, by=cast.mina, now=NOW)
    until = NOW.date() + timedelta(days=60)
    exempt(
        person=cast.olga, starts_on=NOW.date(), until_on=until, remote_offered_on=NOW.date(),
        by=cast.mina, now=NOW,
    )  # fmt: skip
    found = programme_of(cast.mina)
    assert (found.exempt, found.exemptions_end_on, found.committed) == (1, [until], 0)


def test_an_analyst_is_given_neither_names_nor_counts_of_the_late(cast):
    nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    assert programme_of(cast.adam).turns is None
    page = client_for(cast.adam).get("/programme/").content.decode()
    assert "Ivo" not in page
    assert "Late" not in page
    assert "9 people owe encounters with customers." in page


def test_who_runs_the_programme_of_one_place_sees_the_turns_and_encounters_there(cast):
    cast.sven.grants.update(role="programme_manager")
    for person, unit in ((cast.fay, cast.north), (cast.olga, cast.south)):
        commit_person(person=person, every_days=30, starts_on=CAME_ON, by=cast.mina, now=NOW)
        plan_encounter(
            format=cast.visit, unit=unit, starts_at=NOW + timedelta(days=3), person=person,
            customers=[cast.rosa], chosen_by="planner", by=None, now=NOW,
        )  # fmt: skip
    found = programme_of(cast.sven)
    assert [row.person for row in found.turns.people] == [cast.fay]
    assert [encounter.unit for encounter in found.next] == [cast.north]
    assert len(programme_of(cast.mina).turns.people) == len(programme_of(cast.mina).next) == 2


def test_pages_for_who_runs_the_programme_only(cast):
    assert client_for(cast.mina).get("/programme/").status_code == 200
    assert client_for(cast.olga).get("/programme/").status_code == 403
    assert Client().get("/programme/").status_code == 302


def test_an_empty_programme_says_how_to_begin(cast):
    page = client_for(cast.mina).get("/programme/").content.decode()
    assert "Nobody owes an encounter yet" in page
    assert "Too few people have met customers yet to say anything." in page


def test_how_fair_the_choice_was_is_read_from_the_snapshot(cast):
    nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, 3], published=7)
    take_snapshots(now=NOW)
    page = client_for(cast.mina).get("/programme/").content.decode()
    assert "<strong>1 customer</strong> met within a year." in page


def test_more_rows_need_no_more_queries(cast):
    client = client_for(cast.mina)

    def one_more(person):
        commit_person(person=person, every_days=30, starts_on=CAME_ON, by=cast.mina, now=NOW)
        noted(met(cast, person, 3, [cast.petra]), person, 3)
        plan_encounter(
            format=cast.visit, unit=cast.north, starts_at=NOW + timedelta(days=5000), person=person,
            customers=[cast.rosa], chosen_by="planner", by=None, now=NOW,
        )  # fmt: skip

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/programme/").status_code == 200
        return len(captured)

    one_more(cast.olga)
    with_one = count()
    for person in crowd(cast, Level.TOP, ["Cora", "Dan"]):
        one_more(person)
    assert count() == with_one

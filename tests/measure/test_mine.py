"""A person's own figures."""

import pytest

from coalface.measure.actions import take_snapshots
from coalface.measure.queries import mine
from coalface.plan.actions import commit_person
from coalface.records.models import Depth, Person
from tests.measure import ago, met, noted, scored
from tests.people import CAME_ON, NOW, welcome

pytestmark = pytest.mark.django_db


def test_before_anything_happened(cast):
    own = mine(cast.olga, NOW)
    assert (own.direct, own.observed, own.owed, own.kept) == (None, None, None, None)
    assert (own.resolution.resolved, own.resolution.of, own.resolution.rate) == (0, 0, None)
    assert (own.often.estimate, own.minutes, own.guests.guests, own.guests.segments) == (0, {}, 0, None)


def test_before_there_is_an_organisation(db):
    assert mine(Person(name="Nobody"), NOW) is None


def test_contact_watching_and_what_was_not_recorded(cast):
    met(cast, cast.olga, 12, [cast.petra])
    met(cast, cast.olga, 3, depth=Depth.BESIDE)
    met(cast, cast.olga, 2, [cast.rosa], noted_after=None)
    met(cast, cast.olga, 20, noted_after=None)
    met(cast, cast.rolf, 1, [cast.rosa])
    own = mine(cast.olga, NOW)
    assert (own.direct.days, own.direct.meeting.depth) == (12, "conversing")
    assert (own.observed.days, own.observed.meeting.depth) == (3, "beside")
    assert own.minutes == {"conversing": 30, "beside": 30}
    assert (own.without_record, own.to_note, own.often.n, own.guests.guests) == (1, 1, 1, 2)


def test_the_promise_and_how_it_was_kept(cast):
    commit_person(person=cast.olga, every_days=30, starts_on=CAME_ON, by=cast.mina, now=NOW)
    for days in (89, 88, 87, 10):
        met(cast, cast.olga, days, [cast.petra])
    own = mine(cast.olga, NOW)
    assert own.owed.due_on.isoformat() == "2026-03-22"
    assert (round(own.kept.adherence, 3), own.kept.max_gap) == (0.489, 77)


def test_old_remarks_are_asked_what_came_of_them(cast):
    encounter = met(cast, cast.olga, 40)
    noted(encounter, cast.olga, 40)
    noted(encounter, cast.olga, 29)
    assert mine(cast.olga, NOW).resolution.of == 1


@pytest.mark.parametrize("stored", [True, False])
def test_a_leader_who_met_only_happy_customers_reads_it(cast, stored):
    """A quarter of the base is unhappy; twenty-four were met, and all were happy before."""
    happy = welcome(*(f"Happy {n}" for n in range(60)), unit=cast.north)
    unhappy = welcome(*(f"Unhappy {n}" for n in range(20)), unit=cast.north)
    for customer in happy:
        scored(customer, 100, nps=9)
    for customer in unhappy:
        scored(customer, 100, nps=1)
    if stored:
        take_snapshots(now=ago(50))
    for place in range(24):
        met(cast, cast.olga, 2 + place, [happy[place]])
    guests = mine(cast.olga, NOW).guests
    assert (guests.guests, guests.guests_scored, guests.guests_unhappy) == (24, 24, 0)
    assert (guests.unhappy.expected, guests.unhappy.verdict) == (6.0, "under_sampled")
    assert guests.segments.verdict == "consistent"


def test_a_stored_base_older_than_the_encounters_does_no_harm(cast):
    take_snapshots(now=ago(300))
    unhappy = welcome(*(f"Unhappy {n}" for n in range(6)), unit=cast.north)
    for customer in unhappy:
        scored(customer, 100, nps=1)
        met(cast, cast.olga, 5, [customer])
    guests = mine(cast.olga, NOW).guests
    assert (guests.guests_unhappy, guests.unhappy.verdict) == (6, "consistent")

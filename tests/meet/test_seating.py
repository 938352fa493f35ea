"""Tables and rounds of an event, its page and its sheets."""

from collections import Counter
from datetime import timedelta
from itertools import combinations

import pytest
from django.urls import reverse

from coalface.meet.actions import (
    CalledOff,
    NobodyToSeat,
    NotAnEvent,
    ask_ours,
    call_off,
    invite,
    seat_event,
    seat_event_again,
)
from coalface.meet.queries import rounds_of, strangers, ways_of
from coalface.meet.queries.seating import Strangers
from coalface.permissions import rights_of
from coalface.plan.actions import exempt
from coalface.records.models import Guest, Outcome, TableSeat
from tests.meet import held, said
from tests.meet.formats import of_kind
from tests.people import NOW, client_for, welcome

SEATING = {"tables": 2, "rounds": 2, "per_table": 4, "seed": 7, "now": NOW}


@pytest.fixture
def event(cast):
    """Three guests, and Olga, Rolf and Sven of ours."""
    planned = of_kind(cast, "event")
    for customer in (cast.petra, cast.quentin, cast.rosa):
        invite(encounter=planned, customer=customer, channel="phone", by=cast.mina, now=NOW)
    ask_ours(encounter=planned, people=[cast.rolf, cast.sven], by=cast.mina, now=NOW)
    return planned


def names(event):
    return [[sorted(place.name for place in table) for table in one.tables] for one in rounds_of(event)]


def page(person, name, event, **data):
    address = reverse(f"meet:{name}", args=[event.pk])
    return client_for(person).post(address, data) if data else client_for(person).get(address)


def test_an_event_is_seated_so_that_nobody_meets_twice(cast, event):
    found = seat_event(
        encounter=event, by=cast.mina, **(SEATING | {"tables": 3, "rounds": 2, "per_table": 2})
    )
    assert (found.complete, len(found.rounds)) == (True, 2)
    meetings = Counter(pair for one in names(event) for table in one for pair in combinations(table, 2))
    assert set(meetings.values()) == {1}
    assert TableSeat.objects.count() == 12
    assert [[one.ours for one in table] for table in rounds_of(event)[0].tables] == [[False, True]] * 3
    assert [way.place.name for way in ways_of(event)] == [
        "Olga Lindner", "Petra Frei", "Quentin Roy", "Rolf Huber", "Rosa Conti", "Sven Olsen",
    ]  # fmt: skip
    assert all(sorted(way.tables) != [0, 0] and len(way.tables) == 2 for way in ways_of(event))


def test_seating_anew_replaces_what_was_said_and_the_seed_repeats_it(cast, event):
    seat_event(encounter=event, by=cast.mina, **SEATING)
    first = names(event)
    seat_event(encounter=event, by=cast.mina, **(SEATING | {"tables": 3, "per_table": 2}))
    assert len(names(event)[0]) == 3
    seat_event(encounter=event, by=cast.mina, **SEATING)
    assert names(event) == first


def test_who_does_not_come_leaves_the_others_in_place(cast, event):
    seat_event(encounter=event, by=cast.mina, **(SEATING | {"tables": 3, "per_table": 2}))
    before = names(event)
    Guest.objects.filter(customer=cast.petra).update(came=False)
    again = seat_event_again(encounter=event, first=1, by=cast.mina, now=NOW)
    assert again.moved == ()
    after = names(event)
    assert after[1] == [[name for name in table if name != "Petra Frei"] for table in before[1]]


def test_only_events_that_are_not_called_off_have_tables(cast, event):
    group = of_kind(cast, "focus_group")
    with pytest.raises(NotAnEvent):
        seat_event(encounter=group, by=cast.mina, **SEATING)
    Guest.objects.all().delete()
    with pytest.raises(NobodyToSeat):
        seat_event(encounter=event, by=cast.mina, **SEATING)
    call_off(encounter=event, outcome=Outcome.CANCELLED, by=cast.olga, now=NOW)
    with pytest.raises(CalledOff):
        seat_event(encounter=event, by=cast.mina, **SEATING)


def test_who_never_meets_a_customer_is_proposed_department_by_department(cast, event):
    met = held(cast, cast.mina)
    said(met, cast.mina)
    rights = rights_of(cast.mina, NOW)
    later = NOW + timedelta(days=1)
    found = strangers(event, rights, later, 9)
    assert found == Strangers([(cast.ada, "Office"), (cast.adam, "Office")], 0)
    exempt(
        person=cast.ada,
        starts_on=NOW.date(),
        until_on=NOW.date() + timedelta(days=9),
        remote_offered_on=NOW.date(),
        by=cast.mina,
        now=NOW,
    )
    assert strangers(event, rights, later, 9) == Strangers([(cast.adam, "Office")], 1)


def test_the_page_seats_seats_again_and_asks_ours(cast, event):
    assert b"Nobody is seated yet" in page(cast.mina, "tables", event).content
    asked = {"tables": 3, "rounds": 2, "per_table": 2, "seed": 5}
    assert page(cast.mina, "seat_tables", event, **asked).status_code == 302
    shown = page(cast.mina, "tables", event).content
    assert b"Round 2" in shown and b"Petra Frei" in shown and b"Somebody did not come?" in shown
    assert page(cast.mina, "seat_tables_again", event, first=1).status_code == 302
    assert page(cast.mina, "seat_tables_again", event, first=9).status_code == 422
    assert page(cast.mina, "seat_tables", event, tables=0).status_code == 422
    page(cast.mina, "ask_ours", event, people=[cast.adam.pk])
    assert event.attendances.filter(person=cast.adam).exists()
    sheet = page(cast.mina, "tables_sheet", event).content
    assert b"Where do I sit?" in sheet and b"Table 3, round 2" in sheet


def test_too_many_rounds_are_answered_with_how_many_there_are(cast, event):
    asked = {"tables": 2, "rounds": 6, "per_table": 3, "seed": 5}
    answer = client_for(cast.mina).post(reverse("meet:seat_tables", args=[event.pk]), asked, follow=True)
    assert b"Only 1 round is possible" in answer.content


def test_the_page_is_for_those_who_take_part_and_who_plans(cast, event):
    assert page(cast.fay, "tables", event).status_code == 403
    assert b"Who of us never meets a customer" not in page(cast.olga, "tables", event).content
    assert page(cast.olga, "ask_ours", event, people=[cast.adam.pk]).status_code == 403
    group = of_kind(cast, "focus_group")
    assert page(cast.mina, "tables", group).status_code == 404


def test_the_page_asks_as_often_for_few_as_for_many(cast, event, django_assert_num_queries):
    seat_event(encounter=event, by=cast.mina, **SEATING)
    with django_assert_num_queries(3):
        rounds_of(event)
    for customer in welcome("Una One", "Ulf Two", "Ute Three", unit=cast.north):
        invite(encounter=event, customer=customer, channel="phone", by=cast.mina, now=NOW)
    seat_event(encounter=event, by=cast.mina, **SEATING)
    with django_assert_num_queries(3):
        rounds_of(event)

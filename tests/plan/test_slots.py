"""Slots: offered once or every week by the clock of the place, and taken back with all that is in them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coalface.people.actions import leave
from coalface.plan.actions import (
    HostHasLeft,
    InThePast,
    StopsBeforeItStarts,
    TooManyWeeks,
    offer_slots,
    take_back,
)
from coalface.records.models import Encounter, Event, Slot
from tests.people import NOW
from tests.plan.planned import published

MARCH = datetime(2026, 3, 16, 9, tzinfo=UTC)  # ten o'clock in Zurich; clocks go forward on the 29th


def offered(cast, **more):
    wish = {"format": cast.visit, "unit": cast.north, "starts_at": MARCH, "by": cast.mina, "now": NOW}
    return offer_slots(**wish | more)


def test_each_week_at_the_same_hour_of_the_place_though_the_clocks_go_forward(cast):
    slots = offered(cast, repeat_until=date(2026, 4, 6))
    assert [slot.starts_at for slot in slots] == [
        datetime(2026, 3, 16, 9, tzinfo=UTC),
        datetime(2026, 3, 23, 9, tzinfo=UTC),
        datetime(2026, 3, 30, 8, tzinfo=UTC),
        datetime(2026, 4, 6, 8, tzinfo=UTC),
    ]
    first = slots[0]
    assert (first.minutes, first.seats, first.customers, first.offered_by) == (30, 1, 1, cast.mina)


def test_offered_twice_there_is_one_and_a_longer_row_adds_the_rest(cast):
    offered(cast, repeat_until=date(2026, 3, 23))
    assert len(offered(cast, repeat_until=date(2026, 4, 6))) == 4
    assert Slot.objects.count() == 4
    assert Event.objects.filter(kind="slots.offered").count() == 2


def test_an_hour_that_is_left_out_is_an_hour_later(cast):
    at = datetime(2026, 3, 22, 1, 30, tzinfo=UTC)  # half past two in Zurich
    later = offered(cast, starts_at=at, repeat_until=date(2026, 3, 29))[1]
    later.refresh_from_db()
    assert later.starts_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wish", "refused"),
    [
        ({"starts_at": NOW}, InThePast),
        ({"repeat_until": date(2026, 3, 15)}, StopsBeforeItStarts),
        ({"repeat_until": date(2029, 1, 1)}, TooManyWeeks),
    ],
    ids=["past", "backwards", "endless"],
)
def test_what_makes_no_sense_is_not_offered(cast, wish, refused):
    with pytest.raises(refused):
        offered(cast, **wish)


def test_who_has_left_is_nobodys_host(cast):
    leave(person=cast.sven, on=date(2026, 3, 2), by=cast.mina, now=NOW)
    cast.sven.refresh_from_db()
    with pytest.raises(HostHasLeft):
        offered(cast, host=cast.sven)


def test_taken_back_what_is_planned_in_it_is_called_off_once(cast):
    plan = published(cast)
    match = plan.assignments.standing().order_by("id").first()
    assert take_back(slot=match.slot, by=cast.mina, now=NOW + timedelta(hours=1)) == 1
    assert take_back(slot=match.slot, by=cast.mina, now=NOW + timedelta(hours=2)) == 0
    match.refresh_from_db()
    assert (match.withdrawn_at, match.encounter.outcome) == (NOW + timedelta(hours=1), "cancelled")
    assert Event.objects.filter(kind="encounter.called_off").count() == 1
    assert Encounter.objects.filter(outcome="planned").count() == plan.assignments.standing().count()


def test_a_slot_that_has_begun_stays(cast):
    slot = offered(cast)[0]
    with pytest.raises(InThePast):
        take_back(slot=slot, by=cast.mina, now=MARCH)

"""Thanking the customer who gave us their time."""

import pytest

from coalface.meet.actions.encounters import NotHeld
from coalface.meet.actions.thanks import NotThere, thank
from coalface.plan.actions import plan_encounter
from coalface.records.history import history_of
from tests.measure import ago, met
from tests.people import NOW

pytestmark = pytest.mark.django_db


def test_a_guest_is_thanked_once(cast):
    encounter = met(cast, cast.olga, 3, [cast.petra])
    guest = encounter.guests.get()
    assert thank(guest=guest, by=cast.olga, now=ago(2)).thanked_at == ago(2)
    assert thank(guest=guest, by=cast.olga, now=NOW).thanked_at == ago(2)
    assert list(history_of(encounter).values_list("kind", "payload").filter(kind="guest.thanked")) == [
        ("guest.thanked", {"guest": guest.pk})
    ]


def test_only_who_was_there_can_say_so(cast):
    guest = met(cast, cast.olga, 3, [cast.petra]).guests.get()
    with pytest.raises(NotThere):
        thank(guest=guest, by=cast.rolf, now=NOW)


def test_nobody_is_thanked_for_what_has_not_been(cast):
    encounter = plan_encounter(
        format=cast.visit, unit=cast.north, starts_at=NOW, person=cast.olga, customers=[cast.petra],
        chosen_by="person", by=None, now=ago(1),
    )  # fmt: skip
    with pytest.raises(NotHeld):
        thank(guest=encounter.guests.get(), by=cast.olga, now=NOW)

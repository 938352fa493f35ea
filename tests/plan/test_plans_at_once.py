"""Two at once publish one plan once, and of two who want the last seat one gets it."""

from datetime import timedelta

import pytest

from coalface.plan.actions import SlotFull, move_match, offer_slots, publish
from coalface.records.models import Approach, Assignment, Encounter, Event
from tests.people import NOW, Cast
from tests.people.test_two_at_once import at_once
from tests.plan.planned import FIRST, made

pytestmark = pytest.mark.django_db(transaction=True)


def test_published_by_two_at_once_each_match_is_one_encounter(cast: Cast):
    plan = made(cast)
    found = at_once(lambda by: publish(plan=plan, by=by, now=NOW), (cast.mina, cast.olga))
    assert sum(one.arranged for one in found) == 2
    assert (Encounter.objects.count(), Approach.objects.count()) == (2, 2)
    assert Event.objects.filter(kind="plan.published").count() == 1


def test_of_two_who_are_moved_into_the_last_seat_at_once_one_has_it(cast: Cast):
    plan = made(cast)
    monday = {"starts_at": FIRST + timedelta(hours=3), "by": cast.mina, "now": NOW}
    (last,) = offer_slots(format=cast.visit, unit=cast.north, **monday)

    def move(match: Assignment) -> bool:
        try:
            move_match(match=match, slot=last, by=cast.mina, now=NOW)
        except SlotFull:
            return False
        return True

    assert sorted(at_once(move, Assignment.objects.filter(plan=plan))) == [False, True]
    assert Assignment.objects.filter(slot=last).count() == 1

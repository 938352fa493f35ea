"""Who came along is asked once: on the day, or at the end."""

import pytest

from coalface.meet.actions import AlreadySaid, NotHeld, drop_in, hold, say_onlookers
from coalface.records.models import Encounter
from tests.meet import LATER, at, held, kinds, planned, said
from tests.people import client_for

NOBODY = {"entourage": 0, "camera": False, "press": False}


def said_of(encounter):
    now = Encounter.objects.get(pk=encounter.pk)
    return now.entourage, now.camera, now.press, now.onlookers_said_at


def test_who_said_so_on_the_day_is_not_asked_again(cast):
    met = hold(encounter=planned(cast), by=cast.olga, now=LATER, entourage=2, camera=True)
    assert said_of(met) == (2, True, False, LATER)
    page = client_for(cast.olga).get(at("encounter", met.pk))
    assert page.context["onlookers_form"] is None
    assert "Did anybody come along?" not in page.content.decode()


def test_held_without_the_question_it_is_asked_at_the_end(cast):
    met = held(cast)
    assert said_of(met) == (0, False, False, None)
    olga = client_for(cast.olga)
    assert "Nobody came along" not in olga.get(at("encounter", met.pk)).content.decode()
    said(met, cast.olga)
    assert "Nobody came along" in olga.get(at("encounter", met.pk)).content.decode()
    olga.post(at("onlookers", met.pk), {"nobody": "yes"})
    assert said_of(met)[:3] == (0, False, False) and said_of(met)[3] is not None
    assert kinds(met)[-1] == "encounter.onlookers_said"
    assert "Did anybody come along?" not in olga.get(at("encounter", met.pk)).content.decode()


def test_somebody_did_come_along(cast):
    met, olga = held(cast), client_for(cast.olga)
    refused = olga.post(at("onlookers", met.pk), {"entourage": -1})
    assert refused.context["onlookers_form"].errors
    olga.post(at("onlookers", met.pk), {"entourage": 3, "press": "on"})
    assert said_of(met)[:3] == (3, False, True)
    again = olga.post(at("onlookers", met.pk), {"nobody": "yes"}, follow=True)
    assert "Somebody has said before" in again.content.decode()
    assert said_of(met)[:3] == (3, False, True)


def test_the_same_said_twice_changes_nothing(cast):
    met = held(cast)
    for _ in range(2):
        say_onlookers(encounter=met, **NOBODY, by=cast.olga, now=LATER)
    assert kinds(met).count("encounter.onlookers_said") == 1
    with pytest.raises(AlreadySaid):
        say_onlookers(encounter=met, **NOBODY | {"entourage": 1}, by=cast.olga, now=LATER)


def test_not_before_it_was_held(cast):
    met = planned(cast)
    with pytest.raises(NotHeld):
        say_onlookers(encounter=met, **NOBODY, by=cast.olga, now=LATER)
    page = client_for(cast.olga).post(at("onlookers", met.pk), {"nobody": "yes"}, follow=True)
    assert "Say first that you met." in page.content.decode()


def test_a_drop_in_is_asked_afterwards(cast):
    met = drop_in(format=cast.visit, unit=cast.north, person=cast.fay, customers=[], by=cast.fay, now=LATER)
    assert said_of(met)[3] is None


@pytest.mark.parametrize(
    ("sent", "known"),
    [({}, False), ({"entourage": ""}, False), ({"entourage": "0"}, True), ({"camera": "on"}, True)],
)
def test_an_empty_field_is_no_answer(cast, sent, known):
    met = planned(cast)
    client_for(cast.olga).post(at("hold", met.pk), {"minutes": 20} | sent)
    assert (said_of(met)[3] is not None) is known

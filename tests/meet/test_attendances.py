"""Who of us takes part, how deep and how long."""

from datetime import timedelta

import pytest

from coalface.meet.actions import (
    CalledOff,
    Finished,
    HasLeft,
    HasWritten,
    NobodyLeft,
    call_off,
    finish,
    hold,
    take_no_part,
    take_part,
)
from coalface.records.models import Depth, Outcome
from tests.meet import LATER, at, held, kinds, planned, said
from tests.people import client_for


def who(encounter):
    return list(encounter.attendances.order_by("id").values_list("person__name", "depth", "minutes"))


def joins(encounter, person, by, depth=Depth.BESIDE, minutes=20):
    return take_part(encounter=encounter, person=person, depth=depth, minutes=minutes, by=by, now=LATER)


def test_a_colleague_sits_beside(cast):
    met = planned(cast)
    joins(met, cast.sven, cast.olga)
    assert who(met) == [("Olga Lindner", "conversing", 30), ("Sven Olsen", "beside", 20)]
    assert client_for(cast.sven).get(at("encounter", met.pk)).status_code == 200


def test_said_again_it_is_corrected_and_twice_the_same_changes_nothing(cast):
    met = held(cast)
    for minutes in (20, 20, 45):
        joins(met, cast.sven, cast.olga, minutes=minutes)
    assert who(met)[1] == ("Sven Olsen", "beside", 45)
    assert kinds(met).count("attendance.said") == 2


def test_somebody_does_not_come_after_all(cast):
    met = planned(cast)
    joins(met, cast.sven, cast.olga)
    for _ in range(2):
        take_no_part(encounter=met, person=cast.olga, by=cast.olga, now=LATER)
    assert who(met) == [("Sven Olsen", "beside", 20)]
    assert kinds(met).count("attendance.withdrawn") == 1
    with pytest.raises(NobodyLeft):
        take_no_part(encounter=met, person=cast.sven, by=cast.sven, now=LATER)


def test_who_wrote_something_down_was_there(cast):
    met = held(cast)
    joins(met, cast.sven, cast.olga)
    said(met, cast.sven)
    with pytest.raises(HasWritten):
        take_no_part(encounter=met, person=cast.sven, by=cast.olga, now=LATER)


def test_who_has_left_takes_no_part(cast):
    cast.sven.left_on = LATER.date() - timedelta(days=1)
    with pytest.raises(HasLeft):
        joins(planned(cast), cast.sven, cast.olga)


def test_when_it_is_over_it_stays_as_it_is(cast):
    off = call_off(encounter=planned(cast), outcome=Outcome.CANCELLED, by=cast.olga, now=LATER)
    with pytest.raises(CalledOff):
        joins(off, cast.sven, cast.olga)
    done = held(cast)
    joins(done, cast.fay, cast.olga)
    finish(encounter=done, by=cast.olga, now=LATER)
    with pytest.raises(Finished):
        joins(done, cast.sven, cast.olga)
    with pytest.raises(Finished):
        take_no_part(encounter=done, person=cast.fay, by=cast.olga, now=LATER)


def test_the_page_adds_a_colleague_and_takes_them_out_again(cast):
    met, olga = held(cast), client_for(cast.olga)
    sent = {"person": "Sven Olsen", "depth": "beside", "minutes": 15}
    for wrong in ({"person": "Nobody Here"}, {"minutes": 0}, {"depth": "reading"}):
        assert olga.post(at("take_part", met.pk), sent | wrong).context["part_form"].errors
    olga.post(at("take_part", met.pk), sent)
    assert who(met)[1] == ("Sven Olsen", "beside", 15)
    page = olga.get(at("encounter", met.pk)).content.decode()
    assert "Without Sven Olsen" in page
    answer = olga.post(at("take_no_part", met.pk, cast.sven.pk))
    assert answer.url.endswith("#takes-part") and len(who(met)) == 1
    alone = olga.post(at("take_no_part", met.pk, cast.olga.pk), follow=True)
    assert "Add somebody else first." in alone.content.decode()
    assert client_for(cast.rolf).post(at("take_part", met.pk), sent).status_code == 403
    assert client_for(cast.rolf).post(at("take_no_part", met.pk, cast.olga.pk)).status_code == 403


def test_two_of_one_name_are_told_apart(cast):
    met, olga = held(cast), client_for(cast.olga)
    type(cast.gus).objects.filter(pk=cast.gus.pk).update(name="Fay Burns")
    sent = {"person": "Fay Burns", "depth": "beside", "minutes": 15}
    assert olga.post(at("take_part", met.pk), sent).context["part_form"].errors
    olga.post(at("take_part", met.pk), sent | {"person": "Fay Burns (South)"})
    assert met.attendances.filter(person=cast.gus).exists()


def test_who_takes_oneself_out_is_taken_to_the_list(cast):
    met, olga = held(cast), client_for(cast.olga)
    joins(met, cast.sven, cast.olga)
    said(met, cast.sven)
    refused = olga.post(at("take_no_part", met.pk, cast.sven.pk), follow=True)
    assert "Who wrote something down was there." in refused.content.decode()
    assert olga.post(at("take_no_part", met.pk, cast.olga.pk)).url == at("index")


@pytest.mark.parametrize("name", ["take_part", "take_no_part"])
def test_when_it_is_finished_the_page_says_so(cast, name):
    met = held(cast)
    joins(met, cast.fay, cast.olga)
    finish(encounter=met, by=cast.olga, now=LATER)
    address = at(name, met.pk, *([cast.fay.pk] if name == "take_no_part" else []))
    sent = {"person": "Sven Olsen", "depth": "beside", "minutes": 15}
    page = client_for(cast.olga).post(address, sent, follow=True)
    assert "stays as it is" in page.content.decode() and len(who(met)) == 2


def test_who_came_for_less_keeps_their_own_minutes(cast):
    met = planned(cast)
    joins(met, cast.sven, cast.olga, minutes=20)
    hold(encounter=met, by=cast.olga, now=LATER, minutes=50)
    assert who(met) == [("Olga Lindner", "conversing", 50), ("Sven Olsen", "beside", 20)]


def test_at_which_table_is_kept_until_it_is_said_anew(cast):
    met = held(cast)
    given = {"encounter": met, "person": cast.sven, "depth": Depth.GROUP, "minutes": 20}
    for table in (3, None, 3):
        take_part(**given, table=table, by=cast.olga, now=LATER)
    assert met.attendances.get(person=cast.sven).table == 3
    assert kinds(met).count("attendance.said") == 1

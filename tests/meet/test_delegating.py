"""Somebody else goes, it is cancelled, nobody comes: all of it counted on our side."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid
from django.core import mail
from django.db.models import Q

from coalface.meet.actions import (
    AlreadyDecided,
    GoesAnyway,
    HasLeft,
    HasNoted,
    TheLastOne,
    ToOneself,
    call_off,
    delegate,
    hold,
    invite,
    join_in,
    note_remark,
    set_quota,
    stay_away,
)
from coalface.meet.queries import Outcomes, my_outcomes, our_outcomes
from coalface.people.actions import leave
from coalface.records.models import Approach, Depth, Encounter, OutgoingMessage
from coalface.worker.actions import send_messages
from tests.meet import LATER, at, kinds, planned
from tests.meet.formats import AFTER, of_kind, took_place
from tests.people import NOW, client_for


def test_who_stands_in_gets_the_same_guests_and_a_mail_and_nobody_is_asked_again(cast):
    met = planned(cast, cast.olga, cast.petra, cast.quentin)
    stand_in = delegate(encounter=met, to=cast.sven, by=cast.olga, now=NOW)
    met.refresh_from_db()
    assert (met.outcome, met.stand_in) == ("delegated", stand_in)
    assert [one.person for one in stand_in.attendances.all()] == [cast.sven]
    assert {guest.customer for guest in stand_in.guests.all()} == {cast.petra, cast.quentin}
    assert (stand_in.starts_at, stand_in.minutes, stand_in.chosen_by) == (met.starts_at, 30, "planner")
    assert not Approach.objects.exists()
    send_messages(now=NOW)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([cast.sven.email], "You go in place of Olga Lindner")
    assert str(stand_in.pk) in sent.body
    assert kinds(met) == ["encounter.planned", "encounter.called_off"]


def test_of_several_of_us_only_who_passes_it_on_stays_away_and_the_group_stays_as_it_is(cast):
    group = of_kind(cast, "event")
    set_quota(encounter=group, segment="private", wanted=2, by=cast.mina, now=NOW)
    guest = invite(encounter=group, customer=cast.petra, channel="phone", by=cast.mina, now=NOW)
    type(guest).objects.filter(pk=guest.pk).update(table=3, agreed_at=NOW)
    join_in(encounter=group, person=cast.rolf, depth=Depth.GROUP, by=cast.mina, now=NOW, table=3)
    stand_in = delegate(encounter=group, to=cast.sven, by=cast.mina, now=NOW)
    assert {one.person for one in stand_in.attendances.all()} == {cast.sven, cast.rolf}
    copied = stand_in.guests.get()
    assert (copied.table, copied.agreed_at) == (3, NOW)
    assert [(quota.segment, quota.wanted) for quota in stand_in.quotas.all()] == [("private", 2)]
    assert Approach.objects.count() == 1


def test_nobody_delegates_to_themselves_or_to_who_goes_or_has_left_or_twice(cast):
    met = planned(cast)
    given = {"encounter": met, "by": cast.mina, "now": NOW}
    leave(person=cast.gus, on=NOW.date(), by=cast.mina, now=NOW)
    cast.gus.refresh_from_db()
    for to, refusal in ((cast.mina, ToOneself), (cast.olga, GoesAnyway), (cast.gus, HasLeft)):
        with pytest.raises(refusal):
            delegate(to=to, **given)
    met.refresh_from_db()
    assert met.outcome == "planned" and not OutgoingMessage.objects.exists()
    delegate(to=cast.sven, **given)
    with pytest.raises(AlreadyDecided):
        delegate(to=cast.fay, **given)


def test_the_page_asks_who_goes_instead(cast):
    met, olga = planned(cast), client_for(cast.olga)
    for to in ("", "Nobody Known", "Olga Lindner"):
        page = olga.post(at("call_off", met.pk), {"outcome": "delegated", "to": to})
        assert page.context["call_off_form"].errors["to"]
    page = olga.post(at("call_off", met.pk), {"outcome": "delegated", "to": "Sven Olsen"}, follow=True)
    assert "Sven Olsen gets a mail and goes instead" in page.content.decode()
    assert "Sven Olsen goes instead" in page.content.decode()
    stand_in = Encounter.objects.get(stands_in_for=met)
    assert (
        "In place of Olga Lindner" in client_for(cast.sven).get(at("encounter", stand_in.pk)).content.decode()
    )
    again = planned(cast, cast.sven)
    page = client_for(cast.mina).post(at("call_off", again.pk), {"outcome": "delegated", "to": "Sven Olsen"})
    assert page.context["call_off_form"].errors["to"]


@pytest.mark.parametrize(
    ("outcome", "words"), [("cancelled", "Whom to tell"), ("no_show", "Ask them what happened")]
)
def test_called_off_the_page_says_whom_to_tell(cast, outcome, words):
    met, olga = planned(cast), client_for(cast.olga)
    page = olga.post(at("call_off", met.pk), {"outcome": outcome, "to": "ignored"}, follow=True)
    assert words in page.content.decode() and cast.petra.email in page.content.decode()


def test_several_of_us_come_and_one_stays_away(cast):
    group, mina = of_kind(cast, "town_hall"), client_for(cast.mina)
    for to in ("", "Nobody Known"):
        page = mina.post(at("join_in", group.pk), {"person": to, "depth": "group"})
        assert page.context["join_form"].errors["person"]
    for _ in range(2):
        mina.post(at("join_in", group.pk), {"person": "Sven Olsen", "depth": "beside"})
    sven = group.attendances.get(person=cast.sven)
    assert (group.attendances.count(), sven.depth) == (2, "beside")
    for _ in range(2):
        mina.post(at("stay_away", sven.pk))
        sven = group.attendances.filter(person=cast.sven).first() or group.attendances.get()
    assert [one.person for one in group.attendances.all()] == [cast.olga]
    page = mina.post(at("stay_away", group.attendances.get().pk), follow=True)
    assert "One of us has to be there" in page.content.decode()


def test_who_wrote_something_down_was_there(cast):
    group = took_place(of_kind(cast, "town_hall"), cast.olga)
    join = {"encounter": group, "depth": "group", "by": cast.mina, "now": AFTER}
    rolf, sven = (join_in(person=person, **join) for person in (cast.rolf, cast.sven))
    given = {"kind": "need", "text": "A bench.", "by": cast.rolf, "now": LATER}
    note_remark(id=uuid.uuid7(), encounter=group, **given)
    with pytest.raises(HasNoted):
        stay_away(attendance=rolf, by=cast.mina, now=LATER)
    page = client_for(cast.mina).post(at("stay_away", rolf.pk), follow=True)
    assert "Rolf Huber wrote something down" in page.content.decode()
    stay_away(attendance=sven, by=cast.mina, now=LATER)
    stay_away(attendance=sven, by=cast.mina, now=LATER)
    assert group.attendances.count() == 2


def test_nobody_joins_what_does_not_take_place(cast):
    group, mina = of_kind(cast, "event"), client_for(cast.mina)
    call_off(encounter=group, outcome="cancelled", by=cast.mina, now=NOW)
    with pytest.raises(AlreadyDecided):
        stay_away(attendance=group.attendances.get(), by=cast.mina, now=NOW)
    page = mina.post(at("join_in", group.pk), {"person": "Sven Olsen", "depth": "group"}, follow=True)
    assert "It did not take place" in page.content.decode()
    page = mina.post(at("stay_away", group.attendances.get().pk), follow=True)
    assert "It did not take place" in page.content.decode()
    leave(person=cast.gus, on=NOW.date(), by=cast.mina, now=NOW)
    cast.gus.refresh_from_db()
    with pytest.raises(HasLeft):
        join_in(encounter=planned(cast), person=cast.gus, depth="group", by=cast.mina, now=NOW)
    with pytest.raises(TheLastOne):
        stay_away(attendance=planned(cast).attendances.get(), by=cast.mina, now=NOW)


def test_what_became_of_encounters_is_counted_on_our_side(cast):
    ends = [hold, call_off, call_off, delegate, None]
    more = [{}, {"outcome": "cancelled"}, {"outcome": "no_show"}, {"to": cast.sven}, {}]
    for end, given in zip(ends, more, strict=True):
        met = planned(cast)
        if end:
            end(encounter=met, by=cast.olga, now=LATER, **given)
    assert my_outcomes(cast.olga, LATER) == Outcomes(held=1, delegated=1, cancelled=1, no_show=1, unsaid=1)
    assert my_outcomes(cast.sven, LATER) == Outcomes(held=0, delegated=0, cancelled=0, no_show=0, unsaid=1)
    assert my_outcomes(cast.olga, LATER + timedelta(days=366)).all == 0
    assert our_outcomes(Q(), LATER) is None
    for person in (cast.rolf, cast.mina, cast.fay):
        hold(encounter=planned(cast, person), by=person, now=LATER)
    assert our_outcomes(Q(), LATER) == Outcomes(held=4, delegated=1, cancelled=1, no_show=1, unsaid=2)

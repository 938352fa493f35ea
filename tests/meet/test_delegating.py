"""Somebody else goes, it is cancelled, nobody comes: all of it counted on our side."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import Q
from django.urls import reverse

from coalface.home.queries import week
from coalface.meet.actions import (
    AlreadyDecided,
    GoesAnyway,
    HasLeft,
    ToOneself,
    call_off,
    delegate,
    hold,
    invite,
    set_quota,
)
from coalface.meet.queries import Outcomes, my_outcomes, our_outcomes
from coalface.people.actions import leave
from coalface.permissions import rights_of
from coalface.records.models import Approach, Attendance, Depth, Encounter, OutgoingMessage
from coalface.worker.actions import send_messages
from tests.meet import LATER, at, kinds, planned
from tests.meet.formats import of_kind
from tests.people import NOW, client_for

WE = ("olga", "sven")


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
    Attendance.objects.create(encounter=group, person=cast.rolf, depth=Depth.GROUP, minutes=90, table=3)
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


def test_passed_on_after_the_fact_who_went_is_asked_on_my_week_and_in_the_list(cast):
    met = planned(cast)
    sven = client_for(cast.sven)
    assert not week(cast.sven, LATER, rights_of(cast.sven, LATER)).waiting
    stand_in = delegate(encounter=met, to=cast.sven, by=cast.olga, now=LATER)
    found = {name: week(one, LATER, rights_of(one, LATER)) for name, one in vars(cast).items() if name in WE}
    assert {name: list(one.waiting.unsaid.first) for name, one in found.items()} == {
        "olga": [],
        "sven": [stand_in],
    }
    for address in (reverse("home:week"), at("index")):
        page = sven.get(address).content.decode()
        assert "Did you meet?" in page and at("encounter", stand_in.pk) in page, address
    hold(encounter=stand_in, by=cast.sven, now=LATER)
    assert not week(cast.sven, LATER, rights_of(cast.sven, LATER)).waiting.unsaid


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
    page = client_for(cast.mina).get(reverse("home:programme")).content.decode()
    assert "So few people stand behind them" in page
    for person in (cast.rolf, cast.mina, cast.fay):
        hold(encounter=planned(cast, person), by=person, now=LATER)
    assert our_outcomes(Q(), LATER) == Outcomes(held=4, delegated=1, cancelled=1, no_show=1, unsaid=2)
    page = client_for(cast.olga).get(reverse("measure:contact")).content.decode()
    assert "Of 5 encounters in a year: 1 held, 1 delegated, 1 cancelled, 1 to which nobody came" in page
    page = client_for(cast.mina).get(reverse("home:programme")).content.decode()
    assert "Of 9 encounters in a year: 4 held, 1 delegated" in page

"""Giving a fix to somebody else: it stays the giver's until the other says yes."""

from datetime import timedelta

import pytest

from coalface.act.actions import (
    AlreadyAnswered,
    AlreadyOffered,
    AlreadyTheirs,
    HasLeft,
    NoReason,
    NotAsked,
    NotItsOwner,
    WouldJudgeIt,
    accept_fix,
    expire_offers,
    hand_on_fixes,
    offer_fix,
    return_fix,
    ship,
    take_back,
)
from coalface.edges.mail import send
from coalface.people.actions import leave
from coalface.records.models import Event, Fix, FixOffer, OutgoingMessage
from tests.act.test_fixes import kinds, opened
from tests.people import NOW
from tests.verify import issue, planned, proposed_fix

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(days=1)
LATE = NOW + timedelta(days=8)


def mails():
    return list(OutgoingMessage.objects.order_by("id").values_list("template", "person__name"))


def test_returned_with_a_reason_it_is_the_givers_who_is_told_and_may_ask_somebody_else(cast, mailoutbox):
    fix = opened(cast)
    with pytest.raises(NoReason):
        return_fix(fix=fix, reason=" ", by=cast.sven, now=SOON)
    returned = return_fix(fix=fix, reason="I am away in May.", by=cast.sven, now=SOON)
    assert (returned.owner, returned.accepted_at) == (cast.mina, None)
    assert FixOffer.objects.get().reason.text == "I am away in May."
    with pytest.raises(AlreadyAnswered):
        return_fix(fix=fix, reason="Twice.", by=cast.sven, now=SOON)
    with pytest.raises(AlreadyAnswered):
        accept_fix(fix=fix, by=cast.sven, now=SOON)
    offer_fix(fix=fix, to=cast.fay, by=cast.mina, now=SOON)
    taken = accept_fix(fix=fix, by=cast.fay, now=SOON)
    assert (taken.owner, taken.accepted_at) == (cast.fay, SOON)
    assert kinds(fix) == ["fix.opened", "fix.offered", "fix.returned", "fix.offered", "fix.accepted"]
    assert mails() == [
        ("act/offered", "Sven Olsen"),
        ("act/returned", "Mina Aziz"),
        ("act/offered", "Fay Burns"),
    ]
    for message in OutgoingMessage.objects.order_by("id"):
        send(message)
    assert [mail.subject for mail in mailoutbox] == [
        "Mina Aziz asks you to look after a change",
        "Sven Olsen gave a change back to you",
        "Mina Aziz asks you to look after a change",
    ]
    assert "I am away" not in mailoutbox[1].body


def test_asked_twice_is_asked_once_and_two_are_not_asked_at_the_same_time(cast):
    fix = opened(cast)
    assert offer_fix(fix=fix, to=cast.sven, by=cast.mina, now=SOON) == FixOffer.objects.get()
    with pytest.raises(AlreadyOffered):
        offer_fix(fix=fix, to=cast.fay, by=cast.mina, now=SOON)
    with pytest.raises(AlreadyTheirs):
        offer_fix(fix=fix, to=cast.mina, by=cast.mina, now=SOON)
    with pytest.raises(NotItsOwner):
        offer_fix(fix=fix, to=cast.fay, by=cast.sven, now=SOON)
    with pytest.raises(NotAsked):
        return_fix(fix=fix, reason="Not mine.", by=cast.fay, now=SOON)
    leave(person=cast.gus, on=NOW.date(), by=cast.mina, now=NOW)
    cast.gus.refresh_from_db()
    with pytest.raises(HasLeft):
        offer_fix(fix=fix, to=cast.gus, by=cast.mina, now=SOON)


def test_who_gave_it_may_take_it_back_or_do_it_after_all(cast):
    fix = opened(cast)
    take_back(fix=fix, by=cast.mina, now=SOON)
    with pytest.raises(AlreadyAnswered):
        take_back(fix=fix, by=cast.mina, now=SOON)
    with pytest.raises(AlreadyAnswered):
        accept_fix(fix=fix, by=cast.sven, now=SOON)
    offer_fix(fix=fix, to=cast.sven, by=cast.mina, now=SOON)
    assert accept_fix(fix=fix, by=cast.mina, now=SOON).owner == cast.mina
    assert not FixOffer.objects.waiting().exists()


def test_what_is_being_worked_on_stays_with_who_works_on_it_until_the_other_says_yes(cast):
    fix = proposed_fix(cast, issue(cast, "Tills"))
    offer_fix(fix=fix, to=cast.fay, by=cast.sven, now=SOON)
    still = Fix.objects.get()
    assert (still.owner, still.accepted_at) == (cast.sven, fix.accepted_at)
    return_fix(fix=fix, reason="No time.", by=cast.fay, now=SOON)
    planned(cast, fix)
    offer_fix(fix=fix, to=cast.fay, by=cast.sven, now=SOON)
    ship(fix=fix, by=cast.sven, now=SOON)
    assert not FixOffer.objects.waiting().exists()


def test_whoever_is_to_judge_it_does_not_make_it(cast):
    fix = proposed_fix(cast, issue(cast, "Tills"))
    planned(cast, fix, judge=cast.adam)
    with pytest.raises(WouldJudgeIt):
        offer_fix(fix=fix, to=cast.adam, by=cast.sven, now=SOON)
    offer_fix(fix=fix, to=cast.fay, by=cast.sven, now=SOON)
    planned(cast, fix, judge=cast.fay)
    with pytest.raises(WouldJudgeIt):
        accept_fix(fix=fix, by=cast.fay, now=SOON)


def test_what_nobody_accepts_in_time_goes_back_and_is_told_once(cast):
    fix, other = opened(cast), opened(cast, owner=cast.fay)
    accept_fix(fix=other, by=cast.fay, now=SOON)
    assert [expire_offers(now=SOON), expire_offers(now=LATE), expire_offers(now=LATE)] == [0, 1, 0]
    offer = FixOffer.objects.get(fix=fix)
    assert (offer.accepted, offer.answered_by, offer.answered_at) == (False, None, LATE)
    assert (Fix.objects.get(pk=fix.pk).owner, kinds(fix)[-1]) == (cast.mina, "fix.not_taken")
    assert mails().count(("act/returned", "Mina Aziz")) == 1
    with pytest.raises(AlreadyAnswered):
        accept_fix(fix=fix, by=cast.sven, now=LATE)


def test_the_day_until_which_an_answer_was_asked_for_is_over_before_it_goes_back(cast):
    opened(cast)
    due = FixOffer.objects.get().answer_due_at
    the_same_evening, the_next_morning = due + timedelta(hours=12), due + timedelta(hours=16)
    assert [expire_offers(now=the_same_evening), expire_offers(now=the_next_morning)] == [0, 1]


def test_passed_on_to_whom_it_was_on_its_way_to_it_was_taken_back_and_not_forgotten(cast):
    fix = opened(cast, by=cast.rolf, owner=cast.olga)
    leave(person=cast.rolf, on=NOW.date(), by=cast.mina, now=NOW)
    hand_on_fixes(event=Event.objects.get(kind="person.left"), now=LATE)
    fix, offer = Fix.objects.get(pk=fix.pk), FixOffer.objects.get()
    assert (fix.owner, fix.accepted_at) == (cast.olga, None)
    assert (offer.answered_by, offer.answered_at) == (cast.rolf, LATE)

"""Answering for a remark, thinking again, handing over."""

from datetime import timedelta

import pytest

from coalface.meet.actions import (
    AlreadyAnswered,
    Finished,
    HasLeft,
    NoReason,
    NotYours,
    TakenBack,
    ToOneself,
    accept,
    decline,
    finish,
    fix_now,
    give_back,
    hand_over,
    keep,
    mark_told,
    own,
    pass_on,
    return_unanswered,
)
from coalface.meet.queries import fates, held_by, praise_for, remark_states, waiting_for
from coalface.records.models import Disposition, HandOver, HandOverAnswer, OutgoingMessage, Person, Remark
from tests.meet import LATER, held, kinds, said

IN_TIME, TOO_LATE = LATER + timedelta(days=14), LATER + timedelta(days=14, seconds=1)


@pytest.fixture
def remark(cast) -> Remark:
    return said(held(cast), cast.olga)


def answers(remark: Remark) -> list[tuple[str, bool]]:
    """Each answer, oldest first, and whether it stands."""
    rows = Disposition.objects.filter(remark=remark).order_by("id")
    return [(row.answer, row.ended_at is None) for row in rows]


@pytest.mark.parametrize(
    ("verb", "answer", "state"),
    [(fix_now, "fixed_now", "fixed"), (own, "owned", "owned"), (keep, "kept", "kept")],
)
def test_one_tap_answers(cast, remark, verb, answer, state):
    disposition = verb(remark=remark, by=cast.olga, now=LATER)
    assert (disposition.answer, disposition.by, disposition.at) == (answer, cast.olga, LATER)
    assert verb(remark=remark, by=cast.olga, now=LATER) == disposition
    assert answers(remark) == [(answer, True)]
    assert remark_states([remark], LATER) == {remark.pk: state}
    assert kinds(remark) == ["remark.noted", "remark.answered"]


def test_thinking_again_leaves_what_was_thought_before(cast, remark):
    keep(remark=remark, by=cast.olga, now=LATER)
    own(remark=remark, by=cast.olga, now=LATER)
    keep(remark=remark, by=cast.mina, now=LATER)
    assert answers(remark) == [("kept", False), ("owned", False), ("kept", True)]


def test_after_the_end_what_is_settled_stays_settled(cast, remark):
    keep(remark=remark, by=cast.olga, now=LATER)
    finish(encounter=remark.encounter, by=cast.olga, now=LATER)
    with pytest.raises(Finished):
        own(remark=remark, by=cast.olga, now=LATER)
    assert answers(remark) == [("kept", True)]


def test_a_no_has_a_reason_and_is_resolved_once_the_customer_knows(cast, remark):
    with pytest.raises(NoReason):
        decline(remark=remark, reason=" ", by=cast.olga, now=LATER)
    declined = decline(remark=remark, reason="The law forbids it.", by=cast.olga, now=LATER)
    assert decline(remark=remark, reason="The law forbids it.", by=cast.olga, now=LATER) == declined
    assert (declined.reason.text, declined.told_at) == ("The law forbids it.", None)
    assert remark_states([remark], LATER) == {remark.pk: "declined"}
    told = mark_told(disposition=declined, by=cast.olga, now=IN_TIME)
    assert mark_told(disposition=declined, by=cast.olga, now=TOO_LATE).told_at == told.told_at == IN_TIME
    assert remark_states([remark], IN_TIME) == {remark.pk: "declined_told"}
    assert kinds(remark)[1:] == ["remark.answered", "remark.told"]


def test_declined_to_their_face(cast, remark):
    assert decline(remark=remark, reason="No.", by=cast.olga, now=LATER, told=True).told_at == LATER
    again = decline(remark=remark, reason="Not now.", by=cast.olga, now=LATER)
    assert (again.reason.text, answers(remark)) == ("Not now.", [("declined", False), ("declined", True)])


def test_praise_reaches_who_is_praised(cast, remark):
    passed = pass_on(remark=remark, to=cast.fay, by=cast.olga, now=LATER)
    assert pass_on(remark=remark, to=cast.fay, by=cast.olga, now=LATER) == passed
    assert list(praise_for(cast.fay)) == [passed]
    message = OutgoingMessage.objects.get()
    assert (message.key, message.template) == (f"passed-on-{passed.pk}", "meet/passed_on")
    assert (message.person, message.about) == (cast.fay, {"disposition": passed.pk})


def test_praise_for_oneself_needs_no_message(cast, remark):
    pass_on(remark=remark, to=cast.olga, by=cast.olga, now=LATER)
    assert not OutgoingMessage.objects.exists()


def test_a_hand_over_is_the_givers_until_the_other_says_yes(cast, remark):
    offered = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    assert (offered.giver, offered.receiver, offered.offered_at) == (cast.olga, cast.sven, LATER)
    assert offered.answer_due_at == LATER + timedelta(days=14)
    assert hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER) == offered
    fate = fates([remark], LATER)[remark.pk]
    assert (fate.code, fate.in_charge, fate.hand_over) == ("waiting", cast.olga.pk, offered)
    assert list(waiting_for(cast.sven)) == [offered]
    message = OutgoingMessage.objects.get()
    assert (message.key, message.template) == (f"hand-over-{offered.pk}", "meet/hand_over")
    assert (message.person, message.about) == (cast.sven, {"hand_over": offered.pk})
    answer = accept(hand_over=offered, by=cast.sven, now=LATER)
    assert (answer.accepted, answer.by, answer.at) == (True, cast.sven, LATER)
    fate = fates([remark], LATER)[remark.pk]
    assert (fate.code, fate.in_charge) == ("owned", cast.sven.pk)
    assert (list(waiting_for(cast.sven)), list(held_by(cast.sven))) == ([], [offered])
    assert kinds(remark) == ["remark.noted", "hand_over.offered", "hand_over.accepted"]


def test_given_back_it_is_open_at_the_giver_again(cast, remark):
    offered = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    answer = give_back(hand_over=offered, by=cast.sven, now=LATER)
    assert (answer.accepted, answer.by) == (False, cast.sven)
    fate = fates([remark], LATER)[remark.pk]
    assert (fate.code, fate.in_charge, fate.returned) == ("open", cast.olga.pk, offered)
    assert kinds(remark)[-1] == "hand_over.returned"
    second = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    assert (second != offered, list(waiting_for(cast.sven))) == (True, [second])


def test_the_receiver_may_hand_it_on_and_gets_it_back(cast, remark):
    accept(hand_over=hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER), by=cast.sven, now=LATER)
    onwards = hand_over(remark=remark, to=cast.fay, by=cast.sven, now=LATER)
    give_back(hand_over=onwards, by=cast.fay, now=LATER)
    assert fates([remark], LATER)[remark.pk].in_charge == cast.sven.pk


def test_only_the_receiver_answers_and_only_once(cast, remark):
    offered = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    for verb in (accept, give_back):
        with pytest.raises(NotYours):
            verb(hand_over=offered, by=cast.mina, now=LATER)
    accept(hand_over=offered, by=cast.sven, now=LATER)
    for verb in (accept, give_back):
        with pytest.raises(AlreadyAnswered):
            verb(hand_over=HandOver.objects.get(), by=cast.sven, now=LATER)


def test_the_giver_may_think_again_before_it_is_answered(cast, remark):
    offered = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    fix_now(remark=remark, by=cast.olga, now=LATER)
    with pytest.raises(TakenBack):
        accept(hand_over=offered, by=cast.sven, now=LATER)
    assert not waiting_for(cast.sven).exists()


def test_nothing_is_handed_to_oneself_or_to_who_has_left(cast, remark):
    with pytest.raises(ToOneself):
        hand_over(remark=remark, to=cast.olga, by=cast.olga, now=LATER)
    gone = Person.objects.create(name="Gone Girl", left_on=LATER.date())
    with pytest.raises(HasLeft):
        hand_over(remark=remark, to=gone, by=cast.olga, now=LATER)
    leaving = Person.objects.create(name="Soon Gone", left_on=LATER.date() + timedelta(days=1))
    assert hand_over(remark=remark, to=leaving, by=cast.olga, now=LATER).receiver == leaving


def test_what_nobody_answers_goes_back_after_its_days_and_only_then(cast, remark):
    answered = said(remark.encounter, cast.olga, "Another.")
    offered = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    accept(
        hand_over=hand_over(remark=answered, to=cast.sven, by=cast.olga, now=LATER), by=cast.sven, now=LATER
    )
    assert return_unanswered(now=IN_TIME) == 0
    assert return_unanswered(now=TOO_LATE) == 1
    assert return_unanswered(now=TOO_LATE) == 0
    returned = HandOverAnswer.objects.get(hand_over=offered)
    assert (returned.accepted, returned.by, returned.at) == (False, None, TOO_LATE)
    assert remark_states([remark, answered], TOO_LATE) == {remark.pk: "open", answered.pk: "owned"}
    assert kinds(remark)[-1] == "hand_over.returned"
    assert list(Remark.objects.open()) == [remark]

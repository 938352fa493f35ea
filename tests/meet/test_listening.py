"""A listening session: calls drawn by chance, agents who know and stay unnamed, each call a remark."""

import pytest
import uuid_utils.compat as uuid
from django.db import IntegrityError, transaction

from coalface.meet.actions import (
    AgentNotInformed,
    AlreadyListened,
    CallSettled,
    CannotDraw,
    Finished,
    NotHeld,
    StillOpen,
    call_off,
    draw_calls,
    finish,
    hear_call,
    hold,
    inform_agent,
    keep,
    no_such_call,
)
from coalface.methods.drawing import drawn_calls
from coalface.records.models import CallDraw, ListenedCall, Remark
from tests.meet import LATER, at, count, kinds
from tests.meet.formats import begun, of_kind
from tests.people import NOW, client_for


def drawn(cast, session, calls=3, **more):
    given = {"queues": ["Cards", " Loans", ""], "from_hour": 9, "until_hour": 12, "seed": 7} | more
    return draw_calls(encounter=session, calls=calls, by=cast.olga, now=NOW, **given)


def heard(cast, call, text="Where is my card?", **more):
    given = {"id": uuid.uuid7(), "kind": "complaint", "by": cast.olga, "now": LATER} | more
    return hear_call(call=call, text=text, **given)


def test_the_calls_are_those_that_chance_drew_and_anybody_can_repeat_it(cast):
    session = of_kind(cast, "listening")
    draw = drawn(cast, session, 5)
    assert (draw.queues, draw.from_hour, draw.until_hour, draw.seed) == (["Cards", "Loans"], 9, 12, 7)
    kept = draw.calls.values_list("order", "queue", "hour", "nth")
    again = drawn_calls(["Loans", "Cards"], [9, 10, 11], 5, 7)
    assert list(kept) == [(n, call.queue, call.hour, call.nth) for n, call in enumerate(again, start=1)]
    assert kinds(session) == ["encounter.planned", "calls.drawn"]


def test_pressed_twice_is_drawn_once_and_before_listening_one_may_draw_anew(cast):
    session = begun(cast, "listening")
    assert drawn(cast, session) == drawn(cast, session)
    assert kinds(session).count("calls.drawn") == 1
    drawn(cast, session, 4, seed=8)
    assert CallDraw.objects.get().seed == 8
    assert ListenedCall.objects.count() == 4
    no_such_call(call=ListenedCall.objects.first(), by=cast.olga, now=LATER)
    with pytest.raises(AlreadyListened):
        drawn(cast, session, 4, seed=9)
    assert drawn(cast, session, 4, seed=8).seed == 8


@pytest.mark.parametrize("more", [{"queues": [" "]}, {"until_hour": 9}, {"calls": 31}])
def test_what_cannot_be_drawn_is_refused(cast, more):
    with pytest.raises(CannotDraw):
        drawn(cast, of_kind(cast, "listening"), **more)


def test_nobody_is_listened_to_without_knowing_it(cast):
    call = drawn(cast, begun(cast, "listening")).calls.first()
    with pytest.raises(AgentNotInformed):
        heard(cast, call)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListenedCall.objects.filter(pk=call.pk).update(heard=True)
    inform_agent(call=call, by=cast.olga, now=NOW)
    inform_agent(call=call, by=cast.olga, now=LATER)
    assert ListenedCall.objects.get(pk=call.pk).agent_informed_at == NOW
    remark = heard(cast, call)
    call = ListenedCall.objects.get(pk=call.pk)
    assert (call.heard, call.settled_at, call.remark) == (True, LATER, remark)
    assert (remark.said_by, remark.customer, remark.verbatim.text) == ("customer", None, "Where is my card?")
    assert kinds(call.draw.encounter).count("call.agent_informed") == 1


def test_what_was_heard_is_kept_once(cast):
    call = drawn(cast, begun(cast, "listening")).calls.first()
    inform_agent(call=call, by=cast.olga, now=LATER)
    id = uuid.uuid7()
    assert heard(cast, call, id=id) == heard(cast, call, id=id)
    assert Remark.objects.count() == 1
    assert kinds(call.draw.encounter).count("call.heard") == 1
    with pytest.raises(CallSettled):
        heard(cast, call)
    with pytest.raises(CallSettled):
        no_such_call(call=call, by=cast.olga, now=LATER)


def test_a_call_that_came_after_all_can_still_be_heard(cast):
    call = drawn(cast, begun(cast, "listening")).calls.first()
    for _ in range(2):
        no_such_call(call=call, by=cast.olga, now=LATER)
    assert kinds(call.draw.encounter).count("call.did_not_come") == 1
    inform_agent(call=call, by=cast.olga, now=LATER)
    heard(cast, call)
    assert ListenedCall.objects.get(pk=call.pk).heard is True


def test_it_is_finished_when_every_call_is_settled(cast):
    session = begun(cast, "listening")
    first, *others = drawn(cast, session).calls.all()
    inform_agent(call=first, by=cast.olga, now=LATER)
    keep(remark=heard(cast, first), by=cast.olga, now=LATER)
    with pytest.raises(StillOpen) as left:
        finish(encounter=session, by=cast.olga, now=LATER)
    assert left.value.wanted == ("calls_not_settled",)
    for call in others:
        no_such_call(call=call, by=cast.olga, now=LATER)
    finish(encounter=session, by=cast.olga, now=LATER)
    with pytest.raises(Finished):
        inform_agent(call=others[0], by=cast.olga, now=LATER)
    with pytest.raises(Finished):
        no_such_call(call=others[0], by=cast.olga, now=LATER)


def test_nothing_is_heard_before_the_session_or_after_it_was_called_off(cast):
    session = of_kind(cast, "listening")
    call = drawn(cast, session).calls.first()
    inform_agent(call=call, by=cast.olga, now=NOW)
    with pytest.raises(NotHeld):
        heard(cast, call, by=cast.mina)
    with pytest.raises(NotHeld):
        no_such_call(call=call, by=cast.mina, now=NOW)
    call_off(encounter=session, outcome="cancelled", by=cast.olga, now=LATER)
    with pytest.raises(NotHeld):
        drawn(cast, session, seed=9)


def test_a_whole_session_through_its_pages(cast):
    session, olga = of_kind(cast, "listening"), client_for(cast.olga)
    page = olga.get(at("encounter", session.pk))
    assert "Chance picks the calls" in page.content.decode()
    form = {"queues": "Cards\nLoans", "from_hour": 9, "until_hour": 11, "calls": 2}
    form["seed"] = page.context["draw_form"]["seed"].value()
    assert olga.post(at("draw_calls", session.pk), form).url.endswith("#calls")
    first, second = ListenedCall.objects.all()
    page = olga.get(at("encounter", session.pk)).content.decode()
    assert f"with the seed {form['seed']}" in page and "No such call came" not in page
    olga.post(at("inform_agent", first.pk))
    assert olga.get(at("call", second.pk)).status_code == 302
    hold(encounter=session, by=cast.olga, now=LATER)
    form = olga.get(at("call", first.pk)).context["form"]
    assert "The agent has no name here." in str(form)
    given = {"id": form["id"].value(), "sequence": form["sequence"].value(), "kind": "complaint"}
    assert olga.post(at("call", first.pk), given | {"text": " "}).context["form"].errors
    for _ in range(2):
        olga.post(at("call", first.pk), given | {"text": "Where is it?", "about": "service"})
    again = olga.post(at("call", first.pk), given | {"text": "Else."}, follow=True)
    assert "written down already" in again.content.decode()
    page = olga.get(at("encounter", session.pk)).content.decode()
    assert "Some of the calls that were drawn are not settled." in page and "Draw again" not in page
    olga.post(at("no_such_call", second.pk))
    assert "not settled" not in olga.get(at("encounter", session.pk)).content.decode()
    late = olga.post(at("no_such_call", first.pk), follow=True)
    assert "written down already" in late.content.decode()
    assert Remark.objects.get().verbatim.text == "Where is it?"
    assert Remark.objects.get().about == "service"


def test_a_draw_that_cannot_be_comes_back_with_the_reason(cast):
    session, olga = begun(cast, "listening"), client_for(cast.olga)
    good = {"queues": "Cards", "from_hour": 9, "until_hour": 10, "calls": 1, "seed": 1}
    for wrong, field in (
        ({"queues": " "}, "queues"),
        ({"queues": "x" * 81}, "queues"),
        ({"until_hour": 9}, "until_hour"),
        ({"calls": 6}, "calls"),
    ):
        page = olga.post(at("draw_calls", session.pk), good | wrong)
        assert (page.status_code, list(page.context["draw_form"].errors)) == (422, [field])
    olga.post(at("draw_calls", session.pk), good)
    call = ListenedCall.objects.get()
    form = {"id": uuid.uuid7(), "sequence": 1, "kind": "need", "text": "More."}
    untold = olga.post(at("call", call.pk), form, follow=True)
    assert "Tell the agent first." in untold.content.decode()
    olga.post(at("no_such_call", call.pk))
    stands = olga.post(at("draw_calls", session.pk), good | {"seed": 2}, follow=True)
    assert "the draw stands" in stands.content.decode()
    finish(encounter=session, by=cast.olga, now=LATER)
    over = olga.post(at("draw_calls", session.pk), good | {"seed": 3}, follow=True)
    assert "It is over" in over.content.decode()
    assert "stays as it is" in olga.post(at("inform_agent", call.pk), follow=True).content.decode()
    early, mina = drawn(cast, of_kind(cast, "listening")).calls.first(), client_for(cast.mina)
    assert "took place" in mina.post(at("no_such_call", early.pk), follow=True).content.decode()
    inform_agent(call=early, by=cast.olga, now=NOW)
    page = mina.post(at("call", early.pk), form | {"id": uuid.uuid7()}, follow=True)
    assert "took place" in page.content.decode()


def test_nobody_else_draws_or_listens(cast):
    call = drawn(cast, begun(cast, "listening")).calls.first()
    stranger = client_for(cast.rolf)
    addresses = [at(name, call.pk) for name in ("call", "inform_agent", "no_such_call")]
    addresses.append(at("draw_calls", call.draw.encounter_id))
    assert {stranger.post(address).status_code for address in addresses} == {403}


def test_a_session_asks_as_much_with_three_calls_as_with_one(cast):
    asked = []
    for calls in (1, 3):
        session = begun(cast, "listening")
        for call in drawn(cast, session, calls).calls.all():
            inform_agent(call=call, by=cast.olga, now=LATER)
            heard(cast, call)
        asked.append(count(client_for(cast.olga), at("encounter", session.pk)))
    assert asked[0] == asked[1]

"""The page of one encounter and of one remark: who may see it, what one can do there, what it answers."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from coalface.customers.actions import restrict
from coalface.hear.actions import NewFeedback, take_in
from coalface.meet.actions import (
    decline,
    fix_now,
    give_back,
    hand_over,
    own,
    pass_on,
    promise,
)
from coalface.meet.queries import briefs
from coalface.meet.queries.brief import Words
from coalface.people.actions import add_person
from coalface.records.models import Encounter, HandOver, PromiseToCustomer, Remark
from tests.meet import LATER, at, count, held, planned, said, words
from tests.people import CAME_ON, NOW, client_for


@pytest.mark.parametrize("state", ["planned", "held"])
def test_an_encounter_is_for_who_takes_part_and_who_looks_after_the_programme(cast, client, state):
    address = at("encounter", (planned if state == "planned" else held)(cast).pk)
    assert client.get(address).status_code == 302
    seen = {
        name: client_for(getattr(cast, name)).get(address).status_code
        for name in ("olga", "mina", "rolf", "fay")
    }
    assert seen == {"olga": 200, "mina": 200, "rolf": 403, "fay": 403}
    assert client_for(cast.olga).get(at("encounter", UUID(int=7))).status_code == 404


def test_nobody_else_writes_there(cast):
    met, remark = held(cast), said(held(cast), cast.olga)
    made = promise(
        encounter=met, customer=cast.petra, words="A call.", due_on=LATER.date(), by=cast.olga, now=LATER
    )
    addresses = [at(name, met.pk) for name in ("hold", "call_off", "note", "promise", "finish")]
    addresses += [at("dispose", remark.pk), at("tell", remark.pk), at("settle_promise", made.pk)]
    stranger, owner = client_for(cast.rolf), client_for(cast.olga)
    assert {stranger.post(address).status_code for address in addresses} == {403}
    assert [owner.get(address).status_code for address in addresses] == [302] * 7 + [405]
    assert owner.get(addresses[2]).url == at("encounter", met.pk)
    assert owner.get(addresses[5]).url == at("remark", remark.pk)


def test_a_remark_is_for_who_was_there_or_was_offered_or_is_praised(cast):
    remark = said(held(cast), cast.olga)
    hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    assert who_may_read(cast, remark) == {"olga", "mina", "sven"}
    pass_on(remark=remark, to=cast.fay, by=cast.olga, now=LATER)
    assert who_may_read(cast, remark) == {"olga", "mina", "fay"}


def test_who_gave_it_back_reads_it_no_more(cast):
    remark = said(held(cast), cast.olga)
    offered = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    give_back(hand_over=offered, by=cast.sven, now=LATER)
    assert who_may_read(cast, remark) == {"olga", "mina"}


def who_may_read(cast, remark):
    address = at("remark", remark.pk)
    names = ("olga", "mina", "sven", "fay", "gus")
    answers = {name: client_for(getattr(cast, name)).get(address).status_code for name in names}
    assert set(answers.values()) <= {200, 403}
    return {name for name, answer in answers.items() if answer == 200}


def test_the_brief_says_who_comes_and_what_they_said_last(cast):
    before = held(cast)
    first = said(before, cast.olga, "Je suis perdue.", language="fr")
    promise(
        encounter=before, customer=cast.petra, words="A call.", due_on=LATER.date(), by=cast.olga, now=LATER
    )
    restrict(customer=cast.petra, kind="vulnerable", by=cast.mina, now=LATER)
    met = planned(cast)
    type(met.format).objects.update(guide="What was hard lately?\n\nWhat should stay?")
    page = client_for(cast.olga).get(at("encounter", met.pk))
    (brief,) = page.context["briefs"]
    assert brief.last_words == [
        Words(first.pk, first.verbatim, cast.north, cast.olga.pk, LATER, "complaint", waits=True)
    ]
    assert brief.open_remarks == []
    for text in (
        "Petra Frei",
        "Je suis perdue.",
        "A call.",
        "Take care.",
        "<li>What should stay?</li>",
        "We met",
    ):
        assert text in page.content.decode()
    assert page.content.decode().count("<li>What") == 2


def test_the_brief_quotes_the_latest_and_lists_what_else_waits(cast):
    before = held(cast)
    first, *others = (
        said(before, cast.olga, text, now=LATER + timedelta(minutes=n)) for n, text in enumerate("abcd")
    )
    fix_now(remark=others[0], by=cast.olga, now=LATER)
    row = NewFeedback(
        "app", "1", "app", "idea", LATER + timedelta(hours=1), cast.north, text="e", customer=cast.petra
    )
    take_in(rows=[row], by=None, now=LATER)
    (brief,) = briefs(planned(cast), LATER + timedelta(days=1), LATER.date(), cast.olga)
    assert [(one.verbatim.text, one.channel, one.waits) for one in brief.last_words] == [
        ("e", "app", False),
        ("d", "", True),
        ("c", "", True),
    ]
    assert brief.open_remarks == [first]


def test_we_met_and_straight_to_writing_down(cast):
    met, olga = planned(cast), client_for(cast.olga)
    refused = olga.post(at("hold", met.pk), {"minutes": 0, "entourage": 0})
    assert refused.status_code == 200 and refused.context["hold_form"].errors
    done = olga.post(at("hold", met.pk), {"minutes": 50, "entourage": 2, "press": "on"}, follow=True)
    met = Encounter.objects.get(pk=met.pk)
    assert (met.outcome, met.minutes, met.entourage, met.press, met.camera) == ("held", 50, 2, True, False)
    assert "Write it down" in done.content.decode()
    assert (
        "said before"
        in olga.post(at("hold", met.pk), {"minutes": 9, "entourage": 0}, follow=True).content.decode()
    )


def test_it_did_not_take_place(cast):
    met, olga = planned(cast), client_for(cast.olga)
    assert olga.post(at("call_off", met.pk), {"outcome": "held"}).context["call_off_form"].errors
    page = olga.post(at("call_off", met.pk), {"outcome": "no_show"}, follow=True)
    assert "Nobody came" in page.content.decode() and "We met" not in page.content.decode()
    again = olga.post(at("call_off", met.pk), {"outcome": "no_show"}, follow=True)
    assert "said before" in again.content.decode()


def test_a_form_sent_twice_is_one_remark(cast):
    met, olga = held(cast), client_for(cast.olga)
    sent = words(olga.get(at("encounter", met.pk)))
    for _ in range(2):
        answer = olga.post(at("note", met.pk), sent)
        assert (answer.status_code, answer.url) == (302, f"{at('encounter', met.pk)}#note")
    remark = Remark.objects.get()
    assert (remark.verbatim.text, remark.customer, remark.noted_by) == (
        "Nobody told me.",
        cast.petra,
        cast.olga,
    )


def test_other_words_in_a_form_sent_before_are_not_lost(cast):
    met, olga = held(cast), client_for(cast.olga)
    sent = words(olga.get(at("encounter", met.pk)))
    olga.post(at("note", met.pk), sent)
    page = olga.post(at("note", met.pk), sent | {"text": "And it rained."})
    assert "And it rained." in page.content.decode()
    olga.post(at("note", met.pk), words(page, text="And it rained."))
    assert [(one.sequence, one.verbatim.text) for one in Remark.objects.order_by("sequence")] == [
        (1, "Nobody told me."),
        (2, "And it rained."),
    ]


def test_a_note_wants_words_and_a_kind(cast):
    met, olga = held(cast), client_for(cast.olga)
    page = olga.post(at("note", met.pk), words(olga.get(at("encounter", met.pk)), text=" ", kind=""))
    assert set(page.context["note_form"].errors) == {"text", "kind"}
    assert not Remark.objects.exists()
    waiting = planned(cast)
    answer = client_for(cast.mina).post(at("note", waiting.pk), words(page), follow=True)
    assert "Say first that you met." in answer.content.decode()


def test_with_several_guests_one_says_who_it_was(cast):
    met, olga = held(cast, cast.olga, cast.petra, cast.rosa), client_for(cast.olga)
    page = olga.get(at("encounter", met.pk))
    olga.post(at("note", met.pk), words(page, customer=str(cast.rosa.pk), reading="Very\r\ncross."))
    assert Remark.objects.get().customer == cast.rosa
    assert Remark.objects.get().reading.text == "Very\ncross."
    page = olga.get(at("encounter", met.pk))
    olga.post(at("note", met.pk), words(page, customer=str(cast.rosa.pk), said_by="employee"))
    assert Remark.objects.get(said_by="employee").customer is None


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"answer": "fixed_now"}, "fixed_now"),
        ({"answer": "owned"}, "owned"),
        ({"answer": "kept"}, "kept"),
        ({"answer": "declined", "reason": "No room.", "told": "on"}, "declined"),
        ({"answer": "handed_over", "to": "Sven Olsen"}, "handed_over"),
        ({"answer": "handed_over", "to": "sven"}, "handed_over"),
        ({"answer": "passed_on", "to": "Fay Burns (North)"}, "passed_on"),
    ],
)
def test_answering_brings_one_back_to_the_remark(cast, given, answer):
    met = held(cast)
    remark = said(met, cast.olga)
    sent = client_for(cast.olga).post(at("dispose", remark.pk), given)
    assert sent.url == f"{at('encounter', met.pk)}#remark-{remark.pk}"
    assert remark.dispositions.get().answer == answer


@pytest.mark.parametrize(
    ("given", "field", "complaint"),
    [
        ({"answer": "declined", "reason": " "}, "reason", "Say why"),
        ({"answer": "handed_over"}, "to", "Say to whom"),
        ({"answer": "handed_over", "to": "Olga Lindner"}, "to", "That is you"),
        ({"answer": "handed_over", "to": "Zorro"}, "to", "Nobody who works here"),
        ({"answer": "passed_on", "to": "F"}, "to", "Fay Burns, Fay Other"),
    ],
)
def test_an_answer_that_cannot_be_comes_back_with_the_reason(cast, given, field, complaint):
    add_person(name="Fay Other", unit=cast.south, by=None, now=NOW, starts_on=CAME_ON)
    remark = said(held(cast), cast.olga)
    page = client_for(cast.olga).post(at("dispose", remark.pk), given)
    assert list(page.context["form"].errors) == [field]
    assert complaint in page.content.decode()
    assert not remark.dispositions.exists()


def test_told_at_last(cast):
    remark = said(held(cast), cast.olga)
    decline(remark=remark, reason="No room.", by=cast.olga, now=LATER)
    page = client_for(cast.olga).post(at("tell", remark.pk), follow=True)
    assert remark.dispositions.get().told_at and "Declined and told" in page.content.decode()


def test_finish_says_plainly_what_is_open(cast):
    met, olga = held(cast), client_for(cast.olga)
    remarks = [said(met, cast.olga, text) for text in ("One.", "Two.", "Three.")]
    hand_over(remark=remarks[2], to=cast.sven, by=cast.olga, now=LATER)
    page = olga.get(at("encounter", met.pk)).content.decode()
    assert "2 remarks still need an answer, 1 hand-over waits for Sven Olsen." in page
    assert "wants an answer first" in olga.post(at("finish", met.pk), follow=True).content.decode()
    for remark in remarks:
        own(remark=remark, by=cast.olga, now=LATER)
    assert "Finished. Thank you." in olga.post(at("finish", met.pk), follow=True).content.decode()
    assert "finished already" in olga.post(at("finish", met.pk), follow=True).content.decode()
    settled = said(held(cast), cast.olga)
    olga.post(at("dispose", settled.pk), {"answer": "kept"})
    olga.post(at("finish", settled.encounter_id))
    assert (
        "this is settled"
        in olga.post(at("dispose", settled.pk), {"answer": "owned"}, follow=True).content.decode()
    )
    assert "Say first" in olga.post(at("finish", planned(cast).pk), follow=True).content.decode()


def test_a_promise_is_made_and_kept(cast):
    met, olga = held(cast), client_for(cast.olga)
    due_on = timezone.localdate() + timedelta(days=3)
    given = {"words": "A call.", "customer": str(cast.petra.pk), "due_on": due_on.isoformat()}
    late = olga.post(at("promise", met.pk), given | {"due_on": "2020-01-01"})
    assert list(late.context["promise_form"].errors) == ["due_on"]
    olga.post(at("promise", met.pk), given)
    made = PromiseToCustomer.objects.get()
    assert (made.words.text, made.due_on) == ("A call.", due_on)
    olga.post(at("settle_promise", made.pk), {"kept": "yes"})
    assert PromiseToCustomer.objects.get().kept is True
    assert "settled this before" in olga.post(at("settle_promise", made.pk), follow=True).content.decode()
    assert "Say first" in olga.post(at("promise", planned(cast).pk), given, follow=True).content.decode()


@pytest.mark.parametrize("state", ["planned", "held"])
def test_an_encounter_asks_as_much_with_three_guests_and_remarks_as_with_one(cast, state):
    asked = []
    for guests in ([cast.petra], [cast.petra, cast.quentin, cast.rosa]):
        before = held(cast, cast.olga, *guests)
        for customer in guests:
            back = said(before, cast.olga, customer=customer, reading="Cross.")
            offered = hand_over(remark=back, to=cast.sven, by=cast.olga, now=LATER)
            give_back(hand_over=offered, by=cast.sven, now=LATER)
            promise(
                encounter=before,
                customer=customer,
                words="A call.",
                due_on=LATER.date(),
                by=cast.olga,
                now=LATER,
            )
        met = before if state == "held" else planned(cast, cast.olga, *guests)
        asked.append(count(client_for(cast.olga), at("encounter", met.pk)))
    assert asked == [23 if state == "planned" else 26] * 2


def test_erased_words_leave_the_page(cast):
    remark = said(held(cast), cast.olga)
    type(remark.verbatim).objects.update(text="", erased_at=LATER)
    page = client_for(cast.olga).get(at("encounter", remark.encounter_id)).content.decode()
    assert "erased" in page and "Nobody told me." not in page
    assert not HandOver.objects.exists()

"""The lists of the room: whose rows they show, and that they ask as much for three as for one."""

import pytest
import uuid_utils.compat as uuid
from django.utils import timezone

from coalface.meet.actions import (
    accept,
    decline,
    finish,
    give_back,
    hand_over,
    hold,
    own,
    pass_on,
)
from coalface.records.models import Encounter
from tests.meet import LATER, at, count, held, planned, said
from tests.people import NOW, client_for


@pytest.mark.parametrize("name", ["index", "drop_in", "hand_overs", "remarks"])
def test_everybody_has_lists_of_their_own(cast, client, name):
    assert client.get(at(name)).status_code == 302
    assert client_for(cast.fay).get(at(name)).status_code == 200


def test_the_receiver_says_yes_and_then_what_became_of_it(cast):
    remark = said(held(cast), cast.olga)
    offered = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    sven = client_for(cast.sven)
    assert sven.post(at("dispose", remark.pk), {"answer": "fixed_now"}).status_code == 403
    assert "I take it" in sven.get(at("remark", remark.pk)).content.decode()
    listed = sven.get(at("hand_overs")).content.decode()
    assert "Nobody told me." in listed and "Olga Lindner" in listed
    assert client_for(cast.fay).post(at("answer_hand_over", offered.pk)).status_code == 403
    page = sven.post(at("answer_hand_over", offered.pk), {"answer": "accept"}, follow=True)
    assert "It is yours now." in page.content.decode() and "Yours since you said yes" in page.content.decode()
    assert "answered before" in sven.post(at("answer_hand_over", offered.pk), follow=True).content.decode()
    done = sven.post(at("dispose", remark.pk), {"answer": "fixed_now"})
    assert done.url == at("remark", remark.pk)
    assert remark.dispositions.get(ended_at=None).by == cast.sven


def test_given_back_or_taken_back(cast):
    first, second = (said(held(cast), cast.olga, text) for text in ("One.", "Two."))
    sven = client_for(cast.sven)
    offers = [hand_over(remark=one, to=cast.sven, by=cast.olga, now=LATER) for one in (first, second)]
    assert (
        "Olga Lindner has it back."
        in sven.post(at("answer_hand_over", offers[0].pk), follow=True).content.decode()
    )
    assert "Sven Olsen gave it back" in client_for(cast.olga).get(at("remark", first.pk)).content.decode()
    own(remark=second, by=cast.olga, now=LATER)
    assert "taken back" in sven.post(at("answer_hand_over", offers[1].pk), follow=True).content.decode()


def test_the_index_shows_mine_and_to_the_programme_everybodys(cast):
    planned(cast, cast.fay, cast.rosa)
    held(cast)
    assert "Rosa Conti" not in client_for(cast.olga).get(at("index"), {"whose": "all"}).content.decode()
    mina = client_for(cast.mina)
    assert "You have met nobody yet" in mina.get(at("index")).content.decode()
    everybody = mina.get(at("index"), {"whose": "all"}).content.decode()
    assert "Rosa Conti" in everybody and "Petra Frei" in everybody
    assert "Rosa Conti" not in mina.get(at("index"), {"whose": "all", "unit": "south"}).content.decode()
    assert "Rosa Conti" in mina.get(at("index"), {"whose": "all", "unit": "north"}).content.decode()
    page = mina.get(at("index"), {"whose": "all", "state": "next"})
    assert [one.guests.get().customer for one in page.context["page"]] == [cast.rosa]
    assert "None." in mina.get(at("index"), {"state": "finished"}).content.decode()


@pytest.mark.parametrize("who", ["Petra Frei", "petra frei", "petr"])
def test_i_met_a_customer(cast, who):
    fay = client_for(cast.fay)
    given = {
        "format": cast.visit.pk,
        "unit": cast.north.pk,
        "minutes": 10,
        "id": uuid.uuid7(),
        "customer": who,
    }
    page = fay.post(at("drop_in"), given, follow=True)
    met = Encounter.objects.get()
    assert (met.outcome, met.chosen_by, met.guests.get().customer) == ("held", "person", cast.petra)
    assert "What was said?" in page.content.decode()
    fay.post(at("drop_in"), given)
    assert Encounter.objects.count() == 1
    again = client_for(cast.gus).post(at("drop_in"), given | {"customer": ""}, follow=True)
    assert "write it once more" in again.content.decode()


def test_a_customer_nobody_knows_or_too_many_answer_to(cast):
    fay, gus = client_for(cast.fay), client_for(cast.gus)
    given = {"format": cast.visit.pk, "unit": cast.north.pk, "minutes": 10, "id": uuid.uuid7()}
    cast.quentin.__class__.objects.filter(pk=cast.quentin.pk).update(name="Petra Roy", reference="C-77")
    both = fay.post(at("drop_in"), given | {"customer": "Petra"}).content.decode()
    assert "Petra Frei; Petra Roy (C-77)" in both
    assert "We know no customer" in fay.post(at("drop_in"), given | {"customer": "Zorro"}).content.decode()
    assert "We know no customer" in gus.post(at("drop_in"), given | {"customer": "Petra"}).content.decode()
    for person, who in ((cast.gus, "c-77"), (cast.olga, "Ros"), (cast.fay, "")):
        given |= {"customer": who, "id": uuid.uuid7()}
        assert client_for(person).post(at("drop_in"), given).status_code == 302
    assert sorted(met.guests.count() for met in Encounter.objects.all()) == [0, 1, 1]


def test_my_remarks_and_what_became_of_them(cast):
    met = hold(encounter=planned(cast), by=cast.olga, now=NOW)
    open_one, done = (said(met, cast.olga, text, now=NOW) for text in ("Slow.", "Dark."))
    decline(remark=done, reason="The lamp is new.", by=cast.olga, now=LATER, told=True)
    said(met, cast.olga, "New.", now=timezone.now(), kind="like")
    olga = client_for(cast.olga)

    def shown(status: str) -> list[str]:
        return [
            remark.verbatim.text for remark, _ in olga.get(at("remarks"), {"status": status}).context["lines"]
        ]

    assert shown("") == ["New.", "Dark.", "Slow."]
    assert shown("open") == ["New.", "Slow."]
    assert shown("resolved") == ["Dark."]
    assert shown("old") == ["Dark.", "Slow."]
    page = olga.get(at("remarks")).content.decode()
    assert "Of 2 things you raised, 1 resolved." in page and "The lamp is new." in page
    assert "You have written down nothing yet" in client_for(cast.rolf).get(at("remarks")).content.decode()
    assert open_one.pk


@pytest.mark.parametrize(
    ("name", "asked"), [("index", 14), ("index?state=open", 13), ("remarks", 12), ("hand_overs", 10)]
)
def test_lists_ask_as_much_with_three_rows_as_with_one(cast, name, asked):
    address = at(name.partition("?")[0]) + "".join(name.partition("?")[1:])

    def more() -> None:
        planned(cast)
        finish(encounter=held(cast), by=cast.olga, now=LATER)
        met = held(cast)
        offered = hand_over(
            remark=said(met, cast.gus, "A", reading="B"), to=cast.olga, by=cast.gus, now=LATER
        )
        assert offered.receiver == cast.olga
        back = said(met, cast.olga, "Back.", reading="Cross.")
        give_back(
            hand_over=hand_over(remark=back, to=cast.sven, by=cast.olga, now=LATER), by=cast.sven, now=LATER
        )
        taken = hand_over(remark=said(met, cast.gus, "T", reading="U"), to=cast.olga, by=cast.gus, now=LATER)
        accept(hand_over=taken, by=cast.olga, now=LATER)
        pass_on(remark=said(met, cast.gus, "P", reading="Q"), to=cast.olga, by=cast.gus, now=LATER)
        own(remark=said(met, cast.olga), by=cast.olga, now=LATER)

    client = client_for(cast.olga)
    more()
    once = count(client, address)
    more()
    more()
    assert (once, count(client, address)) == (asked, asked)

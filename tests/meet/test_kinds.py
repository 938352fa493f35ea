"""What sort of thing it was may be corrected, until the encounter is finished."""

import pytest
import uuid_utils.compat as uuid

from coalface.meet.actions import Finished, finish, fix_now, say_kind
from coalface.records.history import history_of
from coalface.records.models import Remark
from tests.meet import LATER, at, held, kinds, said
from tests.people import client_for


def test_it_was_an_idea_rather_than_a_complaint(cast):
    remark = said(held(cast), cast.olga)
    for _ in range(2):
        say_kind(remark=remark, kind="idea", by=cast.olga, now=LATER)
    assert Remark.objects.get().kind == "idea"
    assert kinds(remark) == ["remark.noted", "remark.kind_said"]
    assert history_of(remark).last().payload == {"was": "complaint", "said": "idea"}


def test_finished_it_stays_as_it_is(cast):
    met = held(cast)
    remark = said(met, cast.olga)
    fix_now(remark=remark, by=cast.olga, now=LATER)
    finish(encounter=met, by=cast.olga, now=LATER)
    with pytest.raises(Finished):
        say_kind(remark=remark, kind="idea", by=cast.olga, now=LATER)
    olga = client_for(cast.olga)
    assert "It was something else" not in olga.get(at("remark", remark.pk)).content.decode()
    page = olga.post(at("say_kind", remark.pk), {"kind": "idea"}, follow=True)
    assert "this is settled" in page.content.decode()


def test_a_phone_that_sends_it_again_knows_of_no_correction(cast):
    met, id = held(cast), uuid.uuid7()
    remark = said(met, cast.olga, id=id)
    for kind in ("idea", "need"):
        say_kind(remark=remark, kind=kind, by=cast.olga, now=LATER)
    assert said(met, cast.olga, id=id) == remark
    assert Remark.objects.get().kind == "need"


def test_the_page_corrects_the_kind_for_who_may_answer(cast):
    remark, olga = said(held(cast), cast.olga), client_for(cast.olga)
    assert "It was something else" in olga.get(at("remark", remark.pk)).content.decode()
    olga.post(at("say_kind", remark.pk), {"kind": "nonsense"})
    assert Remark.objects.get().kind == "complaint"
    olga.post(at("say_kind", remark.pk), {"kind": "need"})
    assert Remark.objects.get().kind == "need"
    assert client_for(cast.rolf).post(at("say_kind", remark.pk), {"kind": "idea"}).status_code == 403

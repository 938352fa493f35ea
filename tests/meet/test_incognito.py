"""Incognito visits: announced as a programme, disclosed afterwards, and nothing kept of who was not told."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid
from django.utils import timezone

from coalface.meet.actions import (
    AlreadyDisclosed,
    NotHeld,
    NotIncognito,
    NotReady,
    NotThere,
    NotTold,
    NoWords,
    StillOpen,
    disclose,
    drop_in,
    finish,
    hold,
    note_remark,
)
from coalface.meet.queries import wanted_before_holding
from coalface.plan.actions import NoGuestsBeforehand, file_notice
from coalface.records.models import Disclosure, Encounter, FormatKind, Remark
from tests.meet import LATER, at, held, kinds, words
from tests.meet.formats import AFTER, STARTS, notice, of_kind, took_place
from tests.people import NOW, client_for


def visited(cast):
    """Olga was in the north and nobody knew."""
    notice(cast)
    return took_place(of_kind(cast, "incognito", announced=False), cast.olga)


def test_without_a_notice_nobody_visits_incognito(cast):
    visit = of_kind(cast, "incognito", announced=False)
    with pytest.raises(NotReady) as refused:
        hold(encounter=visit, by=cast.olga, now=AFTER)
    assert refused.value.wanted == ("notice_missing",)
    page = client_for(cast.olga).get(at("encounter", visit.pk)).content.decode()
    assert "has to be on file first" in page and "It took place" not in page


@pytest.mark.parametrize(("days", "wanted"), [(29, ["notice_too_young"]), (30, [])])
def test_a_notice_is_thirty_days_old_before_the_first_visit(cast, days, wanted):
    notice(cast, days=days)
    visit = of_kind(cast, "incognito", announced=False)
    assert wanted_before_holding(visit, AFTER) == wanted


def test_a_notice_holds_for_what_lies_below_and_not_beside(cast):
    for unit in (cast.south, cast.north):
        assert wanted_before_holding(of_kind(cast, "incognito"), AFTER) == ["notice_missing"]
        day = NOW.date() - timedelta(days=31)
        file_notice(unit=unit, text="Some of us will come.", published_on=day, by=cast.mina, now=NOW)
    assert wanted_before_holding(of_kind(cast, "incognito"), AFTER) == []


def test_held_before_its_time_the_notice_has_to_be_old_enough_now(cast):
    notice(cast, days=20)
    visit = of_kind(cast, "incognito", starts_at=NOW + timedelta(days=15))
    assert wanted_before_holding(visit, NOW) == ["notice_too_young"]
    assert wanted_before_holding(visit, NOW + timedelta(days=15, hours=1)) == []
    page = client_for(cast.olga).get(at("encounter", visit.pk)).content.decode()
    assert "It may take place from 12 March 2026 on" in page


def test_nobody_is_invited_to_be_visited_incognito(cast):
    with pytest.raises(NoGuestsBeforehand):
        of_kind(cast, "incognito", customers=[cast.petra])


@pytest.mark.parametrize("more", [{"text": "So slow."}, {"reading": "Slow.", "customer": "petra"}])
def test_of_who_was_not_told_only_what_i_make_of_it_is_kept(cast, more):
    visit = visited(cast)
    more = {name: getattr(cast, word) if name == "customer" else word for name, word in more.items()}
    given = {"encounter": visit, "kind": "complaint", "by": cast.olga, "now": LATER}
    with pytest.raises(NotTold):
        note_remark(id=uuid.uuid7(), **given, **more)
    note_remark(id=uuid.uuid7(), **given, **more, told_afterwards=True)
    note_remark(id=uuid.uuid7(), **given, reading="They wait without knowing why.")
    note_remark(id=uuid.uuid7(), **given, text="We are two short.", said_by="employee")
    assert [remark.told_afterwards for remark in visit.remarks.order_by("sequence")] == [True, False, False]


def test_a_visit_is_finished_once_the_team_was_told(cast):
    visit = visited(cast)
    with pytest.raises(StillOpen) as refused:
        finish(encounter=visit, by=cast.olga, now=LATER)
    assert refused.value.wanted == ("not_disclosed",)
    told = {"encounter": visit, "debrief": "It was me.", "now": LATER}
    assert disclose(by=cast.olga, **told) == disclose(by=cast.olga, **told)
    assert kinds(visit)[-1] == "visit.disclosed"
    with pytest.raises(AlreadyDisclosed):
        disclose(by=cast.olga, **told | {"debrief": "Or was it?"})
    finish(encounter=visit, by=cast.olga, now=LATER)


def test_only_who_was_there_tells_and_only_after_a_visit_and_in_words(cast):
    notice(cast)
    visit = of_kind(cast, "incognito")
    told = {"debrief": "It was me.", "by": cast.olga, "now": LATER}
    with pytest.raises(NotHeld):
        disclose(encounter=visit, **told)
    hold(encounter=visit, by=cast.olga, now=AFTER)
    with pytest.raises(NotThere):
        disclose(encounter=visit, **told | {"by": cast.mina})
    with pytest.raises(NoWords):
        disclose(encounter=visit, **told | {"debrief": " "})
    with pytest.raises(NotIncognito):
        disclose(encounter=held(cast), **told)


def test_the_page_refuses_words_and_says_why(cast):
    visit, olga = visited(cast), client_for(cast.olga)
    note = {"id": uuid.uuid7(), "sequence": 1, "text": "So slow.", "kind": "complaint", "said_by": "customer"}
    page = olga.post(at("note", visit.pk), note)
    assert "their words are not kept" in page.content.decode() and "So slow." in page.content.decode()
    assert not Remark.objects.exists()
    olga.post(at("note", visit.pk), note | {"told_afterwards": "on"})
    assert Remark.objects.get().verbatim.text == "So slow."


def test_the_page_asks_for_what_the_team_was_told(cast):
    visit, olga = visited(cast), client_for(cast.olga)
    assert "Tell the team first" in olga.get(at("encounter", visit.pk)).content.decode()
    assert olga.post(at("disclose", visit.pk), {}).context["disclosure_form"].errors
    assert client_for(cast.mina).post(at("disclose", visit.pk), {"debrief": "Her."}).status_code == 403
    page = olga.post(at("disclose", visit.pk), {"debrief": "It was me."}, follow=True).content.decode()
    assert "Olga Lindner told the team" in page and Disclosure.objects.count() == 1
    again = olga.post(at("disclose", visit.pk), {"debrief": "It was not me."}, follow=True)
    assert "told before" in again.content.decode()
    elsewhere = olga.post(at("disclose", held(cast).pk), {"debrief": "It was me."}, follow=True)
    assert "nothing to disclose" in elsewhere.content.decode()


def test_an_unplanned_visit_wants_the_notice_too_and_names_nobody(cast):
    format, olga = of_kind(cast, "incognito").format, client_for(cast.olga)
    sent = {"id": uuid.uuid7(), "format": format.pk, "unit": cast.north.pk, "minutes": 20}
    page = olga.post(at("drop_in"), sent)
    assert page.context["form"].errors["format"] and Encounter.objects.count() == 1
    today = timezone.localdate() - timedelta(days=31)
    file_notice(unit=cast.root, text="We will.", published_on=today, by=cast.mina, now=timezone.now())
    assert olga.post(at("drop_in"), sent | {"customer": "Petra Frei"}).context["form"].errors["customer"]
    assert olga.post(at("drop_in"), sent).status_code == 302
    assert Encounter.objects.latest("starts_at").starts_at > STARTS


def test_unplanned_by_action_it_is_refused_as_well(cast):
    format = of_kind(cast, "incognito").format
    given = {"format": format, "unit": cast.north, "person": cast.olga, "by": cast.olga, "now": NOW}
    with pytest.raises(NotReady):
        drop_in(customers=[], **given)
    assert Encounter.objects.count() == 1


def test_the_page_says_the_same_of_a_customer_who_is_named_without_words(cast):
    meeting = held(cast)
    meeting.format.kind = FormatKind.INCOGNITO
    meeting.format.save()
    olga = client_for(cast.olga)
    given = words(olga.get(at("encounter", meeting.pk)), text="", reading="She waited long.")
    page = olga.post(at("note", meeting.pk), given)
    assert "They did not know who asked" in page.content.decode()
    assert not meeting.remarks.exists()


def test_who_was_told_afterwards_may_be_named_by_number_or_name(cast):
    visit, olga = visited(cast), client_for(cast.olga)
    note = {"id": uuid.uuid7(), "sequence": 1, "text": "So slow.", "kind": "complaint", "said_by": "customer"}
    named = note | {"called": " petra frei ", "told_afterwards": "on"}
    unclear = {"Nobody Known": "We know no customer", "": None}
    for called, why in unclear.items():
        page = olga.post(at("note", visit.pk), named | {"id": uuid.uuid7(), "called": called})
        assert page.status_code == (200 if why else 302)
        assert not why or why in page.context["note_form"].errors["called"][0]
    olga.post(at("note", visit.pk), named)
    assert {one.customer for one in visit.remarks.all()} == {None, cast.petra}


def test_who_was_not_told_is_not_named_either(cast):
    visit, olga = visited(cast), client_for(cast.olga)
    note = {"id": uuid.uuid7(), "sequence": 1, "reading": "Slow.", "kind": "complaint"}
    note["called"] = "Petra Frei"
    page = olga.post(at("note", visit.pk), note | {"said_by": "customer"})
    assert "their name is not kept" in page.context["note_form"].errors["called"][0]
    assert not visit.remarks.exists()
    olga.post(at("note", visit.pk), note | {"said_by": "employee"})
    assert visit.remarks.get().customer is None

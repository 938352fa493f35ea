"""A hands-on shift: prepared so that it harms nobody, and who hears what stood in the way."""

from datetime import date, timedelta

import pytest
import uuid_utils.compat as uuid
from django.core import mail

from coalface.meet.actions import (
    AlreadyDecided,
    Finished,
    HasLeft,
    NoHost,
    NotForYou,
    NotHeld,
    NotPrepared,
    NotReady,
    NoWords,
    TakesPart,
    agree_to_peak,
    confirm_induction,
    describe_shift,
    finish,
    fix_now,
    hold,
    note_remark,
    prepare_shift,
)
from coalface.meet.queries import wanted_before_holding
from coalface.people.actions import grant, leave
from coalface.people.queries import who_leads
from coalface.records.models import OutgoingMessage, Remark, Role, Shift
from coalface.understand.actions import add_touchpoint
from coalface.worker.actions import drain, send_messages
from tests.meet import LATER, at, count, held, kinds
from tests.meet.formats import of_kind
from tests.people import NOW, client_for


def prepared(cast, **more):
    """Olga will serve in the north, with Fay beside her."""
    shift = of_kind(cast, "shift")
    given = {"buddy": cast.fay, "tasks": "Fill shelves\n\n Greet ", "by": cast.mina, "now": NOW} | more
    return prepare_shift(encounter=shift, **given).encounter


def ready(cast):
    """And the induction is done."""
    shift = prepared(cast)
    confirm_induction(encounter=shift, by=cast.fay, now=NOW)
    return shift


def begun(cast):
    return hold(encounter=ready(cast), by=cast.olga, now=LATER)


def seen(cast, shift, kind="obstacle", touchpoint=None, **more):
    given = {"id": uuid.uuid7(), "kind": kind, "text": "", "reading": "Two keys.", "by": cast.olga} | more
    remark = note_remark(encounter=shift, touchpoint=touchpoint, now=LATER, **given)
    drain(now=LATER)
    return remark


@pytest.fixture
def till(cast):
    return add_touchpoint(
        key="till", name="At the till", stage="using", order=1, owner=cast.office, by=cast.mina, now=NOW
    )


def test_a_shift_is_held_once_buddy_tasks_and_induction_are_there(cast):
    shift = of_kind(cast, "shift")
    assert wanted_before_holding(shift, NOW) == ["no_buddy", "no_tasks", "no_induction"]
    with pytest.raises(NotReady) as refused:
        hold(encounter=shift, by=cast.olga, now=LATER)
    assert refused.value.wanted == ("no_buddy", "no_tasks", "no_induction")
    prepare_shift(encounter=shift, buddy=cast.fay, by=cast.mina, now=NOW)
    assert wanted_before_holding(shift, NOW) == ["no_tasks", "no_induction"]
    prepare_shift(encounter=shift, buddy=cast.fay, tasks="Greet", by=cast.mina, now=NOW)
    confirm_induction(encounter=shift, by=cast.olga, now=NOW)
    assert wanted_before_holding(shift, NOW) == []
    assert hold(encounter=shift, by=cast.olga, now=LATER).outcome == "held"
    assert kinds(shift) == [
        "encounter.planned",
        "shift.prepared",
        "shift.prepared",
        "shift.inducted",
        "encounter.held",
    ]


def test_at_a_peak_hour_only_the_host_can_agree(cast):
    shift = prepared(cast, at_peak=True, host=cast.sven)
    assert wanted_before_holding(shift, NOW) == ["peak_not_agreed", "no_induction"]
    for somebody in (cast.mina, cast.olga, cast.fay):
        with pytest.raises(NotForYou):
            agree_to_peak(encounter=shift, by=somebody, now=NOW)
    first = agree_to_peak(encounter=shift, by=cast.sven, now=NOW)
    again = agree_to_peak(encounter=shift, by=cast.sven, now=LATER)
    assert (first.host_agreed_at, again.host_agreed_at) == (NOW, NOW)
    assert wanted_before_holding(shift, NOW) == ["no_induction"]
    assert kinds(shift).count("shift.agreed") == 1


def test_a_planner_who_is_the_host_agrees_as_the_host(cast):
    shift = prepared(cast, at_peak=True, host=cast.mina)
    assert agree_to_peak(encounter=shift, by=cast.mina, now=NOW).host_agreed_at == NOW


def test_what_another_person_said_is_not_said_by_the_new_one(cast):
    shift = prepared(cast, at_peak=True, host=cast.sven)
    agree_to_peak(encounter=shift, by=cast.sven, now=NOW)
    confirm_induction(encounter=shift, by=cast.fay, now=NOW)
    given = {"encounter": shift, "tasks": "Greet", "at_peak": True, "by": cast.mina, "now": NOW}
    kept = prepare_shift(buddy=cast.fay, host=cast.sven, **given)
    assert (kept.host_agreed_at, kept.inducted_at) == (NOW, NOW)
    other = prepare_shift(buddy=cast.gus, host=cast.rolf, **given)
    assert (other.host_agreed_at, other.inducted_at) == (None, None)


def test_prepared_twice_alike_it_is_prepared_once(cast):
    shift = prepared(cast)
    prepare_shift(encounter=shift, buddy=cast.fay, tasks="Fill shelves\nGreet", by=cast.mina, now=LATER)
    assert kinds(shift).count("shift.prepared") == 1
    assert Shift.objects.get().tasks == "Fill shelves\nGreet"


def test_what_cannot_be_is_refused(cast):
    shift = of_kind(cast, "shift")
    given = {"encounter": shift, "by": cast.mina, "now": NOW}
    with pytest.raises(NoHost):
        prepare_shift(buddy=cast.fay, at_peak=True, **given)
    with pytest.raises(TakesPart):
        prepare_shift(buddy=cast.olga, **given)
    with pytest.raises(TakesPart):
        prepare_shift(buddy=cast.fay, host=cast.olga, **given)
    leave(person=cast.gus, on=date(2026, 1, 1), by=cast.ada, now=NOW)
    cast.gus.refresh_from_db()
    with pytest.raises(HasLeft):
        prepare_shift(buddy=cast.gus, **given)
    with pytest.raises(NotPrepared):
        confirm_induction(**given)
    with pytest.raises(NotPrepared):
        agree_to_peak(**given)
    assert not Shift.objects.exists()


def test_the_induction_is_said_by_who_was_there(cast):
    shift = prepared(cast, host=cast.sven)
    for stranger in (cast.mina, cast.gus):
        with pytest.raises(NotForYou):
            confirm_induction(encounter=shift, by=stranger, now=NOW)
    confirm_induction(encounter=shift, by=cast.sven, now=NOW)
    confirm_induction(encounter=shift, by=cast.fay, now=LATER)
    assert Shift.objects.get().inducted_at == NOW
    assert kinds(shift).count("shift.inducted") == 1


def test_once_it_took_place_its_preparation_stands(cast):
    shift = begun(cast)
    with pytest.raises(AlreadyDecided):
        prepare_shift(encounter=shift, buddy=cast.gus, by=cast.mina, now=LATER)
    with pytest.raises(AlreadyDecided):
        confirm_induction(encounter=shift, by=cast.fay, now=LATER)


def test_buddy_and_host_are_told_once_and_where_to_look(cast):
    shift = prepared(cast, host=cast.sven)
    prepare_shift(encounter=shift, buddy=cast.fay, host=cast.sven, at_peak=True, by=cast.mina, now=NOW)
    prepare_shift(encounter=shift, buddy=cast.mina, host=cast.sven, at_peak=True, by=cast.mina, now=NOW)
    send_messages(now=NOW)
    assert sorted((one.to[0], one.subject) for one in mail.outbox) == [
        ("fay@lindner.example", "Olga Lindner works a shift with you on 2 March"),
        ("sven@lindner.example", "May Olga Lindner work a shift with you at a peak hour on 2 March?"),
        ("sven@lindner.example", "Olga Lindner works a shift at your place on 2 March"),
    ]
    assert all(f"/meet/{shift.pk}/shift/" in one.body for one in mail.outbox)


def test_what_was_done_is_written_down_and_can_be_written_anew(cast):
    shift = ready(cast)
    given = {"encounter": shift, "by": cast.olga, "now": LATER}
    with pytest.raises(NotHeld):
        describe_shift(text="I filled shelves.", **(given | {"by": cast.mina}))
    with pytest.raises(NotReady):
        describe_shift(**(given | {"encounter": of_kind(cast, "shift"), "text": "I filled shelves."}))
    with pytest.raises(NoWords):
        describe_shift(text=" ", **given)
    for text in ("I filled shelves.", "I filled shelves.", "I filled shelves and greeted."):
        describe_shift(text=text, **given)
    assert Shift.objects.get().did.text == "I filled shelves and greeted."
    assert kinds(shift).count("shift.described") == 2
    finish(**given)
    with pytest.raises(Finished):
        describe_shift(text="No.", **given)


def test_without_a_preparation_there_is_nothing_to_describe(cast):
    with pytest.raises(NotPrepared):
        describe_shift(encounter=held(cast), text="I did.", by=cast.olga, now=LATER)


def test_who_looks_after_the_process_is_told_once(cast, till):
    shift = begun(cast)
    for kind in ("obstacle", "workaround", "rule"):
        seen(cast, shift, kind, till)
    told = OutgoingMessage.objects.filter(template="meet/in_the_way")
    assert sorted(one.person.name for one in told) == ["Adam Nowak", "Mina Aziz"]
    assert kinds(shift).count("shift.owner_told") == 1
    mail.outbox.clear()
    send_messages(now=LATER)
    letter = next(one for one in mail.outbox if one.to == ["adam@lindner.example"])
    assert letter.subject == "Something of Office stood in the way at a shift"
    assert f"/meet/{shift.pk}/in-the-way/" in letter.body and "Two keys." not in letter.body


def test_what_was_told_can_be_read_and_nothing_else(cast, till):
    shift = begun(cast)
    told, rule = seen(cast, shift, touchpoint=till), seen(cast, shift, "rule", till, reading="Form 7.")
    other, praise = seen(cast, shift, reading="Elsewhere."), seen(cast, shift, "compliment", till)
    adam = client_for(cast.adam)
    page = adam.get(at("in_the_way", shift.pk)).content.decode()
    assert "Two keys." in page and "Form 7." in page and "Elsewhere." not in page
    answers = [adam.get(at("remark", one.pk)).status_code for one in (told, rule, other, praise)]
    assert answers == [200, 200, 403, 403]
    assert adam.get(at("encounter", shift.pk)).status_code == 403
    assert adam.post(at("dispose", told.pk), {"answer": "kept"}).status_code == 403
    assert client_for(cast.gus).get(at("in_the_way", shift.pk)).status_code == 403


def test_nobody_is_told_of_what_is_no_matter_of_a_process(cast, till):
    shift, visit = begun(cast), held(cast)
    seen(cast, shift, "complaint", till)
    seen(cast, shift, "obstacle")
    seen(cast, visit, "obstacle", till)
    bare = add_touchpoint(key="door", name="Door", stage="using", order=2, by=cast.mina, now=NOW)
    seen(cast, shift, "obstacle", bare)
    assert not OutgoingMessage.objects.filter(template="meet/in_the_way").exists()


def test_who_was_there_needs_no_mail_about_it(cast):
    own = add_touchpoint(
        key="top", name="Top", stage="using", order=3, owner=cast.root, by=cast.mina, now=NOW
    )
    seen(cast, begun(cast), touchpoint=own)
    told = OutgoingMessage.objects.filter(template="meet/in_the_way")
    assert [one.person for one in told] == [cast.rolf]


def test_who_leads_a_unit(cast):
    today = NOW.date()
    assert who_leads(cast.root, today) == [cast.olga, cast.rolf]
    assert who_leads(cast.north, today) == [cast.sven]
    assert who_leads(cast.south, today) == [cast.rolf]
    assert who_leads(cast.office, today) == [cast.adam, cast.mina]
    grant(person=cast.fay, role=Role.LEADER, unit=cast.north, by=None, now=NOW)
    assert who_leads(cast.north, today) == [cast.fay]
    leave(person=cast.gus, on=today, by=cast.ada, now=NOW)
    assert who_leads(cast.south, today + timedelta(days=1)) == [cast.olga, cast.rolf]


def test_a_whole_shift_through_its_pages(cast):
    shift, mina, olga, fay, sven = (
        of_kind(cast, "shift"),
        *map(client_for, (cast.mina, cast.olga, cast.fay, cast.sven)),
    )
    page = olga.get(at("encounter", shift.pk)).content.decode()
    assert (
        "Name a buddy" in page
        and "Begin with an induction of 10 minutes." in page
        and "It took place" not in page
    )
    assert fay.get(at("shift", shift.pk)).status_code == 403
    given = {"buddy": "Fay", "tasks": "Fill shelves", "at_peak": "on", "host": "Sven Olsen"}
    assert mina.post(at("prepare_shift", shift.pk), given).url == at("encounter", shift.pk)
    assert "needs a host" not in fay.get(at("shift", shift.pk)).content.decode()
    assert "I agree" not in mina.get(at("encounter", shift.pk)).content.decode()
    assert mina.post(at("agree_to_shift", shift.pk)).status_code == 403
    assert "I agree" in sven.get(at("shift", shift.pk)).content.decode()
    assert sven.post(at("agree_to_shift", shift.pk)).url == at("shift", shift.pk)
    assert "The shift can begin." in fay.post(at("induct", shift.pk), follow=True).content.decode()
    assert fay.get(at("encounter", shift.pk)).status_code == 403
    assert "It took place" in olga.get(at("encounter", shift.pk)).content.decode()
    olga.post(at("hold", shift.pk), {"minutes": 180, "entourage": 0})
    assert olga.post(at("describe_shift", shift.pk), {"text": ""}).context["did_form"].errors
    page = olga.post(at("describe_shift", shift.pk), {"text": "I filled shelves."}, follow=True)
    assert "I filled shelves." in page.content.decode()
    remark = seen(cast, shift)
    fix_now(remark=Remark.objects.get(pk=remark.pk), by=cast.olga, now=LATER)
    olga.post(at("finish", shift.pk))
    late = olga.post(at("describe_shift", shift.pk), {"text": "No."}, follow=True).content.decode()
    assert "stays as it is" in late
    assert "I filled shelves." not in fay.get(at("shift", shift.pk)).content.decode()


def test_a_preparation_that_cannot_be_comes_back_with_the_reason(cast):
    shift, mina = of_kind(cast, "shift"), client_for(cast.mina)
    address = at("prepare_shift", shift.pk)
    for given, field, why in (
        ({"buddy": "Zorro"}, "buddy", "Nobody who works here"),
        ({"buddy": ""}, "buddy", "required"),
        ({"buddy": "Fay", "at_peak": "on"}, "host", "name the host"),
        ({"buddy": "Olga"}, "__all__", "neither its buddy"),
        ({"buddy": "Fay", "host": "O o"}, "host", "Nobody who works here"),
    ):
        page = mina.post(address, given)
        assert (page.status_code, list(page.context["shift_form"].errors)) == (422, [field])
        assert why in page.content.decode()
    assert (
        "Name a buddy first"
        in client_for(cast.olga).post(at("induct", shift.pk), follow=True).content.decode()
    )
    done = begun(cast)
    assert (
        "said before"
        in mina.post(at("prepare_shift", done.pk), {"buddy": "Fay"}, follow=True).content.decode()
    )
    assert "said before" in client_for(cast.fay).post(at("induct", done.pk), follow=True).content.decode()
    assert (
        "Say first"
        in mina.post(at("describe_shift", shift.pk), {"text": "I did."}, follow=True).content.decode()
    )


def test_nobody_else_prepares_agrees_or_describes(cast):
    shift, stranger = prepared(cast), client_for(cast.rolf)
    names = ("prepare_shift", "agree_to_shift", "induct", "describe_shift")
    assert {stranger.post(at(name, shift.pk)).status_code for name in names} == {403}
    buddy = client_for(cast.fay)
    assert buddy.post(at("prepare_shift", shift.pk), {"buddy": "Gus"}).status_code == 403
    assert [client_for(cast.olga).get(at(name, shift.pk)).status_code for name in names] == [302] * 4
    assert buddy.get(at("shift", held(cast).pk)).status_code == 404


def test_a_shift_cannot_be_dropped_in_on(cast):
    of_kind(cast, "shift")
    form = client_for(cast.olga).get(at("drop_in")).context["form"]
    assert [one.kind for one in form.fields["format"].queryset] == ["conversation"]


def test_a_shift_asks_as_much_with_three_remarks_as_with_one(cast, till):
    asked = []
    for times in (1, 3):
        shift = begun(cast)
        for _ in range(times):
            seen(cast, shift, touchpoint=till)
        asked.append(count(client_for(cast.olga), at("encounter", shift.pk)))
        asked.append(count(client_for(cast.adam), at("in_the_way", shift.pk)))
    assert asked[:2] == asked[2:]

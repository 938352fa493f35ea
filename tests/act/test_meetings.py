"""The monthly insight meeting: its agenda, its decisions, its minutes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from coalface.act.actions import (
    AlreadyCalled,
    MeetingOver,
    NothingToDecide,
    NotOpened,
    NotTheirsToDecide,
    Size,
    add_point,
    call_meeting,
    cancel_meeting,
    close_meeting,
    decide,
    decide_there,
    decline_fix,
    minute,
    move_point,
    offer_fix,
    open_fix,
    open_meeting,
    return_fix,
    say_who_is_present,
)
from coalface.act.queries import next_meeting_at
from coalface.people.actions import leave, say_goodbye
from coalface.records.models import AgendaItem, Fix, Issue, Verdict
from coalface.worker.actions import drain
from tests.act.test_pages import count
from tests.people import NOW, client_for
from tests.verify import issue, proposed_fix, said, shipped

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(days=20)


def called(cast, unit=None, now=NOW):
    return call_meeting(unit=unit or cast.root, starts_at=SOON, chair=cast.mina, by=cast.mina, now=now)


def opened(cast, *present, **more):
    meeting = called(cast, **more)
    say_who_is_present(meeting=meeting, people=present, by=cast.mina, now=NOW)
    return open_meeting(meeting=meeting, by=cast.mina, now=NOW)


def to_decide(cast, about, due_in=9):
    return open_fix(
        issue=about,
        title="A second counter",
        lane="needs_a_decision",
        owner=cast.mina,
        due_on=NOW.date() + timedelta(days=due_in),
        decider=cast.rolf,
        decide_by=NOW.date() + timedelta(days=3),
        size=Size(),
        by=cast.mina,
        now=NOW,
    )


def due(fix, days):
    Fix.objects.filter(pk=fix.pk).update(due_on=NOW.date() + timedelta(days=days))


def agenda(meeting):
    items = AgendaItem.objects.filter(meeting=meeting).order_by("place", "id")
    return [(item.topic, item.fix_id or item.issue_id or item.title) for item in items]


def everything(cast):
    """One of each: to decide, overdue, returned, judged, new, not told."""
    about = issue(cast, "Waiting at noon")
    decide = to_decide(cast, about)
    late = proposed_fix(cast, about)
    due(late, -3)
    back = open_fix(
        issue=about,
        title="Ask the printer",
        lane="this_week",
        owner=cast.mina,
        due_on=NOW.date() + timedelta(days=9),
        by=cast.mina,
        now=NOW,
    )
    Fix.objects.filter(pk=back.pk).update(accepted_at=None)
    offer_fix(fix=back, to=cast.sven, by=cast.mina, now=NOW)
    return_fix(fix=back, reason="Not mine.", by=cast.sven, now=NOW)
    live = shipped(cast, proposed_fix(cast, about))
    Verdict.objects.create(fix=live, ruling="no_change", basis="counts", judged_by=cast.mina, judged_at=NOW)
    new = issue(cast, "Letters nobody understands")
    Issue.objects.filter(pk=new.pk).update(confirmed_at=NOW - timedelta(days=3))
    said(new, cast.north, [2])
    no = proposed_fix(cast, about)
    decline_fix(fix=no, reason="Too dear.", by=cast.sven, now=NOW)
    return decide, late, back, live, new, no


def test_the_agenda_writes_itself_each_thing_once(cast):
    decide, late, back, live, new, no = everything(cast)
    assert agenda(called(cast)) == [
        ("decide", decide.pk),
        ("overdue", late.pk),
        ("returned", back.pk),
        ("verdict", live.pk),
        ("new_issue", new.pk),
        ("not_told", no.pk),
    ]


def test_one_of_a_branch_holds_what_holds_there(cast):
    about = issue(cast, "Waiting at noon")
    here, there = proposed_fix(cast, about, cast.north), proposed_fix(cast, about, cast.south)
    due(here, -3)
    due(there, -3)
    assert agenda(called(cast, cast.north)) == [("overdue", here.pk)]


def test_one_at_a_time_until_it_is_closed_or_called_off(cast):
    first = called(cast)
    with pytest.raises(AlreadyCalled):
        called(cast)
    called(cast, cast.north)
    cancel_meeting(meeting=first, by=cast.mina, now=NOW)
    called(cast)


def test_points_are_added_and_put_in_order_by_hand(cast):
    meeting = called(cast)
    for title in ("One", "Two", "Three"):
        add_point(meeting=meeting, title=title, by=cast.mina, now=NOW)
    last = AgendaItem.objects.get(title="Three")
    move_point(item=last, up=True, by=cast.mina, now=NOW)
    move_point(item=AgendaItem.objects.get(title="One"), up=True, by=cast.mina, now=NOW)
    assert [title for _, title in agenda(meeting)] == ["One", "Three", "Two"]


def test_what_came_up_since_it_was_called_is_there_when_it_opens(cast):
    meeting = called(cast)
    fix = to_decide(cast, issue(cast, "Waiting at noon"))
    open_meeting(meeting=meeting, by=cast.mina, now=NOW)
    open_meeting(meeting=meeting, by=cast.mina, now=NOW)
    assert agenda(meeting) == [("decide", fix.pk)]


def test_a_decision_is_taken_in_front_of_all_in_the_name_of_who_is_present(cast):
    fix = to_decide(cast, issue(cast, "Waiting at noon"))
    meeting = opened(cast, cast.rolf)
    item = meeting.items.get()
    decide_there(item=item, answer="do_it", by=cast.mina, now=NOW)
    fix.refresh_from_db()
    item.refresh_from_db()
    taken = fix.decisions.get()
    assert (fix.lane, taken.answer, taken.decided_by, item.settled_at) == (
        "this_week",
        "do_it",
        cast.rolf,
        NOW,
    )


def test_who_is_absent_decides_nothing(cast):
    to_decide(cast, issue(cast, "Waiting at noon"))
    item = opened(cast).items.get()
    with pytest.raises(NotTheirsToDecide):
        decide_there(item=item, answer="do_it", by=cast.mina, now=NOW)


def test_a_form_sent_twice_decides_once(cast):
    fix = to_decide(cast, issue(cast, "Waiting at noon"))
    item = opened(cast, cast.rolf).items.get()
    later = {"answer": "not_yet", "reason": "First the figures.", "decide_by": SOON.date()}
    decide_there(item=item, by=cast.mina, now=NOW, **later)
    with pytest.raises(NothingToDecide):
        decide_there(item=item, by=cast.mina, now=NOW, **later)
    assert list(fix.decisions.order_by("id").values_list("answer", flat=True)) == ["not_yet", ""]
    again = [add_point(meeting=item.meeting, title="Parking", by=cast.mina, now=NOW) for _ in range(2)]
    assert again[0] == again[1]


def test_what_is_to_be_decided_by_now_is_decided_on_the_point_that_is_there(cast):
    fix = to_decide(cast, issue(cast, "Waiting at noon"))
    item = opened(cast).items.get()
    minute(item=item, minutes="", owner=cast.rolf, due_on=None, settled=False, by=cast.mina, now=NOW)
    close_meeting(meeting=item.meeting, by=cast.mina, now=NOW)
    decide(fix=fix, answer="not_yet", by=cast.rolf, now=NOW, reason="Figures.", decide_by=SOON.date())
    meeting = called(cast)
    assert meeting.items.get().decision == fix.decisions.get(decided_at=None)
    later = SOON.date() + timedelta(days=9)
    decide(fix=fix, answer="not_yet", by=cast.rolf, now=NOW, reason="More figures.", decide_by=later)
    open_meeting(meeting=meeting, by=cast.mina, now=NOW)
    assert meeting.items.get().decision == fix.decisions.get(decided_at=None)


def test_minutes_need_an_open_meeting_and_end_with_it(cast):
    meeting = called(cast)
    item = add_point(meeting=meeting, title="Parking", by=cast.mina, now=NOW)
    said_there = {"minutes": "Rolf asks.", "owner": cast.rolf, "due_on": SOON.date(), "settled": False}
    with pytest.raises(NotOpened):
        minute(item=item, by=cast.mina, now=NOW, **said_there)
    open_meeting(meeting=meeting, by=cast.mina, now=NOW)
    minute(item=item, by=cast.mina, now=NOW, **said_there)
    close_meeting(meeting=meeting, by=cast.mina, now=NOW)
    for change in (
        lambda: minute(item=item, by=cast.mina, now=NOW, **said_there),
        lambda: add_point(meeting=meeting, title="More", by=cast.mina, now=NOW),
        lambda: move_point(item=item, up=True, by=cast.mina, now=NOW),
        lambda: cancel_meeting(meeting=meeting, by=cast.mina, now=NOW),
    ):
        with pytest.raises(MeetingOver):
            change()


def test_the_next_agenda_begins_with_what_was_left_open(cast):
    about = issue(cast, "Waiting at noon")
    decide = to_decide(cast, about)
    meeting = opened(cast, cast.rolf)
    add_point(meeting=meeting, title="Parking", by=cast.mina, now=NOW)
    done = add_point(meeting=meeting, title="Coffee", by=cast.mina, now=NOW)
    minute(item=done, minutes="", owner=None, due_on=None, settled=True, by=cast.mina, now=NOW)
    close_meeting(meeting=meeting, by=cast.mina, now=NOW)
    late = proposed_fix(cast, about)
    due(late, -3)
    after = called(cast)
    assert agenda(after) == [("decide", decide.pk), ("by_hand", "Parking"), ("overdue", late.pk)]
    cancel_meeting(meeting=after, by=cast.mina, now=NOW)
    decline_fix(fix=decide, reason="No.", by=cast.mina, now=NOW)
    assert agenda(called(cast))[0] == ("by_hand", "Parking")


def test_next_month_is_proposed_on_the_clock_of_the_unit(cast):
    assert next_meeting_at(cast.root, NOW) == datetime(2026, 4, 7, 8, tzinfo=UTC)
    december = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert next_meeting_at(cast.root, december) == datetime(2027, 2, 2, 9, tzinfo=UTC)


def test_from_the_call_to_the_printed_minutes_page_by_page(cast):
    to_decide(cast, issue(cast, "Waiting at noon"))
    client = client_for(cast.olga)
    form = client.get("/act/meetings/call/").context["form"]
    sent = {"unit": cast.root.pk, "chair": cast.olga.pk, "starts_at": form["starts_at"].value()}
    sent["starts_at"] = sent["starts_at"].strftime("%Y-%m-%dT%H:%M")
    at = client.post("/act/meetings/call/", sent).headers["Location"]
    again = client.post("/act/meetings/call/", sent).content.decode()
    assert "A meeting of this unit is still to be held." in again
    client.post(f"{at}add/", {"title": "Parking"})
    client.post(f"{at}open/")
    client.post(f"{at}present/", {"present": [cast.rolf.pk, cast.olga.pk]})
    first = AgendaItem.objects.get(topic="decide")
    point = f"/act/meetings/point/{first.pk}/"
    assert "Rolf Huber decides and is present" in client.get(point).content.decode()
    client.post(f"{point}decide/", {"answer": "not_yet"})
    assert AgendaItem.objects.get(pk=first.pk).settled_at is None
    client.post(f"{point}decide/", {"answer": "do_it"})
    next_at = client.post(point, {"minutes": "All agree.", "settled": "on"}).headers["Location"]
    last = client.post(next_at, {"minutes": "Ask the town.", "owner": cast.rolf.pk}).headers["Location"]
    assert last == at
    client.post(f"{at}close/")
    page = client.get(at).content.decode()
    assert all(words in page for words in ("Minutes", "All agree.", "Ask the town.", "data-print"))
    assert "Present:" in page and "Close the meeting" not in page
    assert client.post(f"{at}add/", {"title": "Late"}).status_code == 302
    assert AgendaItem.objects.count() == 2


def test_minutes_are_read_by_those_concerned_only(cast):
    meeting = called(cast)
    at = f"/act/meetings/{meeting.pk}/"
    assert client_for(cast.fay).get(at).status_code == 404
    assert client_for(cast.fay).post(f"{at}open/").status_code == 404
    say_who_is_present(meeting=meeting, people=[cast.fay], by=cast.mina, now=NOW)
    assert client_for(cast.fay).get(at).status_code == 200
    assert client_for(cast.fay).post(f"{at}open/").status_code == 403


def test_who_leaves_hands_on_what_they_chair_and_what_they_took_on(cast):
    meeting = opened(cast)
    item = add_point(meeting=meeting, title="Parking", by=cast.mina, now=NOW)
    minute(item=item, minutes="", owner=cast.mina, due_on=None, settled=False, by=cast.mina, now=NOW)
    today = timezone.localdate(NOW)
    leave(person=cast.mina, on=today, by=cast.ada, now=NOW)
    say_goodbye(now=NOW + timedelta(days=1))
    drain(now=NOW + timedelta(days=1))
    meeting.refresh_from_db()
    item.refresh_from_db()
    assert (meeting.chair, item.owner) == (cast.olga, cast.olga)


def test_its_pages_ask_as_often_for_three_points_as_for_one(cast):
    meeting = opened(cast)
    first = add_point(meeting=meeting, title="One", by=cast.mina, now=NOW)
    client = client_for(cast.mina)
    pages = ("/act/meetings/", f"/act/meetings/{meeting.pk}/", f"/act/meetings/point/{first.pk}/")
    one = [count(client, page) for page in pages]
    for title in ("Two", "Three"):
        add_point(meeting=meeting, title=title, by=cast.mina, now=NOW)
    called(cast, cast.north)
    assert [count(client, page) for page in pages] == one
    assert max(one) <= 14

"""My week: the first thing a leader sees."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.act.actions import open_fix
from coalface.customers.actions import restrict
from coalface.hear.actions import NewFeedback, report, take_in
from coalface.home.queries import week
from coalface.measure.queries import day_of
from coalface.meet.actions import finish, fix_now, hand_over, own, promise
from coalface.people.actions import grant
from coalface.permissions import rights_of
from coalface.plan.actions import commit_person, exempt
from coalface.records.models import Guest, Kind, Lane, Mention, RestrictionKind, Role
from tests.home import live_fix, soon
from tests.measure import ago, heard, issue, large, met, noted, said
from tests.people import CAME_ON, NOW, client_for, welcome

pytestmark = pytest.mark.django_db


def week_of(person, now=NOW):
    return week(person, now, rights_of(person, now))


def test_a_newcomer_is_told_where_to_begin(cast):
    found = week_of(cast.olga)
    assert (found.newcomer, found.at_the_counter) == (True, False)
    assert (found.next, found.thanks, found.unheard, bool(found.waiting)) == (None, None, [], False)
    page = client_for(cast.olga).get("/").content.decode()
    assert "You have not met a customer yet." in page
    assert "Thank a customer" in page
    assert "Nothing. What you took on is done" in page


def test_the_first_sentence(cast):
    encounter = met(cast, cast.olga, 40, [cast.petra])
    met(cast, cast.olga, 12, [cast.petra])
    for place in range(9):
        remark = noted(encounter, cast.olga, 40, text=f"The {place}th thing.")
        if place < 7:
            fix_now(remark=remark, by=cast.olga, now=ago(40))
    found = week_of(cast.olga).mine
    assert (found.direct.days, found.direct.meeting.depth) == (12, "conversing")
    assert (found.resolution.resolved, found.resolution.of) == (7, 9)


def test_the_first_sentence_on_the_page(cast):
    now = timezone.now()
    days = (day_of(now, cast.root) - day_of(NOW, cast.root)).days
    encounter = met(cast, cast.olga, 0, [cast.petra])
    fix_now(remark=noted(encounter, cast.olga, 0), by=cast.olga, now=NOW)
    page = client_for(cast.olga).get("/").content.decode()
    assert f"{days} days ago" in page or days < 2
    assert "in conversation." in page
    assert ("1 thing you raised" in page) == (days > 30)


def test_who_only_watched_is_told_so(cast):
    met(cast, cast.olga, 0, depth="beside")
    assert "You have not spoken with one yet." in client_for(cast.olga).get("/").content.decode()


def test_the_promise_and_the_exemption(cast):
    commit_person(person=cast.olga, every_days=30, starts_on=CAME_ON, by=cast.mina, now=NOW)
    met(cast, cast.olga, 12, [cast.petra])
    assert week_of(cast.olga).mine.owed.due_on.isoformat() == "2026-03-20"
    exempt(
        person=cast.olga, starts_on=NOW.date(), until_on=NOW.date() + timedelta(days=60),
        remote_offered_on=NOW.date(), by=cast.mina, now=NOW,
    )  # fmt: skip
    assert week_of(cast.olga).exempt_until.isoformat() == "2026-05-01"


def test_the_next_encounter_is_the_soonest_of_mine(cast):
    soon(cast, cast.olga, 9)
    soon(cast, cast.rolf, 1)
    mine = soon(cast, cast.olga, 3, [cast.rosa])
    found = week_of(cast.olga).next
    assert found == mine
    assert [guest.customer for guest in found.guests.all()] == [cast.rosa]


def test_what_waits_for_me(cast):
    encounter = met(cast, cast.olga, 3, [cast.petra])
    noted(encounter, cast.olga, 3, text="Nobody has answered this.")
    handed = hand_over(
        remark=noted(met(cast, cast.rolf, 3), cast.rolf, 3), to=cast.olga, by=cast.rolf, now=ago(2)
    )
    waiting = issue(cast, "Waiting at noon")
    late, later = (
        open_fix(
            issue=waiting, title=title, lane=Lane.THIS_WEEK, owner=cast.olga,
            due_on=NOW.date() + timedelta(days=days), by=cast.olga, now=ago(30),
        )
        for title, days in (("A second window", -2), ("A third window", 9))
    )  # fmt: skip
    asked = open_fix(
        issue=waiting, title="A fourth window", lane=Lane.NEEDS_A_DECISION, owner=cast.olga,
        due_on=NOW.date(), by=cast.mina, now=ago(1), decider=cast.olga, decide_by=NOW.date(),
    )  # fmt: skip
    promised = promise(
        encounter=encounter, customer=cast.petra, words="I will call you.",
        due_on=NOW.date(), by=cast.olga, now=ago(2),
    )  # fmt: skip
    found = week_of(cast.olga).waiting
    assert list(found.hand_overs.first) == [handed]
    assert list(found.fixes.first) == [late, later]
    assert [one.fix for one in found.offers.first] == [one.fix for one in found.decisions.first] == [asked]
    assert list(week_of(cast.mina).waiting.fixes.first) == []
    page = client_for(cast.olga).get("/").content.decode()
    assert "Mina Aziz asks you to look after" in page
    assert "Decide:" in page
    assert list(found.promises.first) == [promised]
    assert list(found.encounters.first) == [encounter]
    assert (found.remarks, found.to_judge, found.unsure) == (2, [], 0)


def test_what_is_answered_and_finished_waits_no_longer(cast):
    encounter = met(cast, cast.olga, 3, noted_after=None)
    own(remark=noted(encounter, cast.olga, 3), by=cast.olga, now=ago(2))
    finish(encounter=encounter, by=cast.olga, now=ago(1))
    assert not week_of(cast.olga).waiting


def test_more_than_five_are_counted(cast):
    for day in range(6):
        met(cast, cast.olga, day + 1)
    found = week_of(cast.olga).waiting.encounters
    assert (len(found.first), found.count) == (5, 6)
    assert "All 6 encounters to finish" in client_for(cast.olga).get("/").content.decode()


def test_a_fix_whose_numbers_are_in_waits_for_its_judge(cast):
    fix = live_fix(cast)
    later = fix.shipped_at + timedelta(days=700)
    assert week_of(cast.adam, later).waiting.to_judge == [fix]
    assert week_of(cast.adam, fix.shipped_at).waiting.to_judge == []
    assert week_of(cast.olga, later).waiting.to_judge == []


def test_the_pile_of_the_unsure_waits_for_who_sorts(cast):
    feedback = said(cast, issue(cast, "Waiting"), 3)
    Mention.objects.create(
        feedback=feedback, sorted_by="route", confidence=0, counted=False, happened_at=NOW, unit=cast.north
    )
    assert week_of(cast.adam).waiting.unsure == 1
    assert week_of(cast.olga).waiting.unsure == 0


def test_one_guest_a_day_is_to_be_thanked_until_all_were(cast):
    for customer in (cast.petra, cast.quentin, cast.rosa):
        met(cast, cast.olga, 5, [customer])
    asked_for = {week_of(cast.olga, NOW + timedelta(days=day)).thanks.guest.customer.name for day in range(3)}
    assert asked_for == {"Petra Frei", "Quentin Roy", "Rosa Conti"}
    client, guest = client_for(cast.olga), Guest.objects.get(customer=cast.petra)
    assert client.post(f"/thanks/{guest.pk}/").headers["Location"] == "/"
    guest.refresh_from_db()
    assert guest.thanked_at is not None


def test_nobody_thanks_a_guest_of_somebody_else(cast):
    guest = met(cast, cast.olga, 5, [cast.petra]).guests.get()
    assert client_for(cast.rolf).post(f"/thanks/{guest.pk}/").status_code == 404
    assert client_for(cast.olga).get(f"/thanks/{guest.pk}/").status_code == 405


def test_who_wants_to_be_left_in_peace_is_not_to_be_thanked(cast):
    met(cast, cast.olga, 5, [cast.petra])
    restrict(customer=cast.petra, kind=RestrictionKind.VULNERABLE, by=cast.mina, now=NOW)
    assert week_of(cast.olga).thanks is None


def test_else_somebody_who_praised_us_where_i_lead(cast):
    (happy,) = welcome("Happy Person", unit=cast.south)
    report(
        text="You remembered my name.",
        kind=Kind.COMPLIMENT,
        unit=cast.south,
        by=cast.gus,
        now=ago(2),
        customer=happy,
    )
    take_in(
        rows=[NewFeedback("form", "1", "web", Kind.COMPLIMENT, ago(1), cast.south, text="Thanks to all.")],
        by=None, now=NOW,
    )  # fmt: skip
    assert week_of(cast.olga).thanks.praise.verbatim.text == "You remembered my name."
    assert week_of(cast.fay).thanks is None
    grant(person=cast.fay, role=Role.LEADER, unit=cast.north, by=cast.ada, now=ago(10))
    assert week_of(cast.fay).thanks is None


def test_three_things_i_have_not_heard(cast):
    for place, title in enumerate(("A", "B", "C", "D")):
        about = issue(cast, title)
        for _ in range(4 - place):
            said(cast, about, 5)
    heard(cast.olga, said(cast, issue(cast, "Known"), 1), 0)
    assert [one.issue.title for one in week_of(cast.olga).unheard] == ["A", "B", "C"]


def test_who_may_not_read_feedback_is_told_the_issue_and_not_the_words(cast):
    said(cast, issue(cast, "Waiting at noon"), 5, "Eleven of us were in the queue and one window was open.")
    grant(person=cast.gus, role=Role.LEADER, unit=cast.south, by=cast.ada, now=ago(10))
    words = {person: [(one.issue.title, one.words) for one in week_of(person).unheard] for person in
             (cast.fay, cast.gus, cast.olga)}  # fmt: skip
    assert words == {
        cast.fay: [("Waiting at noon", "")],
        cast.gus: [("Waiting at noon", "")],
        cast.olga: [("Waiting at noon", "Eleven of us were in the queue and one window was open.")],
    }


def test_the_number_of_times_opens_as_many_rows(cast):
    about, now = issue(cast, "A"), timezone.now()
    since_noon = (now - NOW).total_seconds() / 86_400
    for days in (120, 91.2, 89.9, 5):
        said(cast, about, days - since_noon)
    browser = client_for(cast.olga)
    page = browser.get("/").content.decode()
    [href] = re.findall(r'href="(/understand/\d+/mentions/[^"]*)"', page)
    assert (
        browser.get(href).context["page"].paginator.count == week_of(cast.olga, now).unheard[0].mentions == 2
    )


def test_the_page_is_for_who_signed_in(cast):
    assert Client().get("/").headers["Location"].startswith("/accounts/login/")


def test_more_rows_need_no_more_queries(cast):
    large()
    client = client_for(cast.olga)
    waiting = issue(cast, "Waiting at noon")

    def one_more(place):
        encounter = met(cast, cast.olga, place, [cast.petra])
        noted(encounter, cast.olga, place)
        hand_over(remark=noted(met(cast, cast.rolf, 3), cast.rolf, 3), to=cast.olga, by=cast.rolf, now=ago(2))
        open_fix(
            issue=waiting, title=f"Window {place}", lane=Lane.THIS_WEEK, owner=cast.olga,
            due_on=NOW.date(), by=cast.olga, now=ago(30),
        )  # fmt: skip
        open_fix(
            issue=waiting, title=f"Door {place}", lane=Lane.NEEDS_A_DECISION, owner=cast.olga,
            due_on=NOW.date(), by=cast.mina, now=ago(1), decider=cast.olga, decide_by=NOW.date(),
        )  # fmt: skip
        said(cast, issue(cast, f"Issue {place}"), 3, "Eleven of us were waiting in the queue.")
        soon(cast, cast.olga, 5000 + place, [cast.rosa])

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    one_more(1)
    with_one = count()
    one_more(2)
    one_more(3)
    assert count() == with_one


def test_each_depth_has_its_own_last_time(cast):
    for days, depth in ((40, "doing"), (12, "conversing"), (30, "beside"), (90, "conversing")):
        met(cast, cast.olga, days, depth=depth)
    found = week_of(cast.olga).mine.by_depth
    assert [(last.meeting.depth, last.days) for last in found] == [
        ("doing", 40), ("conversing", 12), ("beside", 30),
    ]  # fmt: skip
    page = client_for(cast.olga).get("/").content.decode()
    assert "With customers" in page
    assert "Watching or listening" in page


def test_my_own_mix_is_minutes_of_ninety_days_and_what_i_read(cast):
    for days, depth in ((91, "doing"), (40, "doing"), (12, "conversing"), (30, "beside"), (3, "listening")):
        met(cast, cast.olga, days, depth=depth)
    heard(cast.olga, said(cast, issue(cast, "Known"), 1), 0, depth="reading")
    found = week_of(cast.olga)
    assert (found.mine.mix, found.read) == (
        {"doing": 30, "listening": 60, "seeing": 30, "reading": 0}, 1,
    )  # fmt: skip
    assert week_of(cast.rolf).mine.mix == {}
    now = timezone.now()
    heard(
        cast.rolf, said(cast, issue(cast, "Lately"), 1), (NOW - now).total_seconds() / 86_400, depth="reading"
    )
    assert "You read 1 thing a customer wrote, too." in client_for(cast.rolf).get("/").content.decode()


def test_the_brief_of_the_next_encounter_at_a_glance(cast):
    before = met(cast, cast.olga, 9, [cast.rosa])
    promise(
        encounter=before, customer=cast.rosa, words="I will call you.", due_on=NOW.date(), by=cast.olga,
        now=ago(2),
    )  # fmt: skip
    report(
        text="The door was shut.", kind=Kind.COMPLAINT, unit=cast.north, by=cast.fay, now=ago(1),
        customer=cast.rosa,
    )  # fmt: skip
    soon(cast, cast.olga, 5000, [cast.rosa])
    page = client_for(cast.olga).get("/").content.decode()
    assert "The door was shut." in page
    assert "We promised: I will call you." in page


def test_who_plans_opens_the_plan_filled_in_and_others_ask_for_it(cast):
    large()
    said(cast, issue(cast, "Waiting at noon"), (NOW - timezone.now()).total_seconds() / 86_400 + 1)
    way = f"format={cast.visit.pk}&amp;unit={cast.north.pk}"
    page = client_for(cast.mina).get("/").content.decode()
    assert f"/plan/?person={cast.mina.pk}&amp;{way}" in page
    plan = client_for(cast.mina).get(f"/plan/?{way.replace('&amp;', '&')}")
    assert [plan.context["form"][name].value() for name in ("format", "unit")] == [
        str(cast.visit.pk), str(cast.north.pk),
    ]  # fmt: skip
    page = client_for(cast.olga).get("/").content.decode()
    assert 'href="mailto:mina@lindner.example?subject=Please%20plan%20for%20me%3A%20Visit%2C%20North"' in page
    cast.mina.email = ""
    cast.mina.save()
    assert f"{reverse('meet:drop_in')}?{way}" in client_for(cast.olga).get("/").content.decode()
    asked = client_for(cast.olga).get(f"{reverse('meet:drop_in')}?{way.replace('&amp;', '&')}")
    assert [asked.context["form"][name].value() for name in ("format", "unit")] == [
        str(cast.visit.pk), str(cast.north.pk),
    ]  # fmt: skip


def test_nobody_is_thanked_for_what_has_not_been(cast):
    guest = soon(cast, cast.olga, 3, [cast.petra]).guests.get()
    assert client_for(cast.olga).post(f"/thanks/{guest.pk}/").status_code == 404

"""The pages of what is being changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.act.actions import accept_fix, open_fix, set_needs
from coalface.act.queries import likely_needed
from coalface.records.models import Fix, Verbatim
from tests.people import client_for
from tests.verify import issue, planned, proposed_fix, said, shipped

pytestmark = pytest.mark.django_db


def count(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def opened_for_sven(cast):
    today = timezone.localdate()
    return open_fix(
        issue=issue(cast, "Waiting at noon"),
        title="A second counter",
        lane="needs_a_decision",
        owner=cast.sven,
        due_on=today + timedelta(days=7),
        decider=cast.rolf,
        decide_by=today + timedelta(days=3),
        by=cast.mina,
        now=timezone.now(),
    )


def test_without_a_fix_the_page_says_where_one_begins(cast):
    page = client_for(cast.fay).get(reverse("act:index"))
    assert page.status_code == 200
    assert "Nothing is being changed" in page.content.decode()
    board = client_for(cast.fay).get(reverse("act:board"))
    assert "A fix begins at an issue" in board.text


def test_pages_are_for_those_who_sign_in(cast, client):
    fix = proposed_fix(cast, issue(cast, "Waiting"))
    for name, kwargs in (("act:index", {}), ("act:fix", {"pk": fix.pk})):
        assert client.get(reverse(name, kwargs=kwargs)).status_code == 302
    assert client_for(cast.fay).get(reverse("act:open_fix", args=[fix.issue.pk])).status_code == 403


@pytest.mark.parametrize("show", ["open", "shipped"])
def test_the_list_asks_as_often_for_three_fixes_as_for_one(cast, show):
    make = proposed_fix if show == "open" else lambda cast, about: shipped(cast, proposed_fix(cast, about))
    make(cast, issue(cast, "One"))
    client, address = client_for(cast.sven), reverse("act:index") + f"?show={show}&whose=mine"
    one = count(client, address)
    make(cast, issue(cast, "Two"))
    make(cast, issue(cast, "Three"))
    assert count(client, address) == one <= 12


def test_a_filter_that_finds_nothing_says_so(cast):
    proposed_fix(cast, issue(cast, "One"))
    address, client = reverse("act:index"), client_for(cast.fay)
    assert "No fix matches" in client.get(address + f"?whose=mine&unit={cast.north.pk}").text
    assert "No fix matches" in client.get(address + "?whose=mine&unit=99999&lane=nowhere").text


def test_overdue_and_waiting_fixes_are_marked(cast):
    proposed_fix(cast, issue(cast, "One"))
    Fix.objects.update(accepted_at=None)
    page = client_for(cast.fay).get(reverse("act:index")).content.decode()
    assert "overdue since" in page
    assert "waiting to be accepted" in page


def test_a_leader_opens_a_fix_and_its_owner_takes_it_to_the_customers(cast):
    about, mina, sven = issue(cast, "Waiting at noon"), client_for(cast.mina), client_for(cast.sven)
    body = {
        "title": "A second counter",
        "lane": "this_week",
        "owner": cast.sven.pk,
        "unit": cast.north.pk,
        "due_on": timezone.localdate() - timedelta(days=1),
    }
    refused = mina.post(reverse("act:open_fix", args=[about.pk]), body)
    assert "This day is over" in refused.content.decode()
    body["due_on"] = timezone.localdate() + timedelta(days=7)
    mina.post(reverse("act:open_fix", args=[about.pk]), body)
    fix = Fix.objects.get()
    here = reverse("act:fix", args=[fix.pk])
    assert "Waiting for Sven Olsen to accept" in mina.get(here).content.decode()
    assert client_for(cast.fay).post(reverse("act:accept", args=[fix.pk])).status_code == 403
    assert "Will you look after this?" in sven.get(here).content.decode()
    assert sven.post(reverse("act:accept", args=[fix.pk])).url == here
    early = sven.post(reverse("act:ship", args=[fix.pk]))
    assert early.url == here  # who may not write the yardstick down is told whom to ask
    assert "Ask a leader" in sven.get(here).content.decode()
    assert "Choose the yardstick" in mina.get(here).content.decode()
    planned(cast, fix)
    assert "It is live" in sven.get(here).content.decode()
    assert sven.post(reverse("act:ship", args=[fix.pk])).url == here
    assert "Shipped. Did it help?" in sven.get(here).content.decode()
    assert (
        "It stands differently" in sven.post(reverse("act:ship", args=[fix.pk]), follow=True).content.decode()
    )


def test_a_unit_out_of_reach_is_refused(cast):
    cast.sven.grants.update(role="leader")
    body = {
        "title": "A second counter",
        "lane": "this_week",
        "owner": cast.sven.pk,
        "unit": cast.south.pk,
        "due_on": timezone.localdate() + timedelta(days=7),
    }
    address = reverse("act:open_fix", args=[issue(cast, "Waiting").pk])
    assert client_for(cast.sven).post(address, body).status_code == 403


def test_a_merged_issue_leads_to_the_one_it_became(cast):
    one, other = issue(cast, "Waiting"), issue(cast, "Queues")
    one.merged_into = other
    one.save()
    page = client_for(cast.mina).get(reverse("act:open_fix", args=[one.pk]))
    assert page.url == reverse("act:open_fix", args=[other.pk])


def test_the_owner_declines_with_a_reason(cast):
    fix = proposed_fix(cast, issue(cast, "Waiting"))
    sven, here = client_for(cast.sven), reverse("act:fix", args=[fix.pk])
    assert (
        "needs its reason" in sven.post(reverse("act:decline", args=[fix.pk]), follow=True).content.decode()
    )
    page = sven.post(reverse("act:decline", args=[fix.pk]), {"reason": "Too dear."}, follow=True)
    assert "Too dear." in page.content.decode()
    assert sven.get(here).status_code == 200
    assert Verbatim.objects.get().text == "Too dear."


def test_a_fix_page_asks_as_often_for_three_mentions_as_for_one(cast):
    about = issue(cast, "Waiting")
    fix, client = proposed_fix(cast, about), client_for(cast.mina)

    def speak():
        [mention] = said(about, cast.north, [1])
        mention.feedback.verbatim = Verbatim.objects.create(text=f"Words {mention.pk}", language="en")
        mention.feedback.save()

    speak()
    one = count(client, reverse("act:fix", args=[fix.pk]))
    speak()
    speak()
    assert count(client, reverse("act:fix", args=[fix.pk])) == one <= 24


def test_words_on_a_fix_page_are_for_those_who_may_read_them(cast):
    about = issue(cast, "Waiting")
    fix = proposed_fix(cast, about)
    mentions = said(about, cast.north, [1, 1])
    for mention, text, by in zip(mentions, ["An hour!", "Two hours!"], [None, cast.fay], strict=True):
        mention.feedback.verbatim = Verbatim.objects.create(text=text, language="en")
        mention.feedback.reported_by = by
        mention.feedback.save()
    cast.gus.grants.update(role="leader")  # of another branch
    here = reverse("act:fix", args=[fix.pk])
    read = {
        person.name: [
            text for text in ("An hour!", "Two hours!") if text in client_for(person).get(here).text
        ]
        for person in (cast.mina, cast.fay, cast.gus, cast.sven)
    }
    assert read == {
        cast.mina.name: ["An hour!", "Two hours!"],
        cast.fay.name: ["Two hours!"],
        cast.gus.name: [],
        cast.sven.name: [],
    }


def send(client, name, fix, **body):
    return client.post(reverse(f"act:{name}", args=[fix.pk]), body, follow=True)


def test_who_is_asked_gives_it_back_with_a_reason_and_somebody_else_is_asked(cast):
    fix, mina, sven = opened_for_sven(cast), client_for(cast.mina), client_for(cast.sven)
    assert "A no needs its reason." in send(sven, "give_back", fix).text
    page = send(sven, "give_back", fix, reason="I am away in May.")
    assert "Given back, with your reason." in page.text
    assert "It stands differently by now" in send(sven, "give_back", fix, reason="Again.").text
    page = mina.get(reverse("act:fix", args=[fix.pk]))
    assert "Sven Olsen, who gave it back:" in page.text
    assert "I am away in May." in page.text
    assert "I do it myself" in page.text
    assert client_for(cast.fay).get(reverse("act:offer", args=[fix.pk])).status_code == 403
    page = send(mina, "offer", fix, to=cast.fay.pk)
    assert "Waiting for Fay Burns to accept" in page.text
    assert "Taken back" in send(mina, "take_back", fix).text
    assert "It is yours." in send(mina, "accept", fix).text


def test_the_decider_says_not_yet_and_then_do_it(cast):
    fix, rolf = opened_for_sven(cast), client_for(cast.rolf)
    accept_fix(fix=fix, by=cast.sven, now=timezone.now())
    assert "Your decision" in rolf.get(reverse("act:fix", args=[fix.pk])).text
    assert "Rolf Huber decides by" in client_for(cast.sven).get(reverse("act:fix", args=[fix.pk])).text
    assert send(client_for(cast.fay), "decide", fix, answer="do_it").status_code == 403
    assert "Your decision" in send(rolf, "decide", fix, answer="perhaps", reason="Because.").text
    assert "Not yet needs its reason" in send(rolf, "decide", fix, answer="not_yet", reason="Audit.").text
    later = timezone.localdate() + timedelta(days=30)
    page = send(rolf, "decide", fix, answer="not_yet", reason="After the audit.", decide_by=later)
    assert "Decided: not yet. You are asked again." in page.text
    assert "After the audit." in page.text
    assert "Decided: it is done." in send(rolf, "decide", fix, answer="do_it").text
    assert "It stands differently" in send(rolf, "decide", fix, answer="do_it").text


def test_what_was_written_stays_when_something_is_missing(cast):
    fix, rolf = opened_for_sven(cast), client_for(cast.rolf)
    accept_fix(fix=fix, by=cast.sven, now=timezone.now())
    page = send(rolf, "decide", fix, answer="not_yet", reason="After the audit.")
    assert page.status_code == 422
    for kept in ("After the audit.", 'name="answer" value="not_yet"', "This field is required."):
        assert kept in page.text
    page = send(rolf, "decide", fix, answer="not_yet", reason="Later.", decide_by=timezone.localdate())
    assert "Later." in page.text
    assert "Choose a day after today." in page.text
    assert "x" * 10_001 in send(client_for(cast.sven), "decline", fix, reason="x" * 10_001).text


def test_a_card_that_was_moved_out_of_what_was_chosen_is_named(cast):
    fix, sven = proposed_fix(cast, issue(cast, "Queues")), client_for(cast.sven)
    for address, named in (
        (f"?lane=opportunity&at={fix.pk}", True),
        (f"?at={fix.pk}", False),
        ("?at=x", False),
        ("?at=0", False),
    ):
        page = sven.get(reverse("act:board") + address)
        assert ("is not among what you chose any more" in page.text) == named


def test_a_no_is_shown_as_customers_will_read_it_before_it_is_said(cast):
    fix, rolf = opened_for_sven(cast), client_for(cast.rolf)
    assert "A no needs its reason." in send(rolf, "as_customers_read_it", fix).text
    page = send(rolf, "as_customers_read_it", fix, reason="Call me: anna.k@example.com")
    assert "You told us about “Waiting at noon”" in page.text
    assert "Call me: [e-mail]" in page.text
    assert Fix.objects.get().declined_at is None
    assert reverse("act:decide", args=[fix.pk]) in page.text
    assert send(client_for(cast.fay), "as_customers_read_it", fix, reason="No.").status_code == 403
    assert "A no needs its reason." in send(rolf, "decide", fix, answer="no").text
    assert "Declined." in send(rolf, "decide", fix, answer="no", reason="Too dear.").text
    mine = proposed_fix(cast, issue(cast, "Queues"))
    page = send(client_for(cast.sven), "as_customers_read_it", mine, reason="No room.")
    assert reverse("act:decline", args=[mine.pk]) in page.text


def test_a_lane_is_changed_and_changed_back_and_a_decision_names_its_decider(cast):
    fix, mina = proposed_fix(cast, issue(cast, "Waiting")), client_for(cast.mina)
    assert send(client_for(cast.fay), "lane", fix, lane="opportunity").status_code == 403
    page = send(mina, "lane", fix, lane="opportunity")
    assert "It runs in another lane now." in page.text
    assert "Undo" not in send(mina, "lane", fix, lane="this_week", undo="1").text
    assert "Undo" not in send(mina, "lane", fix, lane="nowhere").text
    assert "Who has the say?" in send(mina, "lane", fix, lane="needs_a_decision").text
    past, day = timezone.localdate() - timedelta(days=1), timezone.localdate() + timedelta(days=5)
    assert "This day is over" in send(mina, "ask", fix, decider=cast.rolf.pk, decide_by=past).text
    assert "It waits for a decision now." in send(mina, "ask", fix, decider=cast.rolf.pk, decide_by=day).text
    assert "only the decider takes it out of there" in send(mina, "lane", fix, lane="this_week").text


def test_what_it_is_worth_what_it_needs_and_what_it_is_the_same_as(cast):
    about = issue(cast, "Waiting")
    fix, other, mina = proposed_fix(cast, about), proposed_fix(cast, about), client_for(cast.mina)
    Fix.objects.filter(pk=other.pk).update(title="A second window")
    day = timezone.localdate() + timedelta(days=5)
    page = send(mina, "change", fix, kind="rule", worth="5", effort="", due_on=day)
    assert "worth 5 of 5" in page.text
    page = send(mina, "needs", fix, needs=[other.pk])
    assert "A second window" in page.text
    assert "each would wait for the other" in send(mina, "needs", other, needs=[fix.pk]).text
    planned(cast, fix)
    page = send(client_for(cast.sven), "ship", fix)
    assert "It cannot ship before what it needs is live: “A second window”." in page.text
    assert send(mina, "needs", fix).status_code == 200
    page = send(mina, "merge", other, into=fix.pk)
    assert "They are one now." in page.text
    assert "Also proposed as" in page.text
    issue_page = mina.get(reverse("understand:issue", args=[about.pk]))
    assert [one.title for one in issue_page.context["issue"].fixes.all()] == [fix.title]
    page = mina.get(reverse("act:fix", args=[other.pk]))
    assert "Part of “Warn before the card is blocked”" in page.text
    for name in ("change", "needs", "merge", "ask", "offer"):
        page = mina.get(reverse(f"act:{name}", args=[other.pk]), follow=True)
        assert page.redirect_chain == [(reverse("act:fix", args=[other.pk]), 302)]
        assert "It stands differently by now" in page.text


def test_what_needs_a_decision_is_not_opened_without_a_decider(cast):
    body = {
        "title": "A second counter",
        "lane": "needs_a_decision",
        "owner": cast.sven.pk,
        "due_on": timezone.localdate() + timedelta(days=7),
        "worth": "4",
        "kind": "rule",
    }
    about, mina = issue(cast, "Waiting"), client_for(cast.mina)
    page = mina.post(reverse("act:open_fix", args=[about.pk]), body)
    assert "Say who decides." in page.text
    assert "Say by when." in page.text
    body |= {"decider": cast.rolf.pk, "decide_by": timezone.localdate() - timedelta(days=1)}
    assert "This day is over" in mina.post(reverse("act:open_fix", args=[about.pk]), body).text
    body["decide_by"] = timezone.localdate()
    mina.post(reverse("act:open_fix", args=[about.pk]), body)
    fix = Fix.objects.get()
    assert (fix.kind, fix.worth, fix.effort, fix.decisions.get().decider) == ("rule", 4, None, cast.rolf)
    body |= {"lane": "this_week", "title": "Another"}
    mina.post(reverse("act:open_fix", args=[about.pk]), body)
    assert not Fix.objects.get(title="Another").decisions.exists()


def test_a_form_sent_twice_opens_one_fix_and_proposes_a_day(cast):
    about, mina = issue(cast, "Waiting"), client_for(cast.mina)
    address, day = reverse("act:open_fix", args=[about.pk]), timezone.localdate() + timedelta(days=7)
    assert f'value="{day.isoformat()}"' in mina.get(address).text
    body = {"title": "A second counter", "lane": "this_week", "owner": cast.sven.pk, "due_on": day}
    assert mina.post(address, body).url == mina.post(address, body).url
    assert Fix.objects.get().offers.count() == 1
    mina.post(address, body | {"title": "A third counter"})
    assert Fix.objects.count() == 2


def test_an_overdue_day_may_stay_but_a_new_one_is_to_come(cast):
    fix, mina = proposed_fix(cast, issue(cast, "Waiting")), client_for(cast.mina)
    body = {"kind": "service", "worth": "", "effort": "2", "due_on": fix.due_on}
    assert "Changed." in send(mina, "change", fix, **body).text
    past = timezone.localdate() - timedelta(days=1)
    assert "This day is over" in send(mina, "change", fix, **body | {"due_on": past}).text


def test_what_a_fix_could_need_is_looked_for_by_its_words(cast):
    about, mina = issue(cast, "Waiting"), client_for(cast.mina)
    fix, near = proposed_fix(cast, about), proposed_fix(cast, about)
    far, needed = proposed_fix(cast, issue(cast, "Parking")), proposed_fix(cast, issue(cast, "Lifts"))
    set_needs(fix=fix, needs=[needed], by=cast.mina, now=timezone.now())
    assert likely_needed(fix) == [needed, near, far]
    assert likely_needed(fix, at_most=1) == [needed, near]
    address = reverse("act:needs", args=[fix.pk])
    offered = mina.get(address + "?q=park").context["form"].fields["needs"].choices
    assert [pk for pk, _ in offered] == [needed.pk, far.pk]
    assert mina.post(address + "?q=park", {"needs": [needed.pk, far.pk]}).status_code == 302
    assert set(fix.needs.all()) == {needed, far}

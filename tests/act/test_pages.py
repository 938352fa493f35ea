"""The pages of what is being changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

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


def test_without_a_fix_the_page_says_where_one_begins(cast):
    page = client_for(cast.fay).get(reverse("act:index"))
    assert page.status_code == 200
    assert "Nothing is being changed" in page.content.decode()


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
    page = client_for(cast.fay).get(reverse("act:index") + f"?whose=mine&unit={cast.north.pk}")
    assert "No fix matches" in page.content.decode()


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
    assert mina.post(reverse("act:accept", args=[fix.pk])).status_code == 403
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
    assert count(client, reverse("act:fix", args=[fix.pk])) == one <= 18


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

"""The pages of figures: who may see what of whom."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalface.measure.actions import take_snapshots
from coalface.people.actions import publish_clock, withdraw_clock
from coalface.records.models import Level, Policy
from tests.measure import crowd, heard, issue, large, nine_leaders, said
from tests.people import NOW, client_for

pytestmark = pytest.mark.django_db
PAGES = ["/measure/contact/", "/measure/awareness/"]


def queries_of(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", PAGES)
def test_who_signed_in_reads_them_and_nobody_else(cast, page):
    assert client_for(cast.fay).get(page).status_code == 200
    assert Client().get(page).status_code == 302


def test_the_room_begins_with_contact(cast):
    assert client_for(cast.fay).get("/measure/").headers["Location"] == "/measure/contact/"


def test_an_empty_page_says_how_to_begin(cast):
    large()
    page = client_for(cast.olga).get("/measure/contact/").content.decode()
    assert "You have not met a customer yet." in page
    assert "The first will be here tomorrow." in page


def test_published_clocks_stand_in_the_plot_and_the_others_nowhere(cast):
    large()
    leaders = nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    take_snapshots(now=NOW)
    page = client_for(cast.fay).get("/measure/contact/").content.decode()
    assert all(leader.name in page for leader in leaders[:7])
    assert not any(leader.name in page for leader in leaders[7:])
    assert "Half of the 9 who owe encounters met a customer within 21 days." in page
    assert "27 days" not in page


def test_who_keeps_their_clock_sees_it_on_their_own_page(cast):
    large()
    leaders = nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    take_snapshots(now=NOW)
    page = client_for(leaders[7]).get("/measure/contact/")
    assert page.context["mine"].direct.days == (timezone.localdate() - NOW.date()).days + 27


def test_a_clock_taken_back_leaves_the_page_at_once(cast):
    large()
    nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    take_snapshots(now=NOW)
    withdraw_clock(by=cast.olga, now=NOW)
    page = client_for(cast.fay).get("/measure/contact/").content.decode()
    assert "Olga Lindner" not in page
    assert "Rolf Huber" in page


def test_in_a_small_organisation_there_is_only_mine(cast):
    nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    Policy.objects.create(key="small_organisation_below", value=100, set_by=cast.ada, set_at=NOW)
    take_snapshots(now=NOW)
    client = client_for(cast.olga)
    assert "Rolf Huber" not in client.get("/measure/contact/").content.decode()
    page = client.get("/measure/awareness/").content.decode()
    assert "What customers say that you have not heard" in page
    assert "Does anybody there know?" not in page


def test_awareness_by_level_with_both_questions_and_my_own_column(cast):
    large()
    crowd(cast, Level.FRONT_LINE, ["Kim", "Lou", "Max", "Noa"])
    crowd(cast, Level.SUPERVISOR, ["Pat"])
    heard(cast.fay, said(cast, issue(cast, "Waiting at noon"), 1), 0)
    take_snapshots(now=NOW)
    response = client_for(cast.fay).get("/measure/awareness/")
    page = response.content.decode()
    assert response.context["groups"] == ["Front line", "Top + Middle + Supervisors"]
    assert "Does anybody there know?" in page
    assert "Does the typical person there know?" in page
    assert "Waiting at noon" in page
    assert "Top + Middle + Supervisors: somebody there knows 0 % of 1 issue." in page


def test_when_no_level_is_large_enough_the_page_says_what_to_do(cast):
    large()
    Policy.objects.create(key="smallest_group", value=50, set_by=cast.ada, set_at=NOW)
    issue(cast, "Waiting at noon")
    take_snapshots(now=NOW)
    page = client_for(cast.fay).get("/measure/awareness/").content.decode()
    assert "No level is large enough to be shown (at least 50 people)" in page
    assert "read this list aloud" in page


@pytest.mark.parametrize("page", PAGES)
def test_more_rows_need_no_more_queries(cast, page):
    large()
    crowd(cast, Level.FRONT_LINE, ["Kim", "Lou", "Max", "Noa"])
    crowd(cast, Level.SUPERVISOR, ["Pat"])
    leaders = nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    for leader in leaders[1:7]:
        withdraw_clock(by=leader, now=NOW)
    heard(cast.olga, said(cast, issue(cast, "Waiting at noon"), 1), 0)
    take_snapshots(now=NOW)
    client = client_for(cast.olga)
    with_one = queries_of(client, page)
    for title in ("Fee", "Letters"):
        heard(cast.olga, said(cast, issue(cast, title), 1), 0)
    for leader in leaders[1:4]:
        publish_clock(by=leader, now=NOW)
    take_snapshots(now=NOW)
    assert queries_of(client, page) == with_one

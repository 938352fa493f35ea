"""What somebody passed on, how far it came, and thanks when it changed something."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.act.actions import accept_fix, decline_fix, open_fix, ship
from coalface.hear.queries import PassedOn, my_reports, passed_on, thanks_due, way_of
from coalface.records.models import Fix, Lane, Mention, News, Telling, Verdict
from coalface.verify.actions import ask_customers_instead, reopen
from tests.people import NOW, client_for
from tests.understand import heard, issue_of

pytestmark = pytest.mark.django_db


def stages(person):
    return [way_of(feedback).stage for feedback in my_reports(person)]


def fix_of(cast, issue, title="A second window", **more):
    given = {"lane": Lane.THIS_WEEK, "owner": cast.sven, "due_on": NOW.date(), "by": cast.mina, "now": NOW}
    return open_fix(issue=issue, title=title, **given | more)


def live(cast, fix, days=1):
    """Taken on and shipped so many days after NOW."""
    accept_fix(fix=fix, by=cast.sven, now=NOW)
    ask_customers_instead(fix=fix, by=cast.mina, now=NOW)
    return ship(fix=fix, by=cast.sven, now=NOW + timedelta(days=days))


def judged(fix, ruling="no_change", basis="customers"):
    return Verdict.objects.create(fix=fix, ruling=ruling, basis=basis, judged_at=NOW + timedelta(days=5))


def thanked(fix, person, days_ago=1, news=News.VERDICT):
    at = timezone.now() - timedelta(days=days_ago)
    return Telling.objects.create(fix=fix, person=person, news=news, at=at)


def test_from_being_heard_to_a_verdict(cast):
    issue = issue_of(cast, "Waiting", "queue")
    heard(cast, "What a queue", reported_by=cast.fay, days_ago=3)
    seen = stages(cast.fay)
    fix = fix_of(cast, issue)
    seen += stages(cast.fay)
    accept_fix(fix=fix, by=cast.sven, now=NOW)
    seen += stages(cast.fay)
    fix = live(cast, fix)
    seen += stages(cast.fay)
    verdict = judged(fix)
    assert seen + stages(cast.fay) == ["sorted", "sorted", "owned", "shipped", "judged"]
    [way] = [way_of(feedback) for feedback in my_reports(cast.fay)]
    assert (way.issue, way.fix, way.verdict) == (issue, fix, verdict)


def test_what_is_not_sorted_yet_and_what_belongs_nowhere(cast):
    [said] = heard(cast, "A door", reported_by=cast.fay)
    assert stages(cast.fay) == ["waits"]
    Mention.objects.filter(feedback=said).update(settled_by=cast.adam, settled_at=NOW)
    assert stages(cast.fay) == ["no_issue"]


def test_a_no_is_told_with_its_reason(cast):
    issue = issue_of(cast, "Waiting", "queue")
    heard(cast, "What a queue", reported_by=cast.fay, days_ago=3)
    taken = accept_fix(fix=fix_of(cast, issue), by=cast.sven, now=NOW)
    decline_fix(fix=taken, reason="There is no room for one.", by=cast.sven, now=NOW)
    page = client_for(cast.fay).get(reverse("hear:mine")).content.decode()
    assert "Sven Olsen said no to" in page
    assert "There is no room for one." in page
    assert "Not live yet" not in page


def test_of_several_fixes_the_one_that_came_furthest_and_applies_counts(cast):
    issue = issue_of(cast, "Waiting", "queue")
    heard(cast, "What a queue", reported_by=cast.fay, days_ago=3)
    live(cast, fix_of(cast, issue, "In the south", unit=cast.south))
    before = live(cast, fix_of(cast, issue, "Long before"))
    Fix.objects.filter(pk=before.pk).update(shipped_at=NOW - timedelta(days=30))
    accept_fix(fix=fix_of(cast, issue, "Taken on"), by=cast.sven, now=NOW)
    assert stages(cast.fay) == ["owned"]
    assert passed_on(cast.fay) == PassedOn(1, 0)
    here = live(cast, fix_of(cast, issue, "In the north", unit=cast.north))
    [way] = [way_of(feedback) for feedback in my_reports(cast.fay)]
    assert (way.stage, way.fix) == ("shipped", here)
    assert passed_on(cast.fay) == PassedOn(1, 1)
    assert passed_on(cast.gus) == PassedOn(0, 0)


def test_the_page_says_where_each_thing_went(cast):
    assert "You have passed nothing on yet" in client_for(cast.fay).get(reverse("hear:mine")).content.decode()
    issue = issue_of(cast, "Waiting", "queue")
    heard(cast, "What a queue", reported_by=cast.fay, days_ago=3)
    heard(cast, "Somebody else's queue", reported_by=cast.gus)
    fix = live(cast, fix_of(cast, issue))
    judged(fix, "not_enough_evidence")
    page = client_for(cast.fay).get(reverse("hear:mine")).content.decode()
    for words in (
        "What a queue",
        f'href="/understand/{issue.pk}/"',
        "Sven Olsen took it on:",
        f'href="/act/{fix.pk}/"',
        "Live since 3 March",
        f'href="/verify/{fix.pk}/"',
        "Not enough evidence",
    ):
        assert words in page
    assert "Somebody else" not in page


def test_after_passing_something_on_one_tap_leads_to_another(cast):
    browser = client_for(cast.fay)
    form = browser.get(reverse("hear:report")).context["form"]
    given = {"id": str(form["id"].value()), "text": "A queue", "kind": "complaint", "unit": cast.north.pk}
    page = browser.post(reverse("hear:report"), given, follow=True).content.decode()
    assert "Another" in page
    assert "A queue" in page


def test_three_things_cost_as_many_queries_as_one(cast):
    issue = issue_of(cast, "Waiting", "queue")
    browser = client_for(cast.fay)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("hear:mine"))
        return len(asked)

    heard(cast, "A queue 1", reported_by=cast.fay, days_ago=3)
    judged(live(cast, fix_of(cast, issue)))
    before = cost()
    heard(cast, "A queue 2", "A queue 3", reported_by=cast.fay, customer=cast.rosa, days_ago=2)
    judged(live(cast, fix_of(cast, issue, "A third window")))
    assert cost() == before


def test_thanks_stand_for_thirty_days_on_both_pages(cast):
    issue = issue_of(cast, "Waiting", "queue")
    heard(cast, "What a queue", reported_by=cast.fay, days_ago=3)
    new, old = live(cast, fix_of(cast, issue)), live(cast, fix_of(cast, issue, "An old thing"))
    told = thanked(new, cast.fay)
    thanked(old, cast.fay, days_ago=31)
    assert thanks_due(cast.fay, timezone.now()) == [told]
    for address in (reverse("home:week"), reverse("hear:mine")):
        page = client_for(cast.fay).get(address).content.decode()
        assert "What you wrote down changed something" in page
        assert f'href="/verify/{new.pk}/"' in page
    assert "What you wrote down" not in client_for(cast.gus).get(reverse("home:week")).content.decode()


@pytest.mark.parametrize("news", [News.SHIPPED, News.DECLINED, News.REOPENED])
def test_nobody_is_thanked_before_it_is_known_that_it_helped(cast, news):
    fix = live(cast, fix_of(cast, issue_of(cast, "Waiting", "queue")))
    thanked(fix, cast.fay, news=news)
    assert thanks_due(cast.fay, timezone.now()) == []


def test_what_did_not_last_thanks_nobody_any_more(cast):
    fix = live(cast, fix_of(cast, issue_of(cast, "Waiting", "queue")))
    thanked(fix, cast.fay)
    reopen(fix=fix, by=cast.olga, now=timezone.now())
    assert thanks_due(cast.fay, timezone.now()) == []


def test_at_the_counter_the_week_begins_with_what_was_passed_on(cast):
    page = client_for(cast.fay).get("/").content.decode()
    assert "What did a customer tell you today?" in page
    assert "You have not met a customer yet." not in page
    issue = issue_of(cast, "Waiting", "queue")
    for place in range(4):
        heard(cast, f"Queue {place}", reported_by=cast.fay, days_ago=4 - place)
    page = client_for(cast.fay).get("/").content.decode()
    assert 'You passed on <a href="/hear/mine/">4 things</a> customers told you.' in page
    assert "None has led to a change yet." in page
    assert "All 4 things you passed on" in page
    live(cast, fix_of(cast, issue))
    assert "4 led to a change." in client_for(cast.fay).get("/").content.decode()

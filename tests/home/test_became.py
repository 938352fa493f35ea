"""What became of what somebody raised: the news of a week, each with its words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalface.act.actions import accept_fix, decline_fix, open_fix
from coalface.hear.actions import report
from coalface.home.queries.changes import what_became
from coalface.meet.actions import (
    accept,
    decline,
    fix_now,
    give_back,
    hand_over,
    mark_told,
    own,
    pass_on,
    return_unanswered,
)
from coalface.records.models import Kind, Lane, Mention, SortedBy
from coalface.verify.actions import ask_customers_instead, judge
from tests.home import live_fix
from tests.measure import ago, issue, met, noted
from tests.people import NOW, client_for

pytestmark = pytest.mark.django_db


def news(person, now=NOW):
    """The codes, the latest first, each with the words it began with."""
    return [(one.code, one.words.text if one.words else "") for one in what_became(person, now)]


def raised(cast, text, days=20, kind=Kind.COMPLAINT):
    """Something Olga wrote down at a visit."""
    return noted(met(cast, cast.olga, days), cast.olga, days, kind=kind, text=text)


def reported(cast, about, text="The queue again."):
    """What a customer told Fay; it counts for the issue."""
    said = report(text=text, kind=Kind.COMPLAINT, unit=cast.north, by=cast.fay, now=ago(40))
    Mention.objects.create(
        feedback=said, issue=about, sorted_by=SortedBy.ROUTE, confidence=1, counted=True,
        happened_at=said.received_at, unit=cast.north,
    )  # fmt: skip
    return said


def test_what_others_answered_is_news_and_what_i_did_myself_is_none(cast):
    fix_now(remark=raised(cast, "Fixed by Sven."), by=cast.sven, now=ago(1))
    fix_now(remark=raised(cast, "Fixed by me."), by=cast.olga, now=ago(1))
    own(remark=raised(cast, "Owned by Sven."), by=cast.sven, now=ago(1))
    praise = raised(cast, "Gus was kind.", kind=Kind.COMPLIMENT)
    pass_on(remark=praise, to=cast.gus, by=cast.sven, now=ago(2))
    decline(remark=raised(cast, "No."), reason="Too dear.", by=cast.sven, now=ago(3))
    decline(remark=raised(cast, "No, and said."), reason="Too dear.", by=cast.sven, now=ago(4), told=True)
    fix_now(remark=raised(cast, "Long ago."), by=cast.sven, now=ago(8))
    assert news(cast.olga) == [
        ("fixed", "Fixed by Sven."),
        ("passed_on", "Gus was kind."),
        ("declined", "No."),
        ("declined_told", "No, and said."),
    ]
    assert news(cast.rolf) == []


def test_a_no_becomes_news_again_when_the_customer_is_told(cast):
    refused = decline(remark=raised(cast, "No."), reason="Too dear.", by=cast.sven, now=ago(15))
    assert news(cast.olga) == []
    mark_told(disposition=refused, by=cast.sven, now=ago(1))
    [change] = what_became(cast.olga, NOW)
    assert (change.code, change.at) == ("declined_told", ago(1))


def test_what_became_of_hand_overs(cast):
    yes, no, silent = (
        hand_over(remark=raised(cast, text), to=cast.sven, by=cast.olga, now=ago(18))
        for text in ("Taken.", "Given back.", "Not answered.")
    )
    accept(hand_over=yes, by=cast.sven, now=ago(5))
    give_back(hand_over=no, by=cast.sven, now=ago(3))
    return_unanswered(now=ago(2))
    assert not silent.disposition.ended_at
    assert news(cast.olga) == [
        ("unanswered", "Not answered."),
        ("returned", "Given back."),
        ("accepted", "Taken."),
    ]


def test_the_page_tells_the_news_with_its_words_and_a_way_there(cast):
    now, encounter = timezone.now(), met(cast, cast.olga, 20)
    remark = noted(encounter, cast.olga, 20, text="Nobody called me back.")
    given = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=now - timedelta(days=3))
    accept(hand_over=given, by=cast.sven, now=now - timedelta(days=1))
    page = client_for(cast.olga).get("/").content.decode()
    assert "Sven Olsen took it over from you" in page
    assert "Nobody called me back." in page
    assert f'href="/meet/remarks/{remark.pk}/"' in page


def fix_for(cast, about, title, **more):
    given = {"lane": Lane.THIS_WEEK, "owner": cast.sven, "due_on": NOW.date(), "by": cast.mina}
    return open_fix(issue=about, title=title, now=ago(30), **given | more)


def test_the_way_of_a_fix_is_told_to_whoever_passed_it_on(cast):
    about = issue(cast, "Waiting at noon")
    reported(cast, about)
    fix = fix_for(cast, about, "A second window")
    assert news(cast.fay) == []
    accept_fix(fix=fix, by=cast.sven, now=ago(3))
    assert news(cast.fay) == [("taken_on", "The queue again.")]
    decline_fix(fix=fix, reason="No room.", by=cast.sven, now=ago(2))
    assert news(cast.fay) == [("not_done", "The queue again.")]
    assert news(cast.sven) == news(cast.gus) == []


def test_a_fix_elsewhere_is_no_answer_to_what_was_said_here(cast):
    about = issue(cast, "Waiting at noon")
    reported(cast, about)
    accept_fix(fix=fix_for(cast, about, "South only", unit=cast.south), by=cast.sven, now=ago(3))
    assert news(cast.fay) == []
    accept_fix(fix=fix_for(cast, about, "North", unit=cast.north), by=cast.sven, now=ago(2))
    assert news(cast.fay) == [("taken_on", "The queue again.")]


def test_live_and_then_judged_is_one_line(cast):
    fix = live_fix(cast)
    mention = fix.issue.mentions.first()
    mention.feedback.reported_by = cast.fay
    mention.feedback.save()
    soon = fix.shipped_at + timedelta(days=2)
    assert [code for code, _ in news(cast.fay, soon)] == ["shipped"]
    judge(fix=fix, by=cast.adam, now=soon)
    [(code, _)] = news(cast.fay, soon + timedelta(hours=1))
    assert code == "not_enough_evidence"


def test_what_was_raised_after_a_fix_was_live_is_not_answered_by_it(cast):
    about = issue(cast, "Waiting at noon")
    said = reported(cast, about)
    fix = accept_fix(fix=fix_for(cast, about, "A window"), by=cast.sven, now=ago(25))
    ask_customers_instead(fix=fix, by=cast.mina, now=ago(25))
    fix.shipped_at = ago(3)
    fix.save()
    assert news(cast.fay) == [("shipped", "The queue again.")]
    Mention.objects.filter(feedback=said).update(happened_at=ago(2))
    assert news(cast.fay) == []


def test_five_lines_at_most_in_as_many_queries_as_for_one(cast):
    def count():
        with CaptureQueriesContext(connection) as asked:
            found = what_became(cast.olga, NOW)
        return len(found), len(asked)

    fix_now(remark=raised(cast, "One."), by=cast.sven, now=ago(1))
    assert count() == (1, 4)
    for place in range(6):
        fix_now(remark=raised(cast, f"Thing {place}."), by=cast.sven, now=ago(1))
    assert count() == (5, 4)


def test_shipped_by_its_owner_is_no_news_to_them(cast):
    fix = live_fix(cast)
    mention = fix.issue.mentions.first()
    mention.feedback.reported_by = cast.sven
    mention.feedback.save()
    assert news(cast.sven, fix.shipped_at + timedelta(days=1)) == []

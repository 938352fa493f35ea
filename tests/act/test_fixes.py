"""From an issue to a change that is live."""

import pytest
from django.db.models import Q

from coalface.act.actions import (
    AlreadyDeclined,
    AlreadyShipped,
    MergedIssue,
    NoEvaluationPlan,
    NoReason,
    NotAccepted,
    NotItsOwner,
    accept_fix,
    decline_fix,
    open_fix,
    ship,
)
from coalface.act.queries import fix_with_all, fixes, mentions_of, waiting_for, words_about
from coalface.records.history import history_of
from coalface.records.models import Clause, Fix, Lane, Verbatim
from coalface.understand.actions import merge
from coalface.verify.actions import judge
from tests.people import NOW
from tests.verify import at, issue, planned, proposed_fix, said, shipped, week

pytestmark = pytest.mark.django_db


def opened(cast, by=None, **more):
    given = {
        "issue": more.pop("issue", None) or issue(cast, "Waiting at noon"),
        "title": "A second counter at noon",
        "lane": Lane.THIS_WEEK,
        "owner": cast.sven,
        "due_on": week(30),
    } | more
    return open_fix(by=by or cast.mina, now=NOW, **given)


def kinds(fix):
    return list(history_of(fix).values_list("kind", flat=True))


def test_a_fix_is_opened_for_its_owner_to_accept(cast):
    fix = Fix.objects.get(pk=opened(cast, unit=cast.north).pk)
    assert (fix.owner, fix.unit, fix.opened_by, fix.accepted_at) == (cast.sven, cast.north, cast.mina, None)
    assert accept_fix(fix=fix, by=cast.sven, now=NOW).accepted_at == NOW
    accept_fix(fix=fix, by=cast.sven, now=NOW)
    assert kinds(fix) == ["fix.opened", "fix.accepted"]


def test_who_opens_a_fix_for_themselves_has_accepted_it(cast):
    assert opened(cast, by=cast.sven).accepted_at == NOW


def test_a_merged_issue_gets_no_fix_and_its_fixes_count_what_it_became(cast):
    fix, other = opened(cast), issue(cast, "Queues")
    said(other, cast.north, [3])
    old = merge(issue=fix.issue, into=other, by=cast.adam, now=NOW)
    with pytest.raises(MergedIssue):
        opened(cast, issue=old)
    fix.refresh_from_db()
    assert mentions_of(fix).count() == 3


@pytest.mark.parametrize("action", [accept_fix, ship, decline_fix])
def test_only_its_owner_accepts_ships_or_declines(cast, action):
    more = {"reason": "No"} if action is decline_fix else {}
    with pytest.raises(NotItsOwner):
        action(fix=opened(cast), by=cast.mina, now=NOW, **more)


def test_a_fix_ships_once_accepted_and_with_a_plan(cast):
    fix = opened(cast)
    with pytest.raises(NotAccepted):
        ship(fix=fix, by=cast.sven, now=NOW)
    accept_fix(fix=fix, by=cast.sven, now=NOW)
    with pytest.raises(NoEvaluationPlan):
        ship(fix=fix, by=cast.sven, now=NOW)
    planned(cast, fix)
    assert ship(fix=fix, by=cast.sven, now=NOW).shipped_at == NOW
    with pytest.raises(AlreadyShipped):
        ship(fix=fix, by=cast.sven, now=NOW)
    assert kinds(fix) == ["fix.opened", "fix.accepted", "plan.registered", "fix.shipped"]


def test_declining_needs_a_reason_and_ends_it(cast):
    fix = opened(cast)
    with pytest.raises(NoReason):
        decline_fix(fix=fix, reason=" ", by=cast.sven, now=NOW)
    declined = decline_fix(fix=fix, reason=" Too dear. ", by=cast.sven, now=NOW)
    assert (declined.declined_at, declined.decline_reason.text) == (NOW, "Too dear.")
    with pytest.raises(AlreadyDeclined):
        accept_fix(fix=fix, by=cast.sven, now=NOW)


def states(cast):
    waiting = opened(cast)
    declined = opened(cast)
    decline_fix(fix=declined, reason="No", by=cast.sven, now=NOW)
    accepted = proposed_fix(cast, issue(cast, "Another"))
    ready = proposed_fix(cast, issue(cast, "Ready"))
    planned(cast, ready)
    live = shipped(cast, proposed_fix(cast, issue(cast, "Live")))
    judged = shipped(cast, proposed_fix(cast, issue(cast, "Judged")))
    judge(fix=judged, by=cast.adam, now=at(week(22)))
    return {
        "accept": waiting,
        "declined": declined,
        "register": accepted,
        "ship": ready,
        "judge": live,
        "judged": judged,
    }


def test_each_fix_says_what_it_waits_for(cast):
    made = states(cast)
    assert {state: waiting_for(fix_with_all(fix.pk).get()) for state, fix in made.items()} == {
        state: state for state in made
    }


def test_easy_lanes_come_first_and_then_what_is_due_first(cast):
    later = opened(cast, due_on=week(31))
    chance = opened(cast, lane=Lane.OPPORTUNITY, due_on=week(2))
    decision = opened(cast, lane=Lane.NEEDS_A_DECISION, due_on=week(1))
    sooner = opened(cast, due_on=week(30), owner=cast.fay, unit=cast.north)
    south = opened(cast, due_on=week(32), unit=cast.south)
    assert list(fixes()) == [sooner, later, south, decision, chance]
    assert list(fixes(owner=cast.fay)) == [sooner]
    assert list(fixes(unit=cast.north)) == [sooner, later, decision, chance]


def test_shipped_and_declined_fixes_are_kept_apart(cast):
    made = states(cast)
    assert {fix.pk: fix.ruling for fix in fixes(show="shipped")} == {
        made["judge"].pk: None,
        made["judged"].pk: "not_enough_evidence",
    }
    assert list(fixes(show="declined")) == [made["declined"]]
    assert {fix.pk: fix.planned for fix in fixes()} == {
        made["accept"].pk: False,
        made["register"].pk: False,
        made["ship"].pk: True,
    }


def test_words_of_customers_are_shown_once_and_never_when_erased(cast):
    about = issue(cast, "Waiting at noon")
    mentions = said(about, cast.north, [1, 1, 1, 1, 1])
    texts = ["I waited an hour.", "I waited an hour.", "Gone", "Nobody came. The coffee was good.", None]
    for mention, text in zip(mentions, texts, strict=True):
        if text:
            mention.feedback.verbatim = Verbatim.objects.create(
                text=text, language="en", erased_at=NOW if text == "Gone" else None
            )
            mention.feedback.save()
    mentions[3].clause = Clause.objects.create(verbatim=mentions[3].feedback.verbatim, start=0, end=12)
    mentions[3].save()
    fix = opened(cast, issue=about)
    assert [said.words for said in words_about(fix, Q())] == ["Nobody came.", "I waited an hour."]

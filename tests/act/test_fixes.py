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
    Size,
    accept_fix,
    decline_fix,
    open_fix,
    ship,
)
from coalface.act.queries import Asked, fix_with_all, fixes, mentions_of, waiting_for, words_about
from coalface.records.history import history_of
from coalface.records.models import Clause, Fix, FixOffer, Lane, Verbatim
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


def before(decider):
    return {"decider": decider, "decide_by": week(60)}


def kinds(fix):
    return list(history_of(fix).values_list("kind", flat=True))


def test_a_fix_opened_for_somebody_else_is_theirs_once_they_accept(cast):
    fix = Fix.objects.get(pk=opened(cast, unit=cast.north).pk)
    assert (fix.owner, fix.unit, fix.opened_by, fix.accepted_at) == (cast.mina, cast.north, cast.mina, None)
    taken = accept_fix(fix=fix, by=cast.sven, now=NOW)
    assert (taken.owner, taken.accepted_at) == (cast.sven, NOW)
    accept_fix(fix=fix, by=cast.sven, now=NOW)
    assert kinds(fix) == ["fix.opened", "fix.offered", "fix.accepted"]


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
        action(fix=opened(cast), by=cast.adam, now=NOW, **more)


def test_a_fix_ships_once_accepted_and_with_a_plan(cast):
    fix = opened(cast)
    with pytest.raises(NotAccepted):
        ship(fix=fix, by=cast.mina, now=NOW)
    accept_fix(fix=fix, by=cast.sven, now=NOW)
    with pytest.raises(NoEvaluationPlan):
        ship(fix=fix, by=cast.sven, now=NOW)
    planned(cast, fix)
    assert ship(fix=fix, by=cast.sven, now=NOW).shipped_at == NOW
    with pytest.raises(AlreadyShipped):
        ship(fix=fix, by=cast.sven, now=NOW)
    assert kinds(fix) == [
        "fix.opened",
        "fix.offered",
        "fix.accepted",
        "plan.registered",
        "fix.shipped",
    ]


def test_declining_needs_a_reason_and_ends_it(cast):
    fix = opened(cast)
    with pytest.raises(NoReason):
        decline_fix(fix=fix, reason=" ", by=cast.mina, now=NOW)
    declined = decline_fix(fix=fix, reason=" Too dear. ", by=cast.mina, now=NOW)
    assert not FixOffer.objects.waiting().exists()
    assert (declined.declined_at, declined.decline_reason.text) == (NOW, "Too dear.")
    with pytest.raises(AlreadyDeclined):
        accept_fix(fix=fix, by=cast.sven, now=NOW)


def states(cast):
    waiting = opened(cast)
    declined = opened(cast)
    decline_fix(fix=declined, reason="No", by=cast.mina, now=NOW)
    undecided = opened(cast, owner=cast.mina, lane=Lane.NEEDS_A_DECISION, **before(cast.rolf))
    accepted = proposed_fix(cast, issue(cast, "Another"))
    ready = proposed_fix(cast, issue(cast, "Ready"))
    planned(cast, ready)
    live = shipped(cast, proposed_fix(cast, issue(cast, "Live")))
    judged = shipped(cast, proposed_fix(cast, issue(cast, "Judged")))
    judge(fix=judged, by=cast.adam, now=at(week(22)))
    return {
        "accept": waiting,
        "decide": undecided,
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


def test_easy_lanes_come_first_and_in_each_what_is_overdue_and_then_what_is_easy(cast):
    chance = opened(cast, lane=Lane.OPPORTUNITY, due_on=week(2))
    decision = opened(cast, lane=Lane.NEEDS_A_DECISION, due_on=week(1), **before(cast.rolf))
    hard = opened(cast, due_on=week(31), size=Size(worth=2, effort=5))
    unknown = opened(cast, due_on=week(33), owner=cast.fay, unit=cast.north)
    half_known = opened(cast, due_on=week(32), size=Size(effort=2))
    easy = opened(cast, due_on=week(34), unit=cast.south, size=Size(worth=5, effort=1), kind="rule")
    late = opened(cast, due_on=week(19), size=Size(worth=1, effort=5))
    today = week(20)
    assert list(fixes(today)) == [late, easy, half_known, unknown, hard, decision, chance]
    asked = {
        "fay's": Asked(owner=cast.fay),
        "to decide": Asked(owner=cast.rolf, waits_for="decide"),
        "north": Asked(unit=cast.north, lane=Lane.THIS_WEEK),
        "rule": Asked(kind="rule"),
        "opportunity": Asked(lane=Lane.OPPORTUNITY),
        "by day": Asked(order="due", lane=Lane.THIS_WEEK),
        "to ship": Asked(waits_for="ship"),
    }
    assert {name: list(fixes(today, one)) for name, one in asked.items()} == {
        "fay's": [unknown],
        "to decide": [decision],
        "north": [late, half_known, unknown, hard],
        "rule": [easy],
        "opportunity": [chance],
        "by day": [late, hard, half_known, unknown, easy],
        "to ship": [],
    }


def test_what_is_for_a_unit_above_holds_below_and_what_is_for_a_branch_is_seen_from_above(cast):
    north, south, all_of_us = (opened(cast, unit=unit) for unit in (cast.north, cast.south, cast.root))
    seen = {unit.key: set(fixes(week(20), Asked(unit=unit))) for unit in (cast.north, cast.root)}
    assert seen == {"north": {north, all_of_us}, "lindner": {north, south, all_of_us}}


def test_shipped_and_declined_fixes_are_kept_apart(cast):
    made = states(cast)
    assert {fix.pk: fix.ruling for fix in fixes(week(20), Asked("shipped"))} == {
        made["judge"].pk: None,
        made["judged"].pk: "not_enough_evidence",
    }
    assert list(fixes(week(20), Asked("declined"))) == [made["declined"]]
    assert {fix.pk: fix.waits_for for fix in fixes(week(20))} == {
        made[state].pk: state for state in ("accept", "decide", "register", "ship")
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

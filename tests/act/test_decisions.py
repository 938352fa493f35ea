"""What needs a decision is decided, by a day, by whoever has the say."""

from datetime import timedelta

import pytest

from coalface.act.actions import (
    DecisionWaits,
    NoDecider,
    NoReason,
    NotDecided,
    NothingToDecide,
    NotInTheFuture,
    NotTheirsToDecide,
    Size,
    ask_for_decision,
    change_fix,
    change_lane,
    decide,
    decline_fix,
    register_opportunity,
    ship,
)
from coalface.edges.mail import send
from coalface.records.models import Decided, Decision, Fix, FixOffer, Lane, OutgoingMessage
from tests.act.test_fixes import kinds, opened
from tests.people import NOW
from tests.verify import issue, planned, proposed_fix

pytestmark = pytest.mark.django_db
DAY = NOW.date() + timedelta(days=10)


def undecided(cast, **more):
    asked = {"lane": Lane.NEEDS_A_DECISION, "decider": cast.sven, "decide_by": DAY, "owner": cast.mina}
    return opened(cast, **asked | more)


def test_what_needs_a_decision_names_who_decides_and_by_when(cast):
    for missing in ("decider", "decide_by"):
        with pytest.raises(NoDecider):
            undecided(cast, **{missing: None})
    fix = undecided(cast)
    decision = Decision.objects.get()
    assert (decision.decider, decision.decide_by, decision.asked_by) == (cast.sven, DAY, cast.mina)
    assert list(Decision.objects.overdue(DAY)) == []
    assert list(Decision.objects.overdue(DAY + timedelta(days=1))) == [decision]
    assert kinds(fix) == ["fix.opened", "decision.asked"]


def test_who_decides_gets_a_mail_unless_they_ask_themselves(cast, mailoutbox):
    fix = undecided(cast)
    ask_for_decision(fix=fix, decider=cast.rolf, decide_by=DAY, by=cast.mina, now=NOW)
    ask_for_decision(fix=fix, decider=cast.rolf, decide_by=DAY + timedelta(1), by=cast.rolf, now=NOW)
    for message in OutgoingMessage.objects.order_by("id"):
        send(message)
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["sven@lindner.example"], "Mina Aziz asks for your decision"),
        (["rolf@lindner.example"], "Mina Aziz asks for your decision"),
    ]
    assert "13 March" in mailoutbox[1].body
    assert fix.title in mailoutbox[1].body


def test_do_it_and_it_runs_this_week(cast):
    fix = undecided(cast)
    planned(cast, fix)
    with pytest.raises(NotDecided):
        ship(fix=fix, by=cast.mina, now=NOW)
    decide(fix=fix, answer=Decided.DO_IT, by=cast.sven, now=NOW)
    assert Fix.objects.get().lane == Lane.THIS_WEEK
    with pytest.raises(NothingToDecide):
        decide(fix=fix, answer=Decided.DO_IT, by=cast.sven, now=NOW)
    assert ship(fix=fix, by=cast.mina, now=NOW).shipped_at == NOW


def test_not_yet_needs_a_reason_and_a_day_on_which_it_is_asked_again(cast):
    fix, later = undecided(cast), DAY + timedelta(days=30)
    with pytest.raises(NoReason):
        decide(fix=fix, answer=Decided.NOT_YET, by=cast.sven, now=NOW, decide_by=later)
    with pytest.raises(NoDecider):
        decide(fix=fix, answer=Decided.NOT_YET, by=cast.sven, now=NOW, reason="After the audit.")
    with pytest.raises(NotInTheFuture):
        decide(fix=fix, answer="not_yet", by=cast.sven, now=NOW, reason="Audit.", decide_by=NOW.date())
    decide(fix=fix, answer="not_yet", by=cast.sven, now=NOW, reason="After the audit.", decide_by=later)
    taken, asked = Decision.objects.order_by("id")
    assert (taken.answer, taken.reason.text, taken.decided_by) == ("not_yet", "After the audit.", cast.sven)
    assert (asked.decider, asked.decide_by, asked.answer) == (cast.sven, later, "")


def test_no_declines_it_with_the_reason_and_asks_nobody_any_more(cast):
    fix = undecided(cast, owner=cast.fay)
    decide(fix=fix, answer=Decided.NO, by=cast.sven, now=NOW, reason="Too dear.")
    fix = Fix.objects.get()
    assert (fix.declined_at, fix.decline_reason.text) == (NOW, "Too dear.")
    assert not FixOffer.objects.waiting().exists()
    assert kinds(fix)[-2:] == ["decision.taken", "fix.declined"]


def test_its_owner_declining_it_leaves_nothing_to_decide(cast):
    decline_fix(fix=undecided(cast), reason="Not needed any more.", by=cast.mina, now=NOW)
    assert (Decision.objects.get().answer, Decision.objects.waiting().exists()) == ("no", False)


def test_only_the_decider_decides_or_who_leads_where_they_work(cast):
    fix = undecided(cast)
    for somebody in (cast.mina, cast.adam, cast.fay):
        with pytest.raises(NotTheirsToDecide):
            decide(fix=fix, answer=Decided.DO_IT, by=somebody, now=NOW)
    decide(fix=fix, answer=Decided.DO_IT, by=cast.rolf, now=NOW)
    assert Decision.objects.get().decided_by == cast.rolf


def test_it_can_be_put_before_somebody_else_or_later(cast):
    fix = proposed_fix(cast, issue(cast, "Tills"))
    with pytest.raises(NotInTheFuture):
        ask_for_decision(
            fix=fix, decider=cast.rolf, decide_by=NOW.date() - timedelta(1), by=cast.mina, now=NOW
        )
    first = ask_for_decision(fix=fix, decider=cast.rolf, decide_by=DAY, by=cast.mina, now=NOW)
    assert ask_for_decision(fix=fix, decider=cast.rolf, decide_by=DAY, by=cast.mina, now=NOW) == first
    ask_for_decision(fix=fix, decider=cast.olga, decide_by=DAY, by=cast.mina, now=NOW)
    assert (Decision.objects.get().decider, Fix.objects.get().lane) == (cast.olga, Lane.NEEDS_A_DECISION)
    assert kinds(fix)[-2:] == ["decision.asked", "decision.asked_anew"]


def test_nobody_takes_a_decision_away_from_the_decider_for_themselves(cast):
    fix = undecided(cast)
    with pytest.raises(NotTheirsToDecide):
        ask_for_decision(fix=fix, decider=cast.mina, decide_by=DAY, by=cast.mina, now=NOW)
    ask_for_decision(fix=fix, decider=cast.rolf, decide_by=DAY, by=cast.rolf, now=NOW)
    assert Decision.objects.get().decider == cast.rolf


def test_what_customers_have_to_want_first_goes_on_as_an_opportunity(cast):
    fix = opened(cast, owner=cast.mina, lane=Lane.OPPORTUNITY)
    register_opportunity(fix=fix, customers_wanted=5, smallest_share=0.2, by=cast.mina, now=NOW)
    ask_for_decision(fix=fix, decider=cast.sven, decide_by=DAY, by=cast.mina, now=NOW)
    decide(fix=fix, answer=Decided.DO_IT, by=cast.sven, now=NOW)
    assert Fix.objects.get().lane == Lane.OPPORTUNITY


def test_it_leaves_the_lane_of_decisions_only_by_a_decision(cast):
    fix = undecided(cast)
    with pytest.raises(DecisionWaits):
        change_lane(fix=fix, lane=Lane.THIS_WEEK, by=cast.mina, now=NOW)
    other = proposed_fix(cast, issue(cast, "Tills"))
    with pytest.raises(NoDecider):
        change_lane(fix=other, lane=Lane.NEEDS_A_DECISION, by=cast.mina, now=NOW)
    assert change_lane(fix=other, lane=Lane.OPPORTUNITY, by=cast.mina, now=NOW) == Lane.THIS_WEEK
    assert change_lane(fix=other, lane=Lane.OPPORTUNITY, by=cast.mina, now=NOW) == Lane.OPPORTUNITY
    assert kinds(other)[-1] == "fix.moved"


def test_what_it_is_worth_and_how_much_work_it_is_can_be_said_later(cast):
    fix = proposed_fix(cast, issue(cast, "Tills"))
    change_fix(fix=fix, kind="rule", size=Size(worth=4), due_on=DAY, by=cast.mina, now=NOW)
    fix.refresh_from_db()
    assert (fix.kind, fix.worth, fix.effort, fix.due_on) == ("rule", 4, None, DAY)
    change_fix(fix=fix, kind="rule", size=Size(worth=4), due_on=DAY, by=cast.mina, now=NOW)
    assert kinds(fix).count("fix.changed") == 1
    change_fix(fix=fix, kind="service", size=Size(4, 2), due_on=DAY, by=cast.mina, now=NOW)
    fix.refresh_from_db()
    assert (fix.kind, fix.effort) == ("", 2)

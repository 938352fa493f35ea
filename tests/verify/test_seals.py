"""What is registered is sealed, and changes afterwards only for everybody to see."""

import re
from datetime import timedelta

import pytest

from coalface.records.models import Amendment, EvaluationPlan, Event, Unit
from coalface.verify.actions import (
    BaselineNotOver,
    NoReasonForIt,
    NotByCounts,
    NothingAmended,
    NotShipped,
    amend_plan,
    ask_customers_instead,
    judge,
)
from coalface.verify.queries import broken_seal, digest_of
from tests.verify import at, done, issue, planned, proposed_fix, said, shipped, week

pytestmark = pytest.mark.django_db


def again(plan):
    return EvaluationPlan.objects.get(pk=plan.pk)


def test_a_plan_is_sealed_with_a_hash_of_what_was_registered(cast):
    plan = planned(cast, proposed_fix(cast, issue(cast, "A fee")))
    assert re.fullmatch(r"[0-9a-f]{64}", plan.digest)
    assert digest_of(again(plan)) == plan.digest
    assert broken_seal(again(plan)) is None


@pytest.mark.parametrize(
    "changed",
    [{"lag_days": 9}, {"smallest_effect": 0.9}, {"events_before": 99}, {"baseline_from": week(9)}],
    ids=str,
)
def test_a_silent_change_breaks_the_seal(cast, changed):
    plan = planned(cast, proposed_fix(cast, issue(cast, "A fee")))
    EvaluationPlan.objects.filter(pk=plan.pk).update(**changed)
    assert broken_seal(again(plan)) == "altered"


def test_a_control_added_silently_breaks_the_seal(cast):
    plan = planned(cast, proposed_fix(cast, issue(cast, "A fee")))
    plan.control_issues.add(issue(cast, "Another"))
    assert broken_seal(again(plan)) == "altered"


def test_who_judges_may_change_without_breaking_the_seal(cast):
    plan = planned(cast, proposed_fix(cast, issue(cast, "A fee")))
    EvaluationPlan.objects.filter(pk=plan.pk).update(judge=cast.olga)
    assert broken_seal(again(plan)) is None


def test_other_clocks_are_told_from_a_change(cast):
    plan = planned(cast, proposed_fix(cast, issue(cast, "A fee"), unit=cast.north))
    Unit.objects.filter(pk=cast.north.pk).update(time_zone="Asia/Tokyo")
    assert broken_seal(again(plan)) == "clocks_changed"


def test_a_plan_from_before_there_were_seals_says_so(cast):
    plan = planned(cast, proposed_fix(cast, issue(cast, "A fee")))
    EvaluationPlan.objects.filter(pk=plan.pk).update(digest="")
    assert broken_seal(again(plan)) == "unsealed"


def test_an_amendment_keeps_what_it_was_why_and_both_hashes(cast):
    about = issue(cast, "A fee")
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, [4] * 20, first=10)
    fix = shipped(cast, proposed_fix(cast, about))
    sealed = fix.evaluation_plan.digest
    amend_plan(fix=fix, reason=" Letters take a week. ", by=cast.olga, now=at(week(22)), lag_days=7)
    amendment = Amendment.objects.get()
    plan = again(fix.evaluation_plan)
    assert (amendment.reason, amendment.by, amendment.at) == ("Letters take a week.", cast.olga, at(week(22)))
    assert {"lag_days"} <= set(amendment.before) <= {"lag_days", "decidable_on"}
    assert (amendment.before["lag_days"], amendment.after["lag_days"], plan.lag_days) == (0, 7, 7)
    assert (amendment.digest_before, amendment.digest_after) == (sealed, plan.digest)
    assert sealed != plan.digest
    assert broken_seal(plan) is None
    assert Event.objects.get(kind="plan.amended").payload == {"plan": plan.pk, "amendment": amendment.pk}
    verdict = judge(fix=fix, by=cast.adam, now=at(week(23)))
    assert "amended:1" in verdict.warnings


def test_an_amended_time_before_and_its_controls_are_counted_anew(cast):
    about, other = issue(cast, "A fee"), issue(cast, "Another")
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, [4] * 10, first=10)
    said(other, cast.north, [3] * 10, first=10)
    fix = shipped(cast, proposed_fix(cast, about))
    amend_plan(
        fix=fix,
        reason="The first weeks were training.",
        by=cast.olga,
        now=at(week(22)),
        baseline_from=week(12),
        control_issues=[other],
    )
    plan = again(fix.evaluation_plan)
    assert (plan.events_before, plan.exposure_before) == (32, 8_000)
    assert (plan.control_before, plan.control_exposure_before) == (24, 8_000)
    assert Amendment.objects.get().after["control_issues"] == [other.pk]


def test_an_amendment_without_reason_change_or_a_shipped_fix_is_refused(cast):
    fix = shipped(cast, proposed_fix(cast, issue(cast, "A fee")))
    now = at(week(22))
    with pytest.raises(NoReasonForIt):
        amend_plan(fix=fix, reason="  ", by=cast.olga, now=now, lag_days=7)
    with pytest.raises(NothingAmended):
        amend_plan(fix=fix, reason="Just so", by=cast.olga, now=now, lag_days=0)
    with pytest.raises(BaselineNotOver):
        amend_plan(
            fix=fix, reason="Just so", by=cast.olga, now=now, baseline_until=week(20) + timedelta(days=1)
        )
    waiting = proposed_fix(cast, issue(cast, "Another"))
    planned(cast, waiting)
    with pytest.raises(NotShipped):
        amend_plan(fix=waiting, reason="Just so", by=cast.olga, now=now, lag_days=7)
    assert not Amendment.objects.exists()


def test_what_customers_judge_has_nothing_to_amend(cast):
    fix = proposed_fix(cast, issue(cast, "A fee"))
    ask_customers_instead(fix=fix, by=cast.mina, now=at(week(20)))
    fix.shipped_at = at(week(20))
    fix.save()
    with pytest.raises(NotByCounts):
        amend_plan(fix=fix, reason="Just so", by=cast.olga, now=at(week(22)), lag_days=7)

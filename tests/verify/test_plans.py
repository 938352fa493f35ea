"""The yardstick is chosen before a fix ships."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from coalface.act.actions import (
    AlreadyDeclined,
    AlreadyMerged,
    AlreadyShipped,
    decline_fix,
    merge_fixes,
    ship,
)
from coalface.records.models import Basis, EvaluationPlan, Event, Exposure
from coalface.verify.actions import (
    BaselineNotOver,
    NewExposure,
    NotByItsOwner,
    NothingLeft,
    OverlappingExposure,
    ask_customers_instead,
    record_exposures,
    register_plan,
)
from coalface.verify.queries import Suggestion, judges, measures, suggest
from coalface.verify.queries.verdicts import fixes_to_judge
from tests.people import client_for
from tests.verify import at, done, issue, planned, proposed_fix, said, shipped, week

pytestmark = pytest.mark.django_db


def test_a_plan_counts_what_was_before_without_the_spike(cast):
    about = issue(cast, "A fee")
    done([cast.north, cast.south], 500, first=0, last=20, by=cast.adam)
    said(about, cast.north, [4] * 7 + [20] * 3, first=10)
    said(about, cast.south, [1] * 10, first=10)
    fix = proposed_fix(cast, about, unit=cast.north)
    plan = planned(cast, fix, spike_from=week(17), spike_until=week(20))
    plan = EvaluationPlan.objects.get(pk=plan.pk)
    assert (plan.basis, plan.measure, plan.judge, plan.registered_by) == (
        Basis.COUNTS,
        "contacts",
        cast.adam,
        cast.mina,
    )
    assert (plan.events_before, plan.exposure_before) == (28, 3_500)
    assert plan.decidable_on > week(20)
    assert Event.objects.get(kind="plan.registered").payload == {"plan": plan.pk, "basis": "counts"}


def test_the_smallest_effect_is_the_policy_unless_somebody_says_otherwise(cast):
    fix = proposed_fix(cast, issue(cast, "A fee"))
    assert planned(cast, fix, smallest_effect=None).smallest_effect == 0.7


def test_a_changed_plan_takes_the_place_of_the_one_before(cast):
    fix = proposed_fix(cast, issue(cast, "A fee"))
    planned(cast, fix)
    planned(cast, fix, lag_days=7)
    assert list(EvaluationPlan.objects.values_list("fix", "lag_days")) == [(fix.pk, 7)]


def test_a_plan_is_refused_once_the_fix_has_shipped_or_was_declined(cast):
    fix = shipped(cast, proposed_fix(cast, issue(cast, "A fee")))
    with pytest.raises(AlreadyShipped):
        planned(cast, fix)
    with pytest.raises(AlreadyShipped):
        ask_customers_instead(fix=fix, by=cast.mina, now=at(week(21)))
    other = proposed_fix(cast, issue(cast, "Another"))
    decline_fix(fix=other, reason="Not now", by=cast.sven, now=at(week(20)))
    with pytest.raises(AlreadyDeclined):
        planned(cast, other)


def test_what_became_part_of_another_needs_no_yardstick_and_waits_for_no_verdict(cast):
    about = issue(cast, "A fee")
    old, new = proposed_fix(cast, about), proposed_fix(cast, about)
    planned(cast, old)
    merge_fixes(fix=old, into=new, by=cast.sven, now=at(week(20)))
    with pytest.raises(AlreadyMerged):
        planned(cast, old)
    assert list(fixes_to_judge()) == []
    page = client_for(cast.mina).get(reverse("verify:register", args=[old.pk])).content.decode()
    assert "become part of another; how it is judged stays as it is." in page


def test_a_look_at_days_to_come_is_refused_before_they_are_counted(cast):
    fix = proposed_fix(cast, issue(cast, "A fee"))
    sent = {"measure": "contacts", "baseline_from": "2000-01-01", "baseline_until": "9999-12-31", "look": "1"}
    sent |= {"lag_days": 0, "smallest_effect": 0.5, "judge": cast.adam.pk}
    answer = client_for(cast.mina).post(reverse("verify:register", args=[fix.pk]), sent)
    assert "This time has to be over: today at the latest." in answer.content.decode()
    assert answer.context["foreseen"] is None


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"baseline_until": week(20) + timedelta(days=1)}, BaselineNotOver),
        ({"baseline_from": week(20)}, BaselineNotOver),
        ({"spike_from": week(10), "spike_until": week(20)}, NothingLeft),
    ],
)
def test_a_baseline_is_over_and_has_days(cast, more, refusal):
    fix = proposed_fix(cast, issue(cast, "A fee"))
    with pytest.raises(refusal):
        planned(cast, fix, **more)


def test_the_owner_is_not_the_judge(cast):
    fix = proposed_fix(cast, issue(cast, "A fee"))
    with pytest.raises(NotByItsOwner):
        planned(cast, fix, judge=cast.sven)


def test_customers_may_be_the_judges(cast):
    fix = proposed_fix(cast, issue(cast, "A fee"))
    plan = ask_customers_instead(fix=fix, by=cast.mina, now=at(week(20)))
    assert (plan.basis, plan.judge, plan.decidable_on) == (Basis.CUSTOMERS, None, None)
    ship(fix=fix, by=cast.sven, now=at(week(20)))


def test_the_last_26_whole_weeks_are_suggested_without_the_weeks_that_stand_out(cast):
    about = issue(cast, "A fee")
    said(about, cast.north, [4] * 20 + [10, 22, 9] + [3] * 3)
    fix = proposed_fix(cast, about)
    assert suggest(fix, week(26) + timedelta(days=3)) == Suggestion(week(0), week(26), week(20), week(23))


def test_a_year_is_suggested_where_it_is_known_that_far_back(cast):
    about = issue(cast, "A fee")
    said(about, cast.north, [4] * 30, first=-30)
    fix = proposed_fix(cast, about)
    assert suggest(fix, week(26)).baseline_from == week(0)
    done([cast.south], 500, first=-30, last=26, by=cast.adam)
    assert suggest(fix, week(26)).baseline_from == week(-26)
    only_north = proposed_fix(cast, about, unit=cast.north)
    assert suggest(only_north, week(26)).baseline_from == week(0)


@pytest.mark.parametrize("counts", [[4, 5] * 13, [0] * 25 + [3], [0] * 26])
def test_nothing_is_left_out_where_no_week_stands_out(cast, counts):
    about = issue(cast, "A fee")
    said(about, cast.north, counts)
    guess = suggest(proposed_fix(cast, about), week(26))
    assert (guess.spike_from, guess.spike_until) == (None, None)


def test_judges_have_the_right_where_the_fix_applies_and_do_not_own_it(cast):
    fix = proposed_fix(cast, issue(cast, "A fee"), unit=cast.north, owner=cast.rolf)
    assert list(judges(fix, date(2026, 3, 3))) == [cast.adam, cast.mina, cast.olga]
    everywhere = proposed_fix(cast, issue(cast, "Another"))
    assert list(judges(everywhere, date(2026, 3, 3))) == [cast.adam, cast.mina, cast.olga, cast.rolf]


def row(unit, first, last, quantity=10, measure="contacts"):
    return NewExposure(unit, measure, week(first), week(last), quantity, "till")


def test_exposure_recorded_again_corrects_what_was_there(cast):
    record_exposures(rows=[row(cast.north, 0, 1), row(cast.north, 1, 2)], by=cast.adam, now=at(week(3)))
    record_exposures(rows=[row(cast.north, 1, 2, quantity=99)], by=cast.adam, now=at(week(4)))
    assert list(Exposure.objects.values_list("from_on", "quantity")) == [(week(0), 10), (week(1), 99)]
    assert measures() == ["contacts"]
    assert [event.payload for event in Event.objects.filter(kind="exposures.recorded")] == [
        {"rows": 2},
        {"rows": 1},
    ]
    assert record_exposures(rows=[], by=cast.adam, now=at(week(4))) == []


def test_exposure_that_would_count_twice_is_refused(cast):
    record_exposures(rows=[row(cast.north, 0, 2)], by=cast.adam, now=at(week(3)))
    for twice in (row(cast.north, 1, 3), row(cast.root, 1, 2)):
        with pytest.raises(OverlappingExposure):
            record_exposures(rows=[twice], by=cast.adam, now=at(week(3)))
    record_exposures(rows=[row(cast.root, 1, 2, measure="orders")], by=cast.adam, now=at(week(3)))
    assert Exposure.objects.count() == 2


def test_a_period_partly_within_the_baseline_counts_by_its_days(cast):
    about = issue(cast, "A fee")
    whole = NewExposure(cast.root, "orders", week(8), week(12), 400, "till")
    rows = [whole, row(cast.root, 12, 20, measure="orders")]
    record_exposures(rows=rows, by=cast.adam, now=at(week(20)))
    plan = planned(cast, proposed_fix(cast, about), measure="orders")
    assert plan.exposure_before == 210


def test_without_anything_known_lately_there_is_no_day_to_name(cast):
    about = issue(cast, "A fee")
    done([cast.root], 500, first=0, last=20, by=cast.adam)
    said(about, cast.north, [10] * 10, first=5)
    fix = proposed_fix(cast, about)
    plan = register_plan(
        fix=fix,
        measure="contacts",
        baseline_from=week(5),
        baseline_until=week(15),
        judge=cast.adam,
        by=cast.mina,
        now=at(week(60)),
        smallest_effect=0.4,
    )
    assert (plan.events_before, plan.exposure_before, plan.decidable_on) == (100, 5_000, None)


def test_exposure_foretold_for_days_to_come_says_nothing_of_today(cast):
    fix = proposed_fix(cast, issue(cast, "A fee"))
    done([cast.root], 500, first=30, last=31, by=cast.adam)
    assert planned(cast, fix).decidable_on is None

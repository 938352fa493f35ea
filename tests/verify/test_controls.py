"""What a fix does not touch shows what would have happened anyway."""

import pytest

from coalface.act.actions import ship
from coalface.records.models import EvaluationPlan, Ruling
from coalface.verify.actions import NoControl, judge
from coalface.verify.queries import Alike, Window, issues_alike, units_alike
from tests.verify import at, done, issue, planned, proposed_fix, said, shipped, week
from tests.verify.test_judging import a_usual_year, spread

pytestmark = pytest.mark.django_db

BEFORE = Window(week(10), week(20))


def test_issues_named_about_as_often_without_a_fix_are_proposed(cast):
    about = issue(cast, "Cards")
    said(about, cast.north, [4] * 10, first=10)
    for title, rate in (("Alike", 5), ("Near", 3), ("Rare", 1), ("Loud", 30)):
        said(issue(cast, title), cast.north, [rate] * 10, first=10)
    busy = issue(cast, "Being worked on")
    said(busy, cast.north, [4] * 10, first=10)
    proposed_fix(cast, busy)
    elsewhere = issue(cast, "Only in the south")
    said(elsewhere, cast.south, [4] * 10, first=10)
    found = issues_alike(proposed_fix(cast, about, unit=cast.north), BEFORE)
    assert [(one.name, one.named) for one in found] == [("Alike", 50), ("Near", 30)]


def test_places_of_the_same_kind_that_it_does_not_reach_are_proposed(cast):
    about = issue(cast, "Cards")
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, [4] * 10, first=10)
    said(about, cast.south, [5] * 10, first=10)
    assert units_alike(proposed_fix(cast, about, unit=cast.north), "contacts", BEFORE) == [
        Alike(cast.south.pk, "South", 50)
    ]
    assert units_alike(proposed_fix(cast, about), "contacts", BEFORE) == []


def test_a_plan_writes_down_what_its_controls_were_before(cast):
    about, other = issue(cast, "Cards"), issue(cast, "Fees")
    done([cast.north, cast.south], 500, first=0, last=20, by=cast.adam)
    said(about, cast.north, [4] * 10, first=10)
    said(about, cast.south, [5] * 10, first=10)
    said(other, cast.north, [6] * 10, first=10)
    fix = proposed_fix(cast, about, unit=cast.north)
    plan = EvaluationPlan.objects.get(
        pk=planned(cast, fix, control_issues=[other], control_units=[cast.south]).pk
    )
    assert (plan.events_before, plan.exposure_before) == (40, 5_000)
    assert (plan.control_before, plan.control_exposure_before) == (110, 10_000)
    assert [*plan.control_issues.all(), *plan.control_units.all()] == [other, cast.south]
    alone = EvaluationPlan.objects.get(pk=planned(cast, fix).pk)
    assert (alone.control_before, alone.control_exposure_before) == (None, None)


def test_its_own_issue_and_places_it_reaches_are_no_controls(cast):
    about = issue(cast, "Cards")
    here, everywhere = proposed_fix(cast, about, unit=cast.north), proposed_fix(cast, about)
    for fix, more in (
        (here, {"control_issues": [about]}),
        (here, {"control_units": [cast.root]}),
        (everywhere, {"control_units": [cast.south]}),
    ):
        with pytest.raises(NoControl):
            planned(cast, fix, **more)


def with_control(cast, after):
    """42 → 18 beside 100 → `after`: the worked example of difference in differences."""
    about, other = issue(cast, "Cards are blocked abroad"), issue(cast, "Fees")
    a_usual_year(cast)
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, spread(42) + spread(18), first=10)
    said(other, cast.north, spread(100) + spread(after), first=10)
    fix = shipped(cast, proposed_fix(cast, about), control_issues=[other], smallest_effect=0.5)
    EvaluationPlan.objects.update(decidable_on=week(30))
    return judge(fix=fix, by=cast.adam, now=at(week(30)))


def test_a_control_that_falls_as_well_turns_verified_into_not_proven(cast):
    verdict = with_control(cast, after=80)
    assert (verdict.control_after, verdict.control_exposure_after) == (80, 10_000)
    assert round(verdict.ratio, 3) == 0.536
    assert 0.28 < verdict.ratio_low < 0.29
    assert 1 < verdict.ratio_high < 1.01
    assert verdict.ruling == Ruling.NOT_ENOUGH_EVIDENCE or verdict.ruling == Ruling.IMPROVED_NOT_PROVEN


def test_a_control_nothing_is_known_of_keeps_a_fix_from_being_verified(cast):
    about, other = issue(cast, "Cards are blocked abroad"), issue(cast, "Never heard of")
    a_usual_year(cast)
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, spread(82) + spread(18), first=10)
    fix = shipped(cast, proposed_fix(cast, about), control_issues=[other])
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert "control_unknown" in verdict.warnings
    assert verdict.ruling == Ruling.NOT_ENOUGH_EVIDENCE or verdict.ruling == Ruling.IMPROVED_NOT_PROVEN


def test_a_fix_for_what_a_control_is_part_of_touches_the_control(cast):
    about = issue(cast, "Cards are blocked abroad")
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    for unit in (cast.north, cast.south):
        said(about, unit, spread(42) + spread(18), first=10)
    fix = shipped(cast, proposed_fix(cast, about, unit=cast.north), control_units=[cast.south])
    other = proposed_fix(cast, about, unit=cast.root)
    planned(cast, other)
    ship(fix=other, by=cast.sven, now=at(week(22)))
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert f"control_touched:{other.pk}" in verdict.warnings

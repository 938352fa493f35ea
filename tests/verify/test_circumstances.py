"""Whatever happens around a check has a defined outcome that everybody can see."""

from datetime import UTC, datetime, timedelta

import pytest

from coalface.act.actions import ship
from coalface.customers.actions import erase
from coalface.records.models import Exposure, Mention, Ruling, Touchpoint, Unit
from coalface.understand.actions import merge
from coalface.verify.actions import judge, judge_due
from tests.verify import BEGAN_ON, at, done, issue, planned, proposed_fix, raised_by, said, shipped, week
from tests.verify.test_judging import a_usual_year, card_block, spread

pytestmark = pytest.mark.django_db


def codes(verdict):
    return [code.split(":")[0] for code in verdict.warnings]


def test_the_worked_example_says_what_has_to_be_said_and_no_more(cast):
    verdict = judge(fix=card_block(cast), by=cast.adam, now=at(week(30)))
    assert verdict.ruling == Ruling.VERIFIED
    assert codes(verdict) == ["no_control", "season_unknown"]


def test_what_is_known_only_since_the_fix_leaves_nothing_to_compare_with(cast):
    about = issue(cast, "Cards")
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    fix = shipped(cast, proposed_fix(cast, about))
    said(about, cast.north, spread(18), first=20)
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert (verdict.ruling, verdict.missing) == (Ruling.NOT_ENOUGH_EVIDENCE, "before")


def test_a_time_before_that_begins_before_anything_was_heard_is_said(cast):
    about = issue(cast, "Cards")
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, [0] * 4 + [7] * 6 + spread(18), first=10)
    verdict = judge(fix=shipped(cast, proposed_fix(cast, about)), by=cast.adam, now=at(week(30)))
    assert "data_begin_late" in codes(verdict)


def test_exposure_of_nothing_is_missing_exposure(cast):
    fix = card_block(cast)
    Exposure.objects.update(quantity=0)
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert (verdict.ruling, verdict.missing) == (Ruling.NOT_ENOUGH_EVIDENCE, "exposure")


def test_a_week_nobody_recorded_counts_against_the_fix_and_is_said(cast):
    fix = card_block(cast)
    Exposure.objects.filter(from_on=week(25)).delete()
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert (verdict.events_after, verdict.exposure_after) == (18, 9_000)
    assert "days_unknown" in codes(verdict)


def test_while_some_of_what_was_done_is_not_known_nothing_is_called_worse(cast):
    fix = card_block(cast, after=90)
    assert judge(fix=fix, by=cast.adam, now=at(week(30))).ruling == Ruling.WORSE
    Exposure.objects.filter(from_on__gte=week(26), unit=cast.south).delete()
    said(fix.issue, cast.south, [1], first=27)
    verdict = judge(fix=fix, by=cast.adam, now=at(week(31)))
    assert (verdict.ruling, verdict.missing) == (Ruling.NOT_ENOUGH_EVIDENCE, "exposure")
    assert "days_unknown" in codes(verdict)


def test_a_place_that_closed_is_no_hole_in_what_is_known(cast):
    fix = card_block(cast)
    Exposure.objects.filter(from_on__gte=week(26), unit=cast.south).delete()
    assert "days_unknown" not in codes(judge(fix=fix, by=cast.adam, now=at(week(30))))


def test_an_issue_merged_after_the_verdict_is_no_relapse(cast):
    fix = card_block(cast)
    twin = issue(cast, "Card refused in Spain")
    said(twin, cast.north, spread(60) + spread(60) + [6] * 6, first=10)
    assert judge(fix=fix, by=cast.adam, now=at(week(30))).ruling == Ruling.VERIFIED
    said(fix.issue, cast.north, [2] * 6, first=30)
    done([cast.north, cast.south], 500, first=30, last=36, by=cast.adam)
    merge(issue=twin, into=fix.issue, by=cast.adam, now=at(week(35)))
    assert judge_due(now=at(week(36))) == []


def test_weeks_nobody_recorded_are_no_relapse(cast):
    fix = card_block(cast)
    assert judge(fix=fix, by=cast.adam, now=at(week(30))).ruling == Ruling.VERIFIED
    said(fix.issue, cast.north, [2] * 20, first=30)
    for place in range(30, 50, 4):
        done([cast.north, cast.south], 500, first=place, last=place + 1, by=cast.adam)
    assert judge_due(now=at(week(50))) == []


def test_a_control_that_became_part_of_the_issue_keeps_it_from_being_verified(cast):
    about, beside = issue(cast, "Cards are blocked abroad"), issue(cast, "Cards are late")
    a_usual_year(cast)
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, spread(82) + spread(20), first=10)
    said(beside, cast.north, spread(5) + spread(3), first=10)
    fix = shipped(cast, proposed_fix(cast, about), control_issues=[beside])
    judge(fix=fix, by=cast.adam, now=at(week(21)))
    merge(issue=beside, into=about, by=cast.adam, now=at(week(25)))
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert verdict.ratio_high < 1
    assert verdict.ruling == Ruling.IMPROVED_NOT_PROVEN
    assert "control_unknown" in codes(verdict)


def test_two_fixes_at_once_are_both_warned_and_neither_is_verified_by_counts(cast):
    first = card_block(cast, after=2)
    second = proposed_fix(cast, first.issue)
    planned(cast, second)
    second = ship(fix=second, by=cast.sven, now=at(week(22)))
    for fix, other in ((first, second), (second, first)):
        verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
        assert f"overlapping:{other.pk}" in verdict.warnings
        assert verdict.ruling != Ruling.VERIFIED


def test_two_fixes_in_different_places_do_not_overlap(cast):
    first = card_block(cast)
    far = proposed_fix(cast, first.issue, unit=cast.south)
    near = proposed_fix(cast, first.issue, unit=cast.north)
    for fix in (far, near):
        planned(cast, fix)
    ship(fix=far, by=cast.sven, now=at(week(22)))
    near = ship(fix=near, by=cast.sven, now=at(week(22)))
    said_of_near = judge(fix=near, by=cast.adam, now=at(week(30))).warnings
    assert [code for code in said_of_near if code.startswith("overlapping")] == [f"overlapping:{first.pk}"]


def test_an_issue_merged_in_the_middle_counts_before_and_after_and_is_said(cast):
    fix = card_block(cast)
    twin = issue(cast, "Card refused in Spain")
    said(twin, cast.north, spread(20) + spread(5), first=10)
    judge(fix=fix, by=cast.adam, now=at(week(21)))
    merge(issue=twin, into=fix.issue, by=cast.adam, now=at(week(25)))
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert verdict.events_after == 23
    assert {f"merged:{twin.pk}", "recounted:62:10000"} <= set(verdict.warnings)
    assert round(verdict.ratio, 3) == round(23 / 62, 3)


def test_an_issue_that_becomes_part_of_another_takes_its_check_along(cast):
    fix = card_block(cast)
    whole = issue(cast, "Cards do not work")
    said(whole, cast.north, spread(20) + spread(5), first=10)
    judge(fix=fix, by=cast.adam, now=at(week(21)))
    merge(issue=fix.issue, into=whole, by=cast.adam, now=at(week(25)))
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert verdict.events_after == 23
    assert {f"merged:{fix.issue_id}", "recounted:62:10000"} <= set(verdict.warnings)


def test_customers_erased_in_between_stay_in_the_counts(cast):
    fix = card_block(cast)
    raised_by(cast.petra, fix.issue)
    erase(customer=cast.petra, by=cast.mina, now=at(week(22)))
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert (verdict.events_after, verdict.ruling) == (18, Ruling.VERIFIED)
    assert "recounted" not in codes(verdict)


def test_a_day_of_23_hours_and_one_of_25_are_days(cast):
    """Clocks go forward on 30 March and back on 26 October 2025 in Zurich."""
    about = issue(cast, "Cards")
    done([cast.north], 700, first=0, last=40, by=cast.adam)
    moments = [
        datetime(2025, 3, 29, 22, 59, tzinfo=UTC),  # 23:59 on the 29th
        datetime(2025, 3, 29, 23, 0, tzinfo=UTC),  # 00:00 on the 30th
        datetime(2025, 3, 30, 21, 59, tzinfo=UTC),  # 23:59 on the 30th
        datetime(2025, 3, 30, 22, 0, tzinfo=UTC),  # 00:00 on the 31st
    ]
    for mention, moment in zip(said(about, cast.north, [4]), moments, strict=True):
        Mention.objects.filter(pk=mention.pk).update(happened_at=moment)
    sunday = BEGAN_ON + timedelta(days=27)
    plan = planned(
        cast,
        proposed_fix(cast, about, unit=cast.north, owner=cast.fay),
        baseline_from=sunday,
        baseline_until=sunday + timedelta(days=1),
    )
    assert (plan.events_before, plan.exposure_before) == (2, 100)


def test_other_clocks_are_said_with_the_verdict(cast):
    about = issue(cast, "Cards")
    a_usual_year(cast)
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, spread(42) + spread(18), first=10)
    fix = shipped(cast, proposed_fix(cast, about, unit=cast.north, owner=cast.fay))
    Unit.objects.filter(pk=cast.north.pk).update(time_zone="Asia/Tokyo")
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert "clocks_changed" in codes(verdict)
    assert "altered" not in codes(verdict)


def test_a_plan_altered_in_silence_is_said_with_the_verdict(cast):
    fix = card_block(cast)
    type(fix.evaluation_plan).objects.update(smallest_effect=0.9)
    assert "altered" in codes(judge(fix=fix, by=cast.adam, now=at(week(30))))


def test_a_form_that_was_closed_verifies_nothing(cast):
    about = issue(cast, "Cards are blocked abroad")
    for place, rate in enumerate((12, 30, 55, 80, 20)):
        said(issue(cast, f"Something else {place}"), cast.north, spread(rate) + spread(rate // 4), first=10)
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, spread(82) + spread(20), first=10)
    verdict = judge(fix=shipped(cast, proposed_fix(cast, about)), by=cast.adam, now=at(week(30)))
    assert verdict.ruling == Ruling.NOT_ENOUGH_EVIDENCE
    assert "channel_closed" in codes(verdict)


def test_complaints_that_moved_to_a_sibling_are_noticed(cast):
    counter = Touchpoint.objects.create(key="counter", name="At the counter", stage="use", order=1)
    about, sibling = issue(cast, "Cards are blocked abroad"), issue(cast, "Cards are refused")
    for each in (about, sibling):
        each.touchpoint = counter
        each.save()
    a_usual_year(cast)
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, spread(82) + spread(20), first=10)
    said(sibling, cast.north, spread(30) + spread(92), first=10)
    verdict = judge(fix=shipped(cast, proposed_fix(cast, about)), by=cast.adam, now=at(week(30)))
    assert verdict.ruling != Ruling.VERIFIED
    assert "substitution" in codes(verdict)
    assert verdict.family_ratio == 1.0

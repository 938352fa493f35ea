"""Did it work: by counts, with luck taken into account."""

from datetime import timedelta

import pytest

from coalface.act.actions import ship
from coalface.records.models import Event, Ruling, Verdict
from coalface.verify.actions import (
    NotByCounts,
    NotByItsOwner,
    NotShipped,
    TooEarly,
    ask_customers_instead,
    judge,
    judge_due,
)
from tests.people import Cast
from tests.verify import at, done, issue, planned, proposed_fix, said, shipped, week

pytestmark = pytest.mark.django_db


def spread(total: int, weeks: int = 10) -> list[int]:
    """A total over weeks, as even as whole numbers allow."""
    return [total // weeks + (place < total % weeks) for place in range(weeks)]


def a_usual_year(cast: Cast) -> None:
    """Other issues in both branches, so that it is known how rates differ by luck."""
    for place, rate in enumerate((12, 30, 55, 80, 20)):
        other = issue(cast, f"Something else {place}")
        said(other, cast.north, spread(rate) * 5, first=10)
        said(other, cast.south, spread(rate + 7) * 5, first=10)


def card_block(cast: Cast, after: int = 18):
    """The worked example: 42 in 10,000 contacts before, 18 in 10,000 after."""
    about = issue(cast, "Cards are blocked abroad")
    a_usual_year(cast)
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, spread(42), first=10)
    said(about, cast.north, spread(after), first=20)
    return shipped(cast, proposed_fix(cast, about))


def test_42_before_and_18_after_in_10_000_contacts_each_is_verified(cast):
    fix = card_block(cast)
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    verdict = Verdict.objects.get(pk=verdict.pk)
    plan = fix.evaluation_plan
    assert (plan.events_before, plan.exposure_before) == (42, 10_000)
    assert (verdict.events_after, verdict.exposure_after) == (18, 10_000)
    assert (verdict.after_from, verdict.after_until) == (week(20), week(30))
    assert [round(figure, 4) for figure in (verdict.ratio, verdict.ratio_low, verdict.ratio_high)] == [
        0.4286,
        0.2322,
        0.7608,
    ]
    assert 0.001 < verdict.p < 0.01
    assert 30 < verdict.expected < 44
    assert verdict.events_after < verdict.expected_low < verdict.expected < verdict.expected_high
    assert (verdict.ruling, verdict.missing, verdict.judged_by) == (Ruling.VERIFIED, "", cast.adam)
    assert Event.objects.get(kind="fix.judged").payload == {"verdict": verdict.pk, "ruling": "verified"}
    assert not Event.objects.filter(kind="issue.reopened").exists()


def test_without_exposure_there_is_not_enough_evidence_and_exposure_is_missing(cast):
    about = issue(cast, "Cards are blocked abroad")
    said(about, cast.north, spread(42), first=10)
    fix = shipped(cast, proposed_fix(cast, about))
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert (verdict.ruling, verdict.missing, verdict.ratio) == (Ruling.NOT_ENOUGH_EVIDENCE, "exposure", None)
    assert fix.evaluation_plan.decidable_on is None


def test_a_hole_in_what_is_known_before_counts_as_nothing_known(cast):
    about = issue(cast, "Cards are blocked abroad")
    done([cast.north], 500, first=0, last=14, by=cast.adam)
    done([cast.north], 500, first=15, last=30, by=cast.adam)
    done([cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, spread(42), first=10)
    assert planned(cast, proposed_fix(cast, about)).exposure_before == 0


def test_a_spike_that_falls_by_itself_is_not_verified_and_its_naive_ratio_is_a_warning(cast):
    about = issue(cast, "A fee nobody understands")
    a_usual_year(cast)
    done([cast.north, cast.south], 500, first=0, last=60, by=cast.adam)
    usual, raised = [4] * 7, [20, 25, 22]
    said(about, cast.north, usual + raised + [4] * 40, first=10)
    fix = shipped(
        cast,
        proposed_fix(cast, about, unit=cast.north, owner=cast.fay),
        spike_from=week(17),
        spike_until=week(20),
    )
    assert fix.evaluation_plan.events_before == 28
    verdict = judge(fix=fix, by=cast.adam, now=at(week(50)))
    assert verdict.ruling != Ruling.VERIFIED
    assert 0.15 < verdict.naive_ratio < 0.7
    assert 0.8 < verdict.ratio < 1.2


def test_before_it_is_decidable_there_is_not_enough_evidence_until_a_date(cast):
    fix = card_block(cast)
    verdict = judge(fix=fix, by=cast.adam, now=at(week(21)))
    assert (verdict.ruling, verdict.missing) == (Ruling.NOT_ENOUGH_EVIDENCE, "time")
    assert week(21) < verdict.decidable_on <= week(31)
    assert (verdict.events_after, verdict.exposure_after) == (2, 1_000)


def test_a_lag_is_left_out_and_a_judgement_within_it_waits(cast):
    fix = card_block(cast)
    fix.evaluation_plan.lag_days = 14
    fix.evaluation_plan.save()
    verdict = judge(fix=fix, by=cast.adam, now=at(week(21)))
    assert (verdict.missing, verdict.events_after, verdict.exposure_after) == ("time", 0, 0)
    assert verdict.after_from == verdict.after_until == week(22)
    assert verdict.decidable_on > week(22)


def test_too_few_before_can_never_be_decided_by_counts(cast):
    about = issue(cast, "Rare")
    done([cast.north], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, spread(3), first=10)
    fix = shipped(cast, proposed_fix(cast, about))
    assert fix.evaluation_plan.decidable_on is None
    assert judge(fix=fix, by=cast.adam, now=at(week(25))).missing == "events"
    fix.evaluation_plan.lag_days = 70
    fix.evaluation_plan.save()
    assert judge(fix=fix, by=cast.adam, now=at(week(26))).missing == "events"


def test_without_other_issues_luck_is_unknown_and_nothing_is_verified(cast):
    about = issue(cast, "Cards are blocked abroad")
    done([cast.north, cast.south], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, spread(42) + spread(10), first=10)
    said(issue(cast, "The only other one"), cast.north, [9] * 20, first=10)
    fix = shipped(cast, proposed_fix(cast, about))
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert (verdict.ruling, verdict.missing, verdict.expected) == (Ruling.IMPROVED_NOT_PROVEN, "prior", None)


def test_a_fix_that_changed_nothing_opens_the_issue_again(cast):
    about = issue(cast, "Waiting at noon")
    a_usual_year(cast)
    done([cast.north, cast.south], 50_000, first=0, last=30, by=cast.adam)
    said(about, cast.north, [200] * 20, first=10)
    fix = shipped(cast, proposed_fix(cast, about), smallest_effect=0.7)
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert verdict.ruling == Ruling.NO_CHANGE
    assert Event.objects.get(kind="issue.reopened").payload == {
        "fix": fix.pk,
        "verdict": verdict.pk,
        "ruling": "no_change",
    }


def test_a_fix_that_made_it_worse_opens_the_issue_again(cast):
    fix = card_block(cast, after=90)
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert verdict.ruling == Ruling.WORSE
    assert Event.objects.filter(kind="issue.reopened", about_id=str(fix.issue_id)).exists()


def test_what_comes_back_after_it_was_verified_has_relapsed(cast):
    fix = card_block(cast)
    assert judge(fix=fix, by=cast.adam, now=at(week(30))).ruling == Ruling.VERIFIED
    said(fix.issue, cast.north, [8] * 6, first=30)
    done([cast.north, cast.south], 500, first=30, last=36, by=cast.adam)
    again = judge(fix=fix, by=cast.adam, now=at(week(36)))
    assert again.ruling == Ruling.RELAPSED
    assert (again.after_from, again.after_until, again.events_after) == (week(30), week(36), 48)
    assert again.ratio_low > 0.7608


def test_what_stays_away_after_it_was_verified_stays_verified(cast):
    fix = card_block(cast)
    judge(fix=fix, by=cast.adam, now=at(week(30)))
    said(fix.issue, cast.north, [2] * 6, first=30)
    done([cast.north, cast.south], 500, first=30, last=36, by=cast.adam)
    again = judge(fix=fix, by=cast.adam, now=at(week(36)))
    assert (again.ruling, again.events_after) == (Ruling.VERIFIED, 30)


def test_the_day_after_it_was_verified_nothing_new_is_known(cast):
    fix = card_block(cast)
    judge(fix=fix, by=cast.adam, now=at(week(30)))
    again = judge(fix=fix, by=cast.adam, now=at(week(30) + timedelta(days=1)))
    assert (again.ruling, again.events_after) == (Ruling.VERIFIED, 18)


def test_a_spike_nobody_is_known_to_have_named_gives_no_naive_ratio(cast):
    about = issue(cast, "A fee")
    done([cast.north], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, spread(42), first=10)
    fix = shipped(cast, proposed_fix(cast, about), 26, spike_from=week(21), spike_until=week(22))
    assert judge(fix=fix, by=cast.adam, now=at(week(30))).naive_ratio is None


def test_what_gets_worse_altogether_after_it_was_verified_has_relapsed(cast):
    fix = card_block(cast)
    judge(fix=fix, by=cast.adam, now=at(week(30)))
    said(fix.issue, cast.north, [30] * 20, first=30)
    done([cast.north, cast.south], 500, first=30, last=50, by=cast.adam)
    assert judge(fix=fix, by=cast.adam, now=at(week(50))).ruling == Ruling.RELAPSED


def test_its_owner_does_not_judge_a_fix(cast):
    fix = card_block(cast)
    with pytest.raises(NotByItsOwner):
        judge(fix=fix, by=cast.sven, now=at(week(30)))


def test_nothing_is_judged_before_or_on_the_day_it_ships(cast):
    fix = proposed_fix(cast, issue(cast, "Cards"))
    planned(cast, fix)
    with pytest.raises(NotShipped):
        judge(fix=fix, by=cast.adam, now=at(week(20)))
    fix = ship(fix=fix, by=cast.sven, now=at(week(20)))
    with pytest.raises(TooEarly):
        judge(fix=fix, by=cast.adam, now=at(week(20), hour=20))


def test_what_customers_judge_is_not_judged_by_counts(cast):
    fix = proposed_fix(cast, issue(cast, "Cards"))
    ask_customers_instead(fix=fix, by=cast.mina, now=at(week(20)))
    ship(fix=fix, by=cast.sven, now=at(week(20)))
    with pytest.raises(NotByCounts):
        judge(fix=fix, by=cast.adam, now=at(week(21)))
    assert judge_due(now=at(week(40))) == []


def test_judging_twice_on_one_day_is_one_verdict(cast):
    fix = card_block(cast)
    first = judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert judge(fix=fix, by=cast.olga, now=at(week(30), hour=15)) == first
    assert Verdict.objects.count() == 1


def test_what_has_become_decidable_is_judged_once_in_the_name_of_its_judge(cast):
    fix = card_block(cast)
    done([cast.north, cast.south], 500, first=30, last=40, by=cast.adam)
    assert judge_due(now=at(week(21))) == []
    [verdict] = judge_due(now=at(week(30)))
    assert (verdict.fix, verdict.judged_by, verdict.ruling) == (fix, cast.adam, Ruling.VERIFIED)
    assert judge_due(now=at(week(30) + timedelta(days=1))) == []


def test_what_was_too_early_is_judged_again_on_the_day_it_named(cast):
    fix = card_block(cast)
    early = judge(fix=fix, by=cast.adam, now=at(week(21)))
    assert judge_due(now=at(early.decidable_on - timedelta(days=1))) == []
    [verdict] = judge_due(now=at(early.decidable_on))
    assert verdict.fix == fix


def test_exposure_that_stops_is_asked_for_again_after_four_weeks(cast):
    fix = card_block(cast)
    done([cast.north], 500, first=30, last=31, by=cast.adam)
    fix.shipped_at = at(week(31))
    fix.save()
    verdict = judge(fix=fix, by=cast.adam, now=at(week(60)))
    assert verdict.missing == "exposure"
    assert judge_due(now=at(week(63))) == []
    assert len(judge_due(now=at(week(64)))) == 1

"""One change proposed twice becomes one, and some have to ship before others."""

import pytest

from coalface.act.actions import (
    AlreadyMerged,
    AlreadyShipped,
    CannotMergeFixes,
    InACircle,
    NeedsOthersFirst,
    accept_fix,
    merge_fixes,
    register_opportunity,
    set_needs,
    ship,
    take_back,
)
from coalface.act.queries import fix_with_all, fixes, waiting_for
from coalface.records.models import (
    Cost,
    Decision,
    EvaluationPlan,
    Fix,
    FixOffer,
    Lane,
    Opportunity,
    Telling,
)
from coalface.understand.actions import merge
from coalface.verify.queries.verdicts import fixes_to_judge
from tests.act.test_fixes import before, kinds, opened
from tests.people import NOW
from tests.verify import issue, planned, proposed_fix, week

pytestmark = pytest.mark.django_db


def two(cast, about=None, **more):
    about = about or issue(cast, "Waiting")
    return opened(cast, issue=about, owner=cast.mina, **more), opened(cast, issue=about, owner=cast.mina)


def test_a_double_becomes_part_of_the_other_with_what_was_told_and_what_it_cost(cast):
    double, kept = two(cast)
    Cost.objects.create(fix=double, hours=2, put_down_by=cast.mina, put_down_at=NOW)
    for fix, person in ((double, cast.fay), (kept, cast.fay), (double, cast.gus)):
        Telling.objects.create(fix=fix, person=person, at=NOW)
    merge_fixes(fix=double, into=kept, by=cast.mina, now=NOW)
    assert waiting_for(fix_with_all(double.pk).get()) == "merged"
    assert list(fixes(week(20))) == [kept]
    assert list(Cost.objects.values_list("fix", flat=True)) == [kept.pk]
    assert set(Telling.objects.values_list("fix", "person")) == {
        (double.pk, cast.fay.pk),
        (kept.pk, cast.fay.pk),
        (kept.pk, cast.gus.pk),
    }
    assert kinds(double)[-1] == "fix.merged"
    with pytest.raises(AlreadyMerged):
        merge_fixes(fix=double, into=kept, by=cast.mina, now=NOW)
    with pytest.raises(AlreadyMerged):
        accept_fix(fix=double, by=cast.mina, now=NOW)


def test_what_is_merged_into_what_is_merged_is_part_of_the_last(cast):
    about = issue(cast, "Waiting")
    one, other = two(cast, about)
    last = opened(cast, issue=about, owner=cast.mina)
    merge_fixes(fix=one, into=other, by=cast.mina, now=NOW)
    merge_fixes(fix=other, into=last, by=cast.mina, now=NOW)
    assert set(Fix.objects.filter(merged_into=last)) == {one, other}


def test_only_open_fixes_of_one_issue_merge_into_one_that_holds_where_they_did(cast):
    about = issue(cast, "Waiting")
    everywhere, north, south = (
        opened(cast, issue=about, owner=cast.mina, unit=unit) for unit in (None, cast.north, cast.south)
    )
    elsewhere = opened(cast, issue=issue(cast, "Tills"), owner=cast.mina)
    for fix, into in ((everywhere, north), (north, south), (everywhere, elsewhere), (north, north)):
        with pytest.raises(CannotMergeFixes):
            merge_fixes(fix=fix, into=into, by=cast.mina, now=NOW)
    merge_fixes(fix=north, into=everywhere, by=cast.mina, now=NOW)


def test_who_was_asked_and_what_is_to_be_decided_goes_along(cast):
    about = issue(cast, "Waiting")
    double = opened(cast, issue=about, lane=Lane.NEEDS_A_DECISION, **before(cast.rolf))
    looking, taken = opened(cast, issue=about), opened(cast, issue=about, owner=cast.mina)
    merge_fixes(fix=double, into=taken, by=cast.mina, now=NOW)
    assert (FixOffer.objects.get(fix=double).answered_by, Decision.objects.get().fix) == (cast.mina, taken)
    assert Fix.objects.get(pk=taken.pk).lane == Lane.NEEDS_A_DECISION
    again = opened(cast, issue=about, lane=Lane.NEEDS_A_DECISION, **before(cast.rolf))
    with pytest.raises(CannotMergeFixes):
        merge_fixes(fix=again, into=taken, by=cast.mina, now=NOW)
    FixOffer.objects.filter(fix=looking).delete()
    merge_fixes(fix=again, into=looking, by=cast.mina, now=NOW)
    assert FixOffer.objects.waiting().get().fix == looking


def test_who_is_to_judge_what_stays_is_not_asked_to_make_it(cast):
    about = issue(cast, "Waiting")
    double, kept = opened(cast, issue=about), opened(cast, issue=about)
    take_back(fix=kept, by=cast.mina, now=NOW)
    planned(cast, kept, judge=cast.sven)
    merge_fixes(fix=double, into=kept, by=cast.mina, now=NOW)
    assert not FixOffer.objects.waiting().exists()


def test_what_customers_want_goes_along_and_a_yardstick_stays_with_what_it_was_sealed_for(cast):
    double, kept = two(cast, lane=Lane.OPPORTUNITY)
    register_opportunity(fix=double, customers_wanted=5, smallest_share=0.2, by=cast.mina, now=NOW)
    planned(cast, double, judge=cast.adam)
    merge_fixes(fix=double, into=kept, by=cast.mina, now=NOW)
    assert (Opportunity.objects.get().fix, EvaluationPlan.objects.get().fix) == (kept, double)
    assert not fixes_to_judge("planned").exists()


def test_what_has_shipped_is_neither_merged_nor_merged_into(cast):
    double, kept = two(cast)
    planned(cast, double, judge=cast.adam)
    ship(fix=double, by=cast.mina, now=NOW)
    for fix, into in ((double, kept), (kept, double)):
        with pytest.raises(AlreadyShipped):
            merge_fixes(fix=fix, into=into, by=cast.mina, now=NOW)


def test_nothing_ships_before_what_it_needs(cast):
    fix, first = proposed_fix(cast, issue(cast, "Tills")), proposed_fix(cast, issue(cast, "Cards"))
    set_needs(fix=fix, needs=[first], by=cast.mina, now=NOW)
    planned(cast, fix)
    with pytest.raises(NeedsOthersFirst) as refused:
        ship(fix=fix, by=cast.sven, now=NOW)
    assert refused.value.fixes == [first]
    planned(cast, first)
    ship(fix=first, by=cast.sven, now=NOW)
    assert ship(fix=fix, by=cast.sven, now=NOW).shipped_at == NOW


def test_nothing_waits_for_itself(cast):
    one, two, three = (opened(cast, owner=cast.mina) for _ in range(3))
    set_needs(fix=one, needs=[two], by=cast.mina, now=NOW)
    set_needs(fix=two, needs=[three], by=cast.mina, now=NOW)
    for needs in ([one], [three]):
        with pytest.raises(InACircle):
            set_needs(fix=three, needs=needs, by=cast.mina, now=NOW)
    set_needs(fix=one, needs=[two], by=cast.mina, now=NOW)
    assert kinds(one).count("fix.needs_set") == 1


def test_what_needed_the_double_needs_what_it_became(cast):
    double, kept = two(cast)
    later, sooner = opened(cast, owner=cast.mina), opened(cast, owner=cast.mina)
    set_needs(fix=later, needs=[double], by=cast.mina, now=NOW)
    set_needs(fix=double, needs=[sooner, kept], by=cast.mina, now=NOW)
    merge_fixes(fix=double, into=kept, by=cast.mina, now=NOW)
    assert (list(later.needs.all()), list(kept.needs.all()), list(double.needs.all())) == (
        [kept],
        [sooner],
        [],
    )
    circle = opened(cast, issue=kept.issue, owner=cast.mina)
    set_needs(fix=circle, needs=[later], by=cast.mina, now=NOW)
    with pytest.raises(InACircle):
        merge_fixes(fix=circle, into=kept, by=cast.mina, now=NOW)


def test_a_fix_that_is_part_of_another_keeps_no_issue_from_merging(cast):
    double, kept = two(cast)
    planned(cast, double, judge=cast.adam)
    merge_fixes(fix=double, into=kept, by=cast.mina, now=NOW)
    merge(issue=kept.issue, into=issue(cast, "Queues"), by=cast.adam, now=NOW)

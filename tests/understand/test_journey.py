"""The customer's way: touchpoints in their order, links, cohorts, and what each step is like."""

import itertools
from datetime import date, timedelta

import pytest

from coalface.hear.actions import NewFeedback, take_in
from coalface.records.models import (
    Clause,
    Cohort,
    CohortCount,
    Event,
    Feedback,
    Handoff,
    Policy,
    Touchpoint,
    TouchpointJudgement,
)
from coalface.understand.actions import (
    AlreadyLinked,
    Circle,
    DoesNotFit,
    InUse,
    Nameless,
    NoCounts,
    add_touchpoint,
    answer_for,
    change_touchpoint,
    connect,
    correct_cohort,
    count_cohort,
    disconnect,
    judge_touchpoints,
    move_touchpoint,
    propose_issue,
    reconnect,
    remove_cohort,
    remove_touchpoint,
)
from coalface.understand.queries import Reached, in_order, journey, quotes_at, step_from
from tests.people import NOW

pytestmark = pytest.mark.django_db

JANUARY = {"name": "January", "from_on": date(2026, 1, 1), "until_on": date(2026, 2, 1)}


def stop_of(cast, name, stage="using", order=1):
    return add_touchpoint(key=name.lower(), name=name, stage=stage, order=order, by=cast.adam, now=NOW)


def way_of(cast, *names):
    return [stop_of(cast, name, order=place) for place, name in enumerate(names, 1)]


def chain_of(cast, *names):
    stops = way_of(cast, *names)
    for giver, taker in itertools.pairwise(stops):
        connect(giver=giver, taker=taker, by=cast.adam, now=NOW)
    return stops


def names():
    return [(one.name, one.stage) for one in in_order()]


def counted(cast, stops, *numbers, **more):
    counts = [Reached(stop, number) for stop, number in zip(stops, numbers, strict=True)]
    return count_cohort(counts=counts, by=cast.adam, now=NOW, **JANUARY | more)


def rated(cast, stop, *ratings, **more):
    """Feedback of the north with these ratings; a pair is a rating and its words."""
    pairs = [one if isinstance(one, tuple) else (one, "") for one in ratings]
    rows = [
        NewFeedback(
            source="panel",
            source_id="",
            channel="app",
            kind="like",
            received_at=NOW - timedelta(days=3),
            unit=cast.north,
            touchpoint=stop,
            csat=rating,
            text=text,
            **more,
        )
        for rating, text in pairs
    ]
    take_in(rows=rows, by=None, now=NOW)


def sound(polarity, *texts):
    for feedback in Feedback.objects.filter(verbatim__text__in=texts).select_related("verbatim"):
        end = len(feedback.verbatim.text)
        Clause.objects.create(verbatim=feedback.verbatim, start=0, end=end, polarity=polarity)


def test_a_touchpoint_moves_and_the_others_make_room(cast):
    look, till, bill = way_of(cast, "Look", "Till", "Bill")
    move_touchpoint(touchpoint=bill, stage="using", place=0, by=cast.adam, now=NOW)
    assert names() == [("Bill", "using"), ("Look", "using"), ("Till", "using")]
    move_touchpoint(touchpoint=look, stage="before", place=0, by=cast.adam, now=NOW)
    assert names() == [("Look", "before"), ("Bill", "using"), ("Till", "using")]
    assert list(Touchpoint.objects.values_list("key", "order")) == [("look", 1), ("bill", 2), ("till", 3)]
    assert Event.objects.filter(kind="touchpoint.moved", about_id=till.pk).count() == 0


def test_a_step_earlier_or_later_crosses_into_the_stage_beside(cast):
    look, till = stop_of(cast, "Look", "joining"), stop_of(cast, "Till")
    bill = stop_of(cast, "Bill", order=2)
    assert step_from(bill, earlier=True) == ("using", 0)
    assert step_from(till, earlier=True) == ("joining", 1)
    assert step_from(look, earlier=False) == ("using", 0)
    assert step_from(bill, earlier=False) == ("problem", 0)
    move_touchpoint(touchpoint=bill, stage="leaving", place=0, by=cast.adam, now=NOW)
    bill.refresh_from_db()
    assert step_from(bill, earlier=False) is None


def test_a_touchpoint_is_called_something_else_and_in_another_stage_stands_last(cast):
    till, _bill = way_of(cast, "Till", "Bill")
    stop_of(cast, "Goodbye", "leaving")
    changed = change_touchpoint(
        touchpoint=till, name=" Counter ", stage="leaving", owner=cast.north, by=cast.adam, now=NOW
    )
    assert (changed.key, changed.name, changed.owner) == ("till", "Counter", cast.north)
    assert names() == [("Bill", "using"), ("Goodbye", "leaving"), ("Counter", "leaving")]
    with pytest.raises(Nameless):
        change_touchpoint(touchpoint=till, name=" ", stage="using", owner=None, by=cast.adam, now=NOW)


def test_a_touchpoint_is_taken_away_only_where_nothing_stands(cast):
    look, till, bill = chain_of(cast, "Look", "Till", "Bill")
    for stop in (look, till, bill):
        with pytest.raises(InUse):
            remove_touchpoint(touchpoint=stop, by=cast.adam, now=NOW)
    for link in Handoff.objects.all():
        disconnect(link=link, by=cast.adam, now=NOW)
    propose_issue(title="Waiting", kind="service", touchpoint=till, by=cast.adam, now=NOW)
    rated(cast, bill, 5)
    for stop in (till, bill):
        with pytest.raises(InUse):
            remove_touchpoint(touchpoint=stop, by=cast.adam, now=NOW)
    remove_touchpoint(touchpoint=look, by=cast.adam, now=NOW)
    assert names() == [("Till", "using"), ("Bill", "using")]
    assert Handoff.objects.count() == 1
    assert Event.objects.filter(kind="touchpoint.removed").count() == 1


def test_a_way_parts_nowhere_and_leads_in_no_circle(cast):
    look, till, bill = chain_of(cast, "Look", "Till", "Bill")
    other = stop_of(cast, "Other", order=4)
    for giver, taker in ((look, other), (other, till), (look, till)):
        with pytest.raises(AlreadyLinked):
            connect(giver=giver, taker=taker, by=cast.adam, now=NOW)
    with pytest.raises(Circle):
        connect(giver=bill, taker=look, by=cast.adam, now=NOW)
    with pytest.raises(Circle):
        connect(giver=other, taker=other, by=cast.adam, now=NOW)


def test_a_link_has_an_owner_ends_and_comes_back_unless_another_took_its_place(cast):
    look, till, bill = way_of(cast, "Look", "Till", "Bill")
    link = connect(giver=look, taker=till, by=cast.adam, now=NOW)
    assert answer_for(link=link, owner=cast.north, by=cast.adam, now=NOW).owner == cast.north
    ended = disconnect(link=link, by=cast.adam, now=NOW)
    assert disconnect(link=link, by=cast.adam, now=NOW + timedelta(days=1)).ended_at == ended.ended_at == NOW
    assert reconnect(link=link, by=cast.adam, now=NOW).ended_at is None
    disconnect(link=link, by=cast.adam, now=NOW)
    connect(giver=look, taker=bill, by=cast.adam, now=NOW)
    with pytest.raises(AlreadyLinked):
        reconnect(link=link, by=cast.adam, now=NOW)


# METHODS §8.3: 1000 → 900 → 855 → 650 → 630: .7602 is the weakest, 55.4 % of all losses.
def test_the_weakest_link_is_named_where_it_is_proven(cast):
    stops = chain_of(cast, "Look", "Apply", "Check", "Sign", "Use")
    cohort = counted(cast, stops, 1000, 900, 855, 650, 630)
    shown = journey(cohort=cohort)
    assert [round(step.link.passed.estimate, 4) for step in shown.steps] == [0.9, 0.95, 0.7602, 0.9692]
    assert (shown.weakest.handoff.giver, round(shown.weakest.link.loss_share, 3)) == (stops[2], 0.554)
    assert [stop.step and stop.step.handoff.taker_id for stop in shown.stops] == [
        *(stop.pk for stop in stops[1:]),
        None,
    ]
    few = counted(cast, stops, 10, 9, 8, 6, 6, name="A few")
    assert journey(cohort=few).weakest is None
    assert [step.link for step in journey(cohort=None).steps] == [None] * 4


def test_a_touchpoint_that_was_not_counted_parts_the_figures(cast):
    look, till, bill, post, goodbye = chain_of(cast, "Look", "Till", "Bill", "Post", "Goodbye")
    cohort = counted(cast, [look, till, post, goodbye], 100, 90, 95, 90)
    assert [step.link and step.link.went_on for step in journey(cohort=cohort).steps] == [90, None, None, 90]
    assert bill.name == "Bill"


def test_a_cohort_must_fit_the_way_it_went(cast):
    look, till, bill = chain_of(cast, "Look", "Till", "Bill")
    for counts, place in (
        ([Reached(look, 10), Reached(till, 11)], till),
        ([Reached(look, 10), Reached(till, 9, excused=2), Reached(bill, 8)], bill),
        ([Reached(look, 10, excused=6, still_open=5)], look),
    ):
        with pytest.raises(DoesNotFit) as wrong:
            count_cohort(counts=counts, by=cast.adam, now=NOW, **JANUARY)
        assert wrong.value.touchpoint == place
    with pytest.raises(NoCounts):
        count_cohort(counts=[], by=cast.adam, now=NOW, **JANUARY)
    assert not Cohort.objects.exists()


def test_a_cohort_is_corrected_and_taken_away(cast):
    look, till = chain_of(cast, "Look", "Till")
    cohort = counted(cast, [look, till], 10, 5)
    fixed = [Reached(look, 10, still_open=2), Reached(till, 7, excused=1)]
    correct_cohort(cohort=cohort, counts=fixed, by=cast.mina, now=NOW, **JANUARY | {"name": " Winter "})
    cohort.refresh_from_db()
    assert (cohort.name, cohort.noted_by) == ("Winter", cast.mina)
    assert list(cohort.counts.values_list("reached", "excused", "still_open")) == [(10, 0, 2), (7, 1, 0)]
    remove_cohort(cohort=cohort, by=cast.adam, now=NOW)
    assert (Cohort.objects.count(), CohortCount.objects.count()) == (0, 0)


def test_numbers_that_fit_no_longer_say_so_where_a_link_came_later(cast):
    look, till = way_of(cast, "Look", "Till")
    cohort = counted(cast, [look, till], 5, 9)
    connect(giver=look, taker=till, by=cast.adam, now=NOW)
    [step] = journey(cohort=cohort).steps
    assert (step.link, step.misfit) == (None, True)


def test_a_divided_touchpoint_is_misery_and_its_split_is_kept(cast):
    till = stop_of(cast, "Till")
    rated(cast, till, *[(5, f"Lovely {n}") for n in range(20)], *[(1, f"Dreadful {n}") for n in range(20)])
    sound("positive", *(f"Lovely {n}" for n in range(20)))
    [row] = judge_touchpoints(now=NOW)
    assert (row.moment, row.n, row.misery, row.magic, row.magic_low, row.as_of, row.from_on) == (
        "misery",
        40,
        0.5,
        1.0,
        pytest.approx(0.8389, abs=1e-4),
        NOW.date(),
        NOW.date() - timedelta(days=179),
    )
    assert row.split == {
        "ratings": [20, 0, 0, 0, 20],
        "sounds": {"positive": 20},
        "voiced": 20,
        "divided": True,
    }
    misery, magic = quotes_at(till, readable=all_of(cast), from_on=row.from_on)
    assert {said.csat for said in misery} == {1} and {said.csat for said in magic} == {5}
    assert len(misery) == len(magic) == 5


def all_of(cast):
    from django.db.models import Q

    return Q(unit=cast.north)


def test_what_words_sound_like_counts_with_the_ratings(cast):
    till = stop_of(cast, "Till")
    rated(cast, till, (4, "Fine. But rude."), (4, "Rude"), (4, "So so"), 4, 4)
    sound("negative", "Rude")
    both = Feedback.objects.get(verbatim__text="Fine. But rude.").verbatim
    Clause.objects.create(verbatim=both, start=0, end=5, polarity="positive")
    Clause.objects.create(verbatim=both, start=6, end=15, polarity="negative")
    [row] = judge_touchpoints(now=NOW)
    assert (row.misery, row.split["sounds"], row.split["voiced"]) == (0.2, {"negative": 1, "mixed": 1}, 2)


def test_of_fewer_than_a_group_only_that_there_are_some_is_kept(cast):
    rated(cast, stop_of(cast, "Till"), 1, 1, 1, 1)
    [row] = judge_touchpoints(now=NOW)
    assert (row.moment, row.n, row.misery, row.split) == ("unclear", 4, None, {})
    [stop] = journey(cohort=None).stops
    assert (stop.moment, stop.shown, stop.split) == ("", None, None)


def test_penalty_and_reward_are_weighed_against_the_recommendation_of_the_same_customers(cast):
    till = stop_of(cast, "Till")
    for rating, whole in ((1, 2), (3, 6), (5, 7)):
        rated(cast, till, *[rating] * 12, nps=whole)
    [row] = judge_touchpoints(now=NOW)
    assert (row.penalty, row.reward, row.asymmetry, row.asymmetry_n) == (-4.0, 1.0, -0.6, 36)
    assert row.split["impact"] == "hurts"
    TouchpointJudgement.objects.all().delete()
    Policy.objects.create(key="smallest_group", value=13, set_by=cast.mina, set_at=NOW)
    [row] = judge_touchpoints(now=NOW)
    assert (row.n, row.penalty, row.asymmetry) == (36, None, None)


def test_the_recommendation_may_have_come_another_day(cast):
    till = stop_of(cast, "Till")
    rated(cast, till, *[1] * 5, customer=cast.petra)
    rated(cast, till, *[4] * 5, customer=cast.rosa)
    rated(cast, till, *[5] * 5, customer=cast.quentin)
    rows = [
        NewFeedback(
            source="app",
            source_id="",
            channel="app",
            kind="like",
            received_at=NOW - timedelta(days=9),
            unit=cast.north,
            nps=nps,
            customer=customer,
        )
        for customer, nps in ((cast.petra, 3), (cast.rosa, 6), (cast.quentin, 9))
    ]
    take_in(rows=rows, by=None, now=NOW)
    [row] = judge_touchpoints(now=NOW)
    assert (row.penalty, row.reward, row.asymmetry, row.split["impact"]) == (-3.0, 3.0, 0.0, "unclear")


def test_a_day_has_one_judgement_and_old_answers_are_none(cast):
    till = stop_of(cast, "Till")
    rated(cast, till, *[4] * 6)
    judge_touchpoints(now=NOW)
    rated(cast, till, *[4] * 2)
    judge_touchpoints(now=NOW)
    judge_touchpoints(now=NOW + timedelta(days=1))
    assert list(TouchpointJudgement.objects.order_by("as_of").values_list("as_of", "n")) == [
        (NOW.date(), 8),
        (NOW.date() + timedelta(days=1), 8),
    ]
    assert judge_touchpoints(now=NOW + timedelta(days=400)) == []


def test_what_was_taken_back_is_no_answer(cast):
    rated(cast, stop_of(cast, "Till"), *[1] * 6)
    Feedback.objects.update(withdrawn_at=NOW)
    assert judge_touchpoints(now=NOW) == []

"""What is told of the organisation's contact with customers, and what is not."""

import pytest

from coalface.measure.actions import take_snapshots
from coalface.measure.queries import clocks, contact_figures
from coalface.meet.actions import decline, fix_now, own
from coalface.people.actions import publish_clock, withdraw_clock
from coalface.plan.actions import commit_person
from coalface.records.models import ChosenBy, Depth, Kind, Snapshot
from tests.measure import ago, met, nine_leaders, noted, scored
from tests.people import CAME_ON, NOW, welcome

pytestmark = pytest.mark.django_db
NOTHING_RAISED = {
    "over": "published", "people": 0, "resolved": 0, "of": 0, "estimate": None, "low": None, "high": None,
}  # fmt: skip


def figures(cast):
    return contact_figures(unit=cast.root, now=NOW)


def numbers_in(tree):
    """Every number anywhere in the stored figures."""
    match tree:
        case dict():
            return [number for value in tree.values() for number in numbers_in(value)]
        case list():
            return [number for value in tree for number in numbers_in(value)]
        case bool() | str() | None:
            return []
    return [tree]


def test_an_organisation_in_which_nobody_met_anybody(cast):
    assert figures(cast) == {
        "clocks": [],
        "median": {"days": None, "not_yet": False, "n": 0, "published": 0, "never": None},
        "stretches": None,
        "resolution": NOTHING_RAISED,
        "depths": {"shown": [], "hidden": []},
        "chosen_by": None,
        "base": {"segments": {"private": 3}, "scored": 0, "unhappy": 0},
        "fairness": None,
        "heard": {"listened": None, "felt_like_a_sale": None},
        "told": None,
    }  # fmt: skip


def test_seven_published_clocks_and_a_median_over_nine(cast):
    leaders = nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    told = figures(cast)
    assert [(clock["person"], clock["days"]) for clock in told["clocks"]] == [
        (leader.pk, days) for leader, days in zip(leaders, [12, 4, 33, 70, 21, 48, 8], strict=False)
    ]
    assert told["median"] == {"days": 21, "not_yet": False, "n": 9, "published": 7, "never": None}
    assert told["stretches"] is None


def test_the_two_who_keep_theirs_stand_in_no_figure(cast):
    leaders = nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    for day in (111, 112, 113):
        encounter = met(cast, leaders[7], day, noted_after=None)
        noted(encounter, leaders[7], day)
    told = figures(cast)
    assert {leaders[7].pk, leaders[8].pk}.isdisjoint(clock["person"] for clock in told["clocks"])
    nameless = [{key: value for key, value in clock.items() if key != "person"} for clock in told["clocks"]]
    assert 27 not in numbers_in(told | {"clocks": nameless})
    assert told["resolution"] == NOTHING_RAISED


def test_when_everybody_published_the_stretches_are_shown(cast):
    nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 200, None], published=9)
    told = figures(cast)
    assert told["median"] == {"days": 33, "not_yet": False, "n": 9, "published": 9, "never": 1}
    assert {row["stretch"]: row["people"] for row in told["stretches"]} == {
        "30": 4, "60": 2, "90": 1, "180": 0, "longer": 1, "never": 1,
    }  # fmt: skip


def test_when_most_have_met_nobody_the_median_says_so(cast):
    nine_leaders(cast, [12, 4, None, None, None, None, None, None, None], published=9)
    assert figures(cast)["median"] == {
        "days": None, "not_yet": True, "n": 9, "published": 9, "never": 7,
    }  # fmt: skip


def test_with_nobody_published_small_stretches_are_hidden_with_the_next(cast):
    nine_leaders(cast, [2, 4, 6, 8, 10, 12, 14, 16, 70], published=0)
    told = figures(cast)
    assert told["median"] == {"days": 10, "not_yet": False, "n": 9, "published": 0, "never": 0}
    assert {row["stretch"]: row["people"] for row in told["stretches"]} == {
        "30": None, "60": 0, "90": None, "180": 0, "longer": 0, "never": 0,
    }  # fmt: skip


def test_a_few_who_have_met_nobody_are_not_counted(cast):
    nine_leaders(cast, [2, 4, 6, 8, 10, 12, 14, 16, None], published=0)
    assert figures(cast)["median"]["never"] is None


def test_only_direct_contact_of_which_something_was_noted_in_time_moves_the_clock(cast):
    met(cast, cast.olga, 40, [cast.petra])
    met(cast, cast.olga, 20, depth=Depth.LISTENING)
    met(cast, cast.olga, 10, [cast.petra], noted_after=None)
    met(cast, cast.olga, 9, [cast.petra], noted_after=8)
    publish_clock(by=cast.olga, now=ago(1))
    assert figures(cast)["clocks"] == [
        {
            "person": cast.olga.pk, "days": 40, "last_on": "2026-01-21",
            "resolved": 0, "of": 0, "estimate": None, "low": None, "high": None,
        }
    ]  # fmt: skip


def test_resolved_is_what_came_to_an_end_and_not_what_is_owned(cast):
    encounter = met(cast, cast.olga, 60)
    first, second, third, fourth = (noted(encounter, cast.olga, 60) for _ in range(4))
    noted(encounter, cast.olga, 5)
    noted(encounter, cast.olga, 60, kind=Kind.PREFERENCE)
    fix_now(remark=first, by=cast.olga, now=ago(59))
    own(remark=second, by=cast.olga, now=ago(59))
    decline(remark=third, reason="The law wants it.", by=cast.olga, now=ago(59), told=True)
    decline(remark=fourth, reason="The law wants it.", by=cast.olga, now=ago(59))
    publish_clock(by=cast.olga, now=ago(1))
    (clock,) = figures(cast)["clocks"]
    assert (clock["resolved"], clock["of"]) == (2, 4)
    assert (round(clock["low"], 3), round(clock["high"], 3)) == (0.15, 0.85)


def test_the_resolution_of_everybody_is_told_when_enough_people_are_behind_it(cast):
    leaders = nine_leaders(cast, [50] * 9, published=2)
    for leader in leaders:
        noted(met(cast, leader, 60), leader, 60)
    told = figures(cast)["resolution"]
    assert (told["over"], told["people"], told["resolved"], told["of"]) == ("everybody", 9, 0, 9)


def test_a_depth_that_few_used_is_named_and_not_counted(cast):
    leaders = nine_leaders(cast, [50] * 9, published=0)
    met(cast, leaders[0], 20, depth=Depth.DOING)
    assert figures(cast)["depths"] == {
        "shown": [{"depth": "conversing", "minutes": 270, "people": 9}],
        "hidden": ["doing"],
    }


def test_who_chose_the_customers(cast):
    leaders = nine_leaders(cast, [50] * 9, published=0)
    met(cast, leaders[0], 20, [cast.rosa], chosen_by=ChosenBy.PLANNER)
    told = figures(cast)["chosen_by"]
    assert [(row["by"], row["count"], row["n"]) for row in told["by"]] == [
        ("planner", 1, 10), ("person", 9, 10), ("account_team", 0, 10), ("customer", 0, 10),
    ]  # fmt: skip
    assert told["announced"]["estimate"] == 1


def test_happy_customers_only_are_seen_as_such_by_what_they_said_beforehand(cast):
    """One in two of the base is unhappy; nine leaders met eighteen, and all had been happy."""
    leaders = nine_leaders(cast, [400] * 9, published=0)
    happy = welcome(*(f"Happy {n}" for n in range(18)), unit=cast.north, segment="private")
    unhappy = welcome(*(f"Unhappy {n}" for n in range(18)), unit=cast.north, segment="trade")
    for customer in happy:
        scored(customer, 100, nps=10)
        scored(customer, 1, nps=2)
    for customer in unhappy:
        scored(customer, 100, nps=3)
    for place, customer in enumerate(happy):
        met(cast, leaders[place % 9], 30, [customer])
    told = figures(cast)["fairness"]
    assert told["met"] == {"private": 18}
    assert told["segments"]["verdict"] == "skewed"
    assert (told["guests_scored"], told["guests_unhappy"]) == (18, 0)
    assert told["unhappy"]["verdict"] == "under_sampled"


def test_somebody_may_owe_encounters_alone(cast):
    commit_person(person=cast.fay, every_days=10, starts_on=CAME_ON, by=cast.mina, now=NOW)
    assert figures(cast)["median"] == {
        "days": None, "not_yet": False, "n": 1, "published": 0, "never": None,
    }  # fmt: skip


def test_who_takes_their_clock_back_is_gone_at_once(cast):
    nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    take_snapshots(now=NOW)
    withdraw_clock(by=cast.olga, now=NOW)
    shown = [clock.person.name for clock in clocks(Snapshot.objects.get(kind="contact"))]
    assert shown == ["Cora Top", "Dan Top", "Eva Top", "Finn Top", "Gil Top", "Rolf Huber"]

"""How promises were kept: each by the encounters in its own formats."""

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from coalface.meet.actions import hold, note_remark
from coalface.plan.actions import commit_level, plan_encounter
from coalface.plan.queries import with_keeping
from coalface.records.models import Commitment, FormatKind
from tests.meet.formats import format_of
from tests.people import NOW, join

TODAY = NOW.date()


def held(cast, person, format, days):
    at = NOW - timedelta(days=days)
    given = {"customers": [], "chosen_by": "planner", "by": person, "now": at}
    met = plan_encounter(format=format, unit=cast.north, starts_at=at, person=person, **given)
    hold(encounter=met, by=person, now=at)
    note_remark(id=uuid7(), encounter=met, kind="like", text="All is well.", by=person, now=at)


@pytest.fixture
def five(cast):
    """Five at the top who visited somebody ten days ago."""
    people = [cast.olga, cast.rolf, *(join(f"Tia{n} More", cast.root, "top") for n in range(3))]
    for person in people:
        held(cast, person, cast.visit, 10)
    return people


def promise(cast, every, *formats):
    since = {"starts_on": TODAY - timedelta(days=200), "by": cast.mina, "now": NOW}
    return commit_level(level="top", every_days=every, formats=formats, **since)


def kept():
    """How many each promise binds, and on how many of the ninety days it was kept."""
    lines = with_keeping(Commitment.objects.all(), TODAY)
    return [(one.people, None if one.kept is None else round(90 * one.kept, 6)) for one in lines]


def test_each_promise_is_kept_by_its_own_formats(cast, five):
    listening, shift = format_of(cast, FormatKind.LISTENING), format_of(cast, FormatKind.SHIFT)
    for person in five:
        held(cast, person, listening, 20)
    promise(cast, 30)
    promise(cast, 60, listening)
    promise(cast, 90, listening, cast.visit)
    promise(cast, 90, shift)
    assert kept() == [(5, 11), (5, 21), (5, 21), (5, 0)]


def test_of_several_in_the_same_formats_the_shortest_binds(cast, five):
    promise(cast, 30)
    Commitment.objects.create(level="top", every_days=60, starts_on=TODAY - timedelta(days=300))
    assert kept() == [(5, 11), (0, None)]


def test_it_costs_the_same_for_one_promise_and_for_many(cast, five, django_assert_num_queries):
    promise(cast, 30)
    promise(cast, 60, cast.visit)
    with django_assert_num_queries(10):
        kept()
    for n in range(3):
        promise(cast, 90 + n, cast.visit, format_of(cast, FormatKind.SHIFT, seats=n + 1))
    with django_assert_num_queries(10):
        kept()

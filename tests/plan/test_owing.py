"""When somebody owes encounters who is under several promises."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalface.plan.actions import commit_level, commit_person
from coalface.plan.queries.owing import Window, owing, together
from coalface.records.models import Format
from tests.people import NOW

FIRST = date(2026, 4, 1)
VISIT, SHIFT, LISTENING = 1, 2, 3
DIRECT = frozenset({VISIT, SHIFT})


def window(first, last, *formats):
    return Window(FIRST + timedelta(days=first), FIRST + timedelta(days=last), frozenset(formats))


@pytest.mark.parametrize(
    ("held", "new", "found"),
    [
        ([], window(0, 29), [window(0, 29)]),
        ([window(0, 29)], window(0, 89, SHIFT), [window(0, 29, SHIFT)]),
        ([window(0, 29), window(30, 59)], window(10, 59, SHIFT), [window(0, 29), window(30, 59, SHIFT)]),
        ([window(0, 29, VISIT, LISTENING)], window(0, 89), [window(0, 29, VISIT)]),
        ([window(0, 29)], window(0, 89, LISTENING), [window(0, 29), window(30, 89, LISTENING)]),
        ([window(0, 29)], window(0, 29, LISTENING), [window(0, 14), window(15, 29, LISTENING)]),
        ([window(0, 29, VISIT)], window(0, 0, SHIFT), [window(0, 0, VISIT), window(1, 0, SHIFT)]),
    ],
    ids=["alone", "counts twice", "most days", "direct only", "free days", "half the days", "no day left"],
)
def test_one_encounter_counts_for_every_promise_it_can(held, new, found):
    assert together(held, new, DIRECT) == found


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 30), st.frozensets(st.sampled_from((1, 2, 3)))),
        max_size=6,
    )
)
def test_nobody_owes_two_encounters_on_one_day(wanted):
    held = []
    for first, days, formats in wanted:
        held = together(held, window(first, first + days, *formats), DIRECT)
    days = [one.first + timedelta(days=n) for one in held for n in range((one.last - one.first).days + 1)]
    assert len(days) == len(set(days))


@pytest.fixture
def shift(cast):
    return Format.objects.create(
        key="shift", name="Shift", depth="doing", minutes=240, guide="", smallest=1, largest=1
    )


def windows(cast, person):
    days = {"starts_on": FIRST, "until_on": FIRST + timedelta(days=91)}
    found = owing(unit=cast.root, now=NOW, instead_of=(), **days)
    return [one.windows for one in found if one.position.person == person]


def test_a_rarer_promise_in_named_formats_is_planned_beside_the_shortest(cast, shift):
    given = {"starts_on": FIRST, "by": cast.mina, "now": NOW}
    commit_level(level="top", every_days=30, **given)
    commit_person(person=cast.olga, every_days=60, formats=[shift], **given)
    assert windows(cast, cast.rolf) == [(window(0, 30), window(31, 60), window(61, 90))]
    assert windows(cast, cast.olga) == [(window(0, 30, shift.pk), window(31, 60), window(61, 90))]

"""Two people answer in the same moment: one of them was first, and the other is told."""

import pytest

from coalface.act import actions
from coalface.records.models import Decision, Fix, FixOffer, Lane
from tests.act.test_fixes import before, opened
from tests.people import NOW
from tests.people.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def answered(act) -> str:
    """What came of it: done, or the name of the refusal."""
    try:
        act()
    except (ValueError, PermissionError) as refusal:
        return type(refusal).__name__
    return "done"


def test_accepting_and_taking_back_at_once_leaves_it_with_one_of_them(cast):
    fix = opened(cast)
    came = at_once(
        answered,
        [
            lambda: actions.accept_fix(fix=fix, by=cast.sven, now=NOW),
            lambda: actions.take_back(fix=fix, by=cast.mina, now=NOW),
        ],
    )
    owner = Fix.objects.get().owner
    assert (owner, came) in [
        (cast.sven, ["done", "NotItsOwner"]),
        (cast.mina, ["AlreadyAnswered", "done"]),
    ]
    assert not FixOffer.objects.waiting().exists()


def test_sent_twice_it_is_returned_once(cast):
    fix = opened(cast)
    came = at_once(
        answered,
        [lambda: actions.return_fix(fix=fix, reason="No time.", by=cast.sven, now=NOW)] * 2,
    )
    assert sorted(came) == ["AlreadyAnswered", "done"]


def test_two_who_decide_at_once_decide_once(cast):
    fix = opened(cast, owner=cast.mina, lane=Lane.NEEDS_A_DECISION, **before(cast.sven))
    came = at_once(
        answered,
        [
            lambda: actions.decide(fix=fix, answer="do_it", by=cast.sven, now=NOW),
            lambda: actions.decide(fix=fix, answer="no", reason="Too dear.", by=cast.rolf, now=NOW),
        ],
    )
    assert came.count("done") == 1
    assert Decision.objects.exclude(answer="").count() == 1


def test_two_fixes_told_at_once_to_wait_for_each_other_do_not(cast):
    one, other = opened(cast, owner=cast.mina), opened(cast, owner=cast.mina)
    came = at_once(
        answered,
        [
            lambda: actions.set_needs(fix=one, needs=[other], by=cast.mina, now=NOW),
            lambda: actions.set_needs(fix=other, needs=[one], by=cast.mina, now=NOW),
        ],
    )
    assert sorted(came) == ["InACircle", "done"]

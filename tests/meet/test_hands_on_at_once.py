"""Two devices at one walk, one session or one shift, in the same moment: nothing lost, nothing twice."""

from functools import partial

import pytest
import uuid_utils.compat as uuid

from coalface.meet.actions import (
    AlreadyListened,
    CallSettled,
    StepRaised,
    add_step,
    confirm_induction,
    draw_calls,
    hear_call,
    inform_agent,
    no_such_call,
    prepare_shift,
    raise_step,
)
from coalface.records.models import CallDraw, ListenedCall, Remark, WalkStep
from tests.meet import LATER, kinds
from tests.meet.formats import begun, of_kind
from tests.meet.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
STEP = {"order": 1, "seconds": 20, "effort": 2, "feeling": 3, "now": LATER}


def once(deed, **given):
    """What came of it, or how it was refused."""

    def done():
        try:
            return deed(**given)
        except (AlreadyListened, CallSettled, StepRaised) as refused:
            return type(refused)

    return done


def test_two_steps_at_once_are_two_and_the_same_one_is_one(cast):
    walk = begun(cast, "own_walk")
    step = partial(add_step, encounter=walk, by=cast.olga, **STEP)
    at_once(lambda: step(name="Menu"), lambda: step(name="Wait"))
    assert sorted(WalkStep.objects.values_list("order", flat=True)) == [1, 2]
    assert set(WalkStep.objects.values_list("name", flat=True)) == {"Menu", "Wait"}
    other = begun(cast, "own_walk")
    same = partial(add_step, encounter=other, by=cast.olga, name="Menu", **STEP)
    first, second = at_once(same, same)
    assert first == second == other.steps.get()


def test_a_broken_step_raised_twice_at_once_is_one_remark(cast):
    step = add_step(encounter=begun(cast, "own_walk"), name="Menu", broke=True, by=cast.olga, **STEP)
    given = {"step": step, "reading": "It ends.", "by": cast.olga, "now": LATER}
    results = at_once(*[once(raise_step, id=uuid.uuid7(), **given) for _ in range(2)])
    assert results.count(StepRaised) == 1 and Remark.objects.count() == 1


def test_calls_drawn_twice_at_once_are_one_draw(cast):
    session = begun(cast, "listening")
    given = {"queues": ["Cards"], "from_hour": 9, "until_hour": 12, "calls": 3, "by": cast.olga, "now": LATER}
    at_once(*[once(draw_calls, encounter=session, seed=seed, **given) for seed in (1, 2)])
    assert CallDraw.objects.count() == 1 and ListenedCall.objects.count() == 3


def test_heard_and_not_come_at_once_is_heard(cast):
    given = {"queues": ["Cards"], "from_hour": 9, "until_hour": 12, "calls": 1, "seed": 1}
    draw = draw_calls(encounter=begun(cast, "listening"), by=cast.olga, now=LATER, **given)
    call = inform_agent(call=draw.calls.get(), by=cast.olga, now=LATER)
    heard = {"call": call, "id": uuid.uuid7(), "kind": "need", "text": "More.", "by": cast.olga, "now": LATER}
    results = at_once(once(hear_call, **heard), once(no_such_call, call=call, by=cast.olga, now=LATER))
    assert results[0] == Remark.objects.get()
    assert ListenedCall.objects.get().heard is True


def test_the_induction_said_by_two_at_once_is_said_once(cast):
    shift = of_kind(cast, "shift")
    prepare_shift(encounter=shift, buddy=cast.fay, by=cast.mina, now=LATER)
    at_once(*[once(confirm_induction, encounter=shift, by=one, now=LATER) for one in (cast.fay, cast.olga)])
    assert kinds(shift).count("shift.inducted") == 1

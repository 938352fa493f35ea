"""Two people, or one with two devices, at the same moment: nothing lost, nothing done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
import uuid_utils.compat as uuid
from django.db import connection

from coalface.meet.actions import (
    AlreadyAnswered,
    AlreadyDecided,
    AlreadyFinished,
    Finished,
    IdTaken,
    StillOpen,
    TakenBack,
    accept,
    call_off,
    drop_in,
    finish,
    fix_now,
    give_back,
    hand_over,
    hold,
    keep,
    return_unanswered,
)
from coalface.records.models import Disposition, Encounter, Event, HandOverAnswer, Outcome, Remark, Verbatim
from tests.meet import LATER, held, kinds, planned, said
from tests.meet.test_answers import TOO_LATE

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(3)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do these in threads that start together, each with its own connection; what came of each."""
    gate = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        try:
            gate.wait(timeout=10)
            return deed()
        except REFUSALS as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(do, deeds))


REFUSALS = (AlreadyAnswered, AlreadyDecided, AlreadyFinished, Finished, IdTaken, StillOpen, TakenBack)


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_hand_over_answered_twice_has_one_answer(cast, _round):
    remark = said(held(cast), cast.olga)
    offered = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    results = at_once(
        lambda: accept(hand_over=offered, by=cast.sven, now=LATER),
        lambda: give_back(hand_over=offered, by=cast.sven, now=LATER),
    )
    answer = HandOverAnswer.objects.get()
    assert [one for one in results if one != answer] == [AlreadyAnswered]
    assert Remark.objects.open().exists() is not answer.accepted
    assert len(kinds(remark)) == 3


@pytest.mark.parametrize("_round", ROUNDS)
def test_accepted_while_the_giver_thinks_again(cast, _round):
    remark = said(held(cast), cast.olga)
    offered = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    accepted, _ = at_once(
        lambda: accept(hand_over=offered, by=cast.sven, now=LATER),
        lambda: fix_now(remark=remark, by=cast.olga, now=LATER),
    )
    assert accepted in (TakenBack, HandOverAnswer.objects.first())
    assert Disposition.objects.get(ended_at=None).answer == "fixed_now"


@pytest.mark.parametrize("_round", ROUNDS)
def test_accepted_in_the_moment_its_time_runs_out(cast, _round):
    remark = said(held(cast), cast.olga)
    offered = hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    accepted, returned = at_once(
        lambda: accept(hand_over=offered, by=cast.sven, now=TOO_LATE),
        lambda: return_unanswered(now=TOO_LATE),
    )
    answer = HandOverAnswer.objects.get()
    assert (accepted, returned) == ((answer, 0) if answer.accepted else (AlreadyAnswered, 1))


@pytest.mark.parametrize("_round", ROUNDS)
def test_finished_while_a_remark_arrives_it_is_open_with_the_remark_inside(cast, _round):
    met = held(cast)
    finished, remark = at_once(
        lambda: finish(encounter=met, by=cast.olga, now=LATER), lambda: said(met, cast.olga)
    )
    assert list(Encounter.objects.open()) == [met]
    assert list(met.remarks.all()) == [remark]
    if finished is not StillOpen:
        assert kinds(met)[-2:] == ["encounter.finished", "encounter.reopened"]


@pytest.mark.parametrize("_round", ROUNDS)
def test_finished_twice_is_finished_once(cast, _round):
    met = held(cast)
    results = at_once(*[lambda: finish(encounter=met, by=cast.olga, now=LATER)] * 2)
    assert (results.count(AlreadyFinished), met.finishings.count()) == (1, 1)


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_same_remark_from_two_devices_is_kept_once(cast, _round):
    met, id = held(cast), uuid.uuid7()
    first, second = at_once(*[lambda: said(met, cast.olga, id=id)] * 2)
    assert first == second == Remark.objects.get()
    assert Verbatim.objects.count() == 1
    assert Event.objects.filter(kind="remark.noted").count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_other_words_under_one_id_lose_to_the_first(cast, _round):
    here, there, id = held(cast), held(cast), uuid.uuid7()
    results = at_once(lambda: said(here, cast.olga, id=id), lambda: said(there, cast.olga, "Or this.", id=id))
    assert set(results) == {IdTaken, Remark.objects.get()}
    assert Verbatim.objects.count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_met_twice_in_one_moment_is_met_once(cast, _round):
    given = {"format": cast.visit, "unit": cast.north, "person": cast.fay, "customers": [cast.rosa]}
    once = partial(drop_in, **given, by=cast.fay, now=LATER, id=uuid.uuid7())
    first, second = at_once(once, once)
    assert first == second == Encounter.objects.get()
    assert kinds(first) == ["encounter.planned", "encounter.held"]


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_remarks_at_once_get_two_numbers(cast, _round):
    met = held(cast)
    at_once(lambda: said(met, cast.olga, "One."), lambda: said(met, cast.olga, "Two."))
    assert sorted(met.remarks.values_list("sequence", flat=True)) == [1, 2]


@pytest.mark.parametrize("_round", ROUNDS)
def test_held_and_called_off_at_once_is_one_of_both(cast, _round):
    met = planned(cast)
    results = at_once(
        lambda: hold(encounter=met, by=cast.olga, now=LATER),
        lambda: call_off(encounter=met, outcome=Outcome.CANCELLED, by=cast.mina, now=LATER),
    )
    assert (results.count(AlreadyDecided), len(kinds(met))) == (1, 2)


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_answers_at_once_leave_one_standing(cast, _round):
    remark = said(held(cast), cast.olga)
    at_once(
        lambda: fix_now(remark=remark, by=cast.olga, now=LATER),
        lambda: keep(remark=remark, by=cast.mina, now=LATER),
    )
    assert Disposition.objects.count() == 2
    assert Disposition.objects.filter(ended_at=None).count() == 1

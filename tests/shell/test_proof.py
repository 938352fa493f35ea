"""A little work or a little patience, which cannot be borrowed from another form."""

from datetime import timedelta

import pytest

from coalface.shell import proof
from tests.people import NOW

FORM, OTHER = "form-1", "form-2"


def solved(task: proof.Task) -> str:
    numbers = map(str, range(1, 2_000_000))
    return next(number for number in numbers if proof.solves(task.token, number, task.bits))


def done(task: proof.Task, number: str = "", *, of: str = FORM, seconds: int = 1) -> bool:
    return proof.is_done(task.token, number, of=of, now=NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("times", "bits", "wait"), [(1, 14, 20), (1.9, 14, 20), (2, 16, 40), (9, 20, 160), (1e9, 20, 160)]
)
def test_the_more_come_the_more_is_asked_up_to_a_limit(times: float, bits: int, wait: int):
    task = proof.task(FORM, times=times, now=NOW)
    assert (task.bits, task.wait) == (bits, wait)


def test_the_right_number_does_it_for_this_form_alone():
    task = proof.task(FORM, times=1, now=NOW)
    number = solved(task)
    assert done(task, number)
    assert not done(task, number, of=OTHER)
    assert not done(task, number, seconds=proof.GOOD_FOR_SECONDS + 1)
    assert not done(task, "")
    assert not done(task, "0")


def test_who_has_waited_needs_no_number():
    task = proof.task(FORM, times=1, now=NOW)
    assert [done(task, seconds=19), done(task, seconds=20)] == [False, True]


def test_what_we_did_not_sign_is_worth_nothing():
    task = proof.task(FORM, times=1, now=NOW)
    easier = proof.Task(task.token.replace(".14.20.", ".1.0."), 1, 0)
    assert not done(easier, "1", seconds=60)
    assert not proof.is_done("", "", of=FORM, now=NOW)
    assert not proof.is_done("nonsense", "7", of=FORM, now=NOW)


def test_pressing_too_early_does_not_begin_the_wait_anew():
    task = proof.task(FORM, times=1, now=NOW)
    later = NOW + timedelta(seconds=12)
    assert proof.again(task.token, of=FORM, now=later) == proof.Task(task.token, 14, 8)
    assert proof.again(task.token, of=OTHER, now=later) is None
    assert proof.again("nonsense", of=FORM, now=later) is None
    assert proof.again(task.token, of=FORM, now=NOW + timedelta(seconds=21)) is None

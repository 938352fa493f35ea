"""Whatever is done, in whatever order and at once: finished means that everything has an answer."""

from collections.abc import Callable
from random import Random

import pytest

from coalface.meet.actions import (
    AlreadyAnswered,
    AlreadyFinished,
    Finished,
    StillOpen,
    TakenBack,
    accept,
    finish,
    fix_now,
    give_back,
    hand_over,
    keep,
    own,
    return_unanswered,
)
from coalface.meet.queries import is_finished
from coalface.records.models import Encounter, HandOver, Remark
from tests.meet import LATER, held, said
from tests.meet.test_answers import TOO_LATE
from tests.meet.test_two_at_once import at_once

REFUSED = (AlreadyAnswered, AlreadyFinished, Finished, StillOpen, TakenBack)
STEPS = 60


def deeds(cast, met: Encounter, chance: Random) -> list[Callable[[], object]]:
    """What anybody could do next to what is there now."""
    remarks, offers = list(met.remarks.all()), list(HandOver.objects.all())
    some = [lambda by=by: finish(encounter=met, by=by, now=LATER) for by in (cast.olga, cast.mina)] * 2
    if chance.random() < 0.4:
        some.append(lambda: said(met, cast.olga, "One more."))
    for remark in chance.sample(remarks, min(2, len(remarks))):
        some += [
            lambda one=remark: fix_now(remark=one, by=cast.olga, now=LATER),
            lambda one=remark: own(remark=one, by=cast.olga, now=LATER),
            lambda one=remark: keep(remark=one, by=cast.mina, now=LATER),
            lambda one=remark: hand_over(remark=one, to=cast.sven, by=cast.olga, now=LATER),
        ]
    for offer in chance.sample(offers, min(2, len(offers))):
        some += [
            lambda one=offer: accept(hand_over=one, by=cast.sven, now=LATER),
            lambda one=offer: give_back(hand_over=one, by=cast.sven, now=LATER, reason="Not mine."),
        ]
    if chance.random() < 0.1:
        some.append(lambda: return_unanswered(now=TOO_LATE))
    return some


def finished_with_something_open(met: Encounter) -> bool:
    closed = is_finished(met)
    return closed and Remark.objects.open().filter(encounter=met).exists()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_order_nothing_finished_is_unanswered(cast, seed):
    chance, met, finished = Random(seed), held(cast), 0
    for _ in range(STEPS):
        try:
            chance.choice(deeds(cast, met, chance))()
        except REFUSED:
            continue
        assert not finished_with_something_open(met)
        finished += is_finished(met)
    assert finished and Remark.objects.exists()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.django_db(transaction=True)
def test_three_at_once(cast, seed):
    chance, met = Random(seed), held(cast)
    said(met, cast.olga)
    for _ in range(8):
        possible = deeds(cast, met, chance)
        at_once(*(chance.choice(possible) for _ in range(3)))
        assert not finished_with_something_open(met)

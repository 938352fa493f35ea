"""Two at once: many guesses are no more guesses, two badges are one, and work finds who is still here."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from coalface.act.actions import open_fix
from coalface.people.actions import issue_badge, leave, try_pin
from coalface.people.queries import person_with_badge
from coalface.records.models import Badge, Event, Fix, Lane, StaffPin
from coalface.worker.actions import drain
from tests.people import NOW, Cast
from tests.people.test_actions import TODAY
from tests.people.test_passes import WRONG, chosen
from tests.verify import issue

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable, things: Iterable) -> list:
    """The act with each of these things, all in the same moment."""
    things = list(things)
    barrier = Barrier(len(things))

    def go(thing: object) -> object:
        try:
            barrier.wait(timeout=10)
            return act(thing)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(go, things))


def test_many_guesses_at_once_are_no_more_than_one_after_another(cast: Cast):
    chosen(cast.fay)
    guessed = at_once(lambda _: try_pin(person=cast.fay, pin=WRONG, by=None, now=NOW), range(8))
    assert guessed == [None] * 8
    assert (StaffPin.objects.get().wrong, Event.objects.filter(kind="pin.wrong").count()) == (5, 5)


def test_of_two_badges_issued_at_once_one_opens(cast: Cast):
    codes = at_once(lambda by: issue_badge(person=cast.fay, by=by, now=NOW), (cast.sven, cast.ada))
    assert sorted(person_with_badge(code, TODAY) is None for code in codes) == [False, True]
    assert Badge.objects.filter(revoked_at=None).count() == 1


def test_when_a_manager_leaves_as_well_the_work_lands_with_somebody_who_is_here(cast: Cast):
    fix = open_fix(
        issue=issue(cast, "Tills"), title="Open them", lane=Lane.THIS_WEEK, owner=cast.fay,
        due_on=TODAY, by=cast.fay, now=NOW,
    )  # fmt: skip

    def go(person: object) -> None:
        leave(person=person, on=TODAY, by=cast.mina, now=NOW)
        drain(now=NOW)

    at_once(go, (cast.fay, cast.sven))
    drain(now=NOW)
    assert Fix.objects.get(pk=fix.pk).owner == cast.rolf

"""Two of us reach for the same customer in the same moment: one gets through."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from coalface.customers.actions import TooSoon, approach
from coalface.plan.actions import draw
from coalface.records.models import Approach, Assignment
from tests.people import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Each piece of work in a thread and connection of its own, all let go together."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=10)
            return work()
        except TooSoon as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_of_two_who_approach_one_customer_one_is_too_soon(cast):
    def call():
        return approach(customer=cast.petra, channel="phone", purpose="conversation", by=cast.olga, now=NOW)

    answers = at_once(call, call)
    assert sorted(type(answer) for answer in answers if isinstance(answer, TooSoon)) == [TooSoon]
    assert Approach.objects.count() == 1


def test_two_draws_with_the_same_number_reach_two_customers(cast):
    def one(person):
        return lambda: draw(
            person=person,
            format=cast.visit,
            unit=cast.north,
            starts_at=NOW + timedelta(days=1),
            by=cast.mina,
            now=NOW,
            seed=3,
        )

    at_once(one(cast.olga), one(cast.rolf))
    drawn = Assignment.objects.values_list("customer_id", flat=True)
    assert (len(drawn), len(set(drawn)), Approach.objects.count()) == (2, 2, 2)

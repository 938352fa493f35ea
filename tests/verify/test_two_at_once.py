"""Two people judge one fix at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from coalface.records.models import Event, Person, Verdict
from coalface.verify.actions import judge
from tests.verify import at, week
from tests.verify.test_judging import card_block


@pytest.mark.django_db(transaction=True)
def test_two_judges_at_once_make_one_verdict(cast):
    fix = card_block(cast)
    together, found = Barrier(2), []

    def weigh(person: Person) -> None:
        together.wait()
        try:
            found.append(judge(fix=fix, by=person, now=at(week(30))).pk)
        finally:
            connections.close_all()

    both = [Thread(target=weigh, args=(person,)) for person in (cast.adam, cast.olga)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert found == [Verdict.objects.get().pk] * 2
    assert Event.objects.filter(kind="fix.judged").count() == 1

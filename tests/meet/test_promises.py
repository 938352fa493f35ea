"""What was promised, and whether it was kept."""

from datetime import date, timedelta

import pytest

from coalface.meet.actions import AlreadySettled, InThePast, NotHeld, NoWords, promise, settle_promise
from coalface.records.models import PromiseToCustomer
from tests.meet import LATER, held, kinds, planned

FRIDAY = date(2026, 3, 6)


def test_a_promise_has_words_a_customer_and_a_day(cast):
    met = held(cast)
    given = {"customer": cast.petra, "due_on": FRIDAY, "by": cast.olga, "now": LATER}
    made = promise(encounter=met, words=" A call. ", **given)
    made = PromiseToCustomer.objects.get(pk=made.pk)
    assert (made.encounter, made.customer, made.words.text) == (met, cast.petra, "A call.")
    assert (made.by, made.made_at, made.due_on, made.kept) == (cast.olga, LATER, FRIDAY, None)
    again = promise(
        encounter=met, customer=cast.petra, words="A call.", due_on=FRIDAY, by=cast.olga, now=LATER
    )
    assert (again, kinds(made)) == (made, ["promise.made"])


def test_no_promise_without_words_for_yesterday_or_before_meeting(cast):
    met, yesterday = held(cast), LATER.date() - timedelta(days=1)
    given = {"customer": cast.petra, "by": cast.olga, "now": LATER}
    with pytest.raises(NoWords):
        promise(encounter=met, words=" ", due_on=FRIDAY, **given)
    with pytest.raises(InThePast):
        promise(encounter=met, words="A call.", due_on=yesterday, **given)
    with pytest.raises(NotHeld):
        promise(encounter=planned(cast), words="A call.", due_on=FRIDAY, **given)
    assert promise(encounter=met, words="A call.", due_on=LATER.date(), **given).due_on == LATER.date()


@pytest.mark.parametrize("kept", [True, False])
def test_somebody_says_whether_it_was_kept_and_only_once(cast, kept):
    made = promise(
        encounter=held(cast), customer=cast.petra, words="A call.", due_on=FRIDAY, by=cast.olga, now=LATER
    )
    settled = settle_promise(promise=made, kept=kept, by=cast.mina, now=LATER)
    assert (settled.kept, settled.settled_at) == (kept, LATER)
    assert kinds(made) == ["promise.made", "promise.settled"]
    with pytest.raises(AlreadySettled):
        settle_promise(promise=made, kept=not kept, by=cast.mina, now=LATER)

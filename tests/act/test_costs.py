"""What a fix and an encounter cost: put down, taken back."""

import pytest

from coalface.act.actions import NoCost, NotTheirCost, merge_fixes, put_down_cost, take_back_cost
from coalface.act.queries import costs_of
from coalface.records.models import Cost
from tests.act.test_pages import count
from tests.meet import held
from tests.people import NOW, client_for
from tests.verify import issue, proposed_fix

pytestmark = pytest.mark.django_db


def put_down(about, by, hours=0.0, amount=0, currency=""):
    return put_down_cost(about=about, hours=hours, amount=amount, currency=currency, by=by, now=NOW)


def test_each_currency_by_itself_and_without_what_was_taken_back(cast):
    fix = proposed_fix(cast, issue(cast, "Waiting"))
    put_down(fix, cast.sven, 2.5, 10_000, "CHF")
    put_down(fix, cast.sven, 0, 5_000, "EUR")
    wrong = put_down(fix, cast.sven, 80)
    with pytest.raises(NotTheirCost):
        take_back_cost(cost=wrong, by=cast.mina, now=NOW)
    take_back_cost(cost=wrong, by=cast.sven, now=NOW)
    found = costs_of(fix)
    assert (found.attended, found.hours, found.money) == (0, 2.5, {"CHF": 10_000, "EUR": 5_000})


def test_a_form_sent_twice_is_one_cost(cast):
    fix = proposed_fix(cast, issue(cast, "Waiting"))
    first = put_down(fix, cast.sven, 2.5, 10_000, "CHF")
    assert put_down(fix, cast.sven, 2.5, 10_000, "CHF") == first
    assert put_down(fix, cast.mina, 2.5, 10_000, "CHF") != first
    take_back_cost(cost=first, by=cast.sven, now=NOW)
    assert put_down(fix, cast.sven, 2.5, 10_000, "CHF") != first
    assert costs_of(fix).hours == 5


def test_what_became_part_of_another_costs_the_other(cast):
    about = issue(cast, "Waiting")
    old, new = proposed_fix(cast, about), proposed_fix(cast, about)
    merge_fixes(fix=old, into=new, by=cast.sven, now=NOW)
    assert put_down(old, cast.sven, 2).fix == new


@pytest.mark.parametrize("nothing", [(0, 0, "CHF"), (-1, 5, "CHF"), (0, 5, ""), (1, -5, "CHF")], ids=str)
def test_nothing_is_no_cost(cast, nothing):
    with pytest.raises(NoCost):
        put_down(proposed_fix(cast, issue(cast, "Waiting")), cast.sven, *nothing)


def test_the_time_of_those_who_were_there_is_known(cast):
    encounter = held(cast)
    put_down(encounter, cast.olga, 1)
    found = costs_of(encounter)
    assert (found.attended, found.hours, found.money) == (0.5, 1, {})


def test_on_the_pages_by_those_whose_it_is(cast):
    fix, encounter = proposed_fix(cast, issue(cast, "Waiting")), held(cast)
    at, sven = f"/act/{fix.pk}/costs/", client_for(cast.sven)
    assert "Hours, money, or both." in sven.post(at, {}).content.decode()
    assert "Money has a currency." in sven.post(at, {"money": "5"}).content.decode()
    sven.post(at, {"hours": "1.5", "money": "99.50", "currency": "chf"})
    assert list(Cost.objects.values_list("hours", "amount", "currency")) == [(1.5, 9_950, "CHF")]
    fay = client_for(cast.fay)
    assert "1.50 hours" in fay.get(at).content.decode()
    assert fay.post(at, {"hours": "1"}).status_code == 403
    cost = Cost.objects.get()
    assert fay.post(f"/act/costs/{cost.pk}/take-back/").status_code == 403
    sven.post(f"/act/costs/{cost.pk}/take-back/")
    assert "Nothing has been put down." in sven.get(at).content.decode()
    there = f"/act/costs/encounter/{encounter.pk}/"
    assert fay.get(there).status_code == 403
    client_for(cast.olga).post(there, {"hours": "2"})
    assert "2 hours" in client_for(cast.olga).get(there).content.decode()


def test_it_asks_as_often_for_three_as_for_one(cast):
    fix, client = proposed_fix(cast, issue(cast, "Waiting")), client_for(cast.sven)
    put_down(fix, cast.sven, 1)
    one = count(client, f"/act/{fix.pk}/costs/")
    put_down(fix, cast.sven, 2)
    put_down(fix, cast.sven, 3)
    assert count(client, f"/act/{fix.pk}/costs/") == one <= 8

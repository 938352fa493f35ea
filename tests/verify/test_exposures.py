"""The page on which is recorded how much was done."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalface.people.actions import grant, revoke
from coalface.records.models import Exposure, Role
from tests.people import NOW, client_for
from tests.verify import done, issue, proposed_fix

pytestmark = pytest.mark.django_db

WEEK = {
    "measure": "Online orders",
    "from_on": "2026-02-02",
    "until_on": "2026-02-09",
    "quantity": "120",
    "source": "the shop",
}


def page(person):
    return client_for(person).get(reverse("verify:exposures"))


def send(person, where, /, **changed):
    form = WEEK | {"unit": where.pk} | changed
    return client_for(person).post(reverse("verify:exposures"), form)


def recorded():
    rows = Exposure.objects.order_by("from_on", "id")
    return [(row.unit.key, row.measure, row.from_on.isoformat(), row.quantity) for row in rows]


def test_everybody_sees_what_is_recorded_and_who_leads_records_it(cast):
    assert b"Nothing recorded yet" in page(cast.fay).content
    assert b"Record a period" not in page(cast.fay).content
    assert b"Record a period" in page(cast.olga).content
    assert send(cast.fay, cast.north).status_code == 403
    assert send(cast.adam, cast.north).url == reverse("verify:exposures")
    assert recorded() == [("north", "online-orders", "2026-02-02", 120)]
    assert b"9 Feb 2026" in page(cast.fay).content
    assert b'<option value="online-orders">' in page(cast.olga).content


def test_the_page_is_found_where_it_is_missed(cast):
    address = reverse("verify:exposures").encode()
    assert address in client_for(cast.fay).get(reverse("verify:index")).content
    fix = proposed_fix(cast, issue(cast, "Cards"))
    assert address in client_for(cast.adam).get(reverse("verify:register", args=[fix.pk])).content


def test_the_same_first_day_again_corrects(cast):
    send(cast.adam, cast.north)
    assert send(cast.adam, cast.north, quantity="130", measure="online-orders").status_code == 302
    assert recorded() == [("north", "online-orders", "2026-02-02", 130)]


def test_days_that_would_count_twice_are_refused_in_plain_words(cast):
    send(cast.adam, cast.north)
    for unit in (cast.north, cast.root):
        answer = send(cast.adam, unit, from_on="2026-02-05", until_on="2026-02-12")
        assert answer.status_code == 422
        assert b"they would count twice" in answer.content
    assert send(cast.adam, cast.south, from_on="2026-02-05").status_code == 302
    assert len(recorded()) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"measure": "!!"},
        {"measure": ""},
        {"from_on": "yesterday"},
        {"from_on": "1999-12-31"},
        {"until_on": "2026-02-02"},
        {"until_on": "9999-12-31"},
        {"quantity": "-1"},
        {"quantity": "1.5"},
        {"quantity": "9" * 30},
        {"source": ""},
        {"unit": "x"},
    ],
)
def test_what_makes_no_sense_is_answered_beside_its_field(cast, wrong):
    answer = send(cast.adam, cast.north, **wrong)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong)
    assert recorded() == []


def test_nobody_records_for_a_unit_out_of_reach(cast):
    revoke(grant=cast.olga.grants.get(), by=cast.ada, now=NOW)
    grant(person=cast.olga, role=Role.LEADER, unit=cast.north, by=cast.ada, now=NOW)
    assert set(send(cast.olga, cast.south).context["form"].errors) == {"unit"}
    assert send(cast.olga, cast.north).status_code == 302


def test_the_newest_periods_come_first_fifty_a_page_at_one_price(cast):
    def cost():
        client = client_for(cast.adam)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("verify:exposures")).status_code == 200
        return len(queries)

    done([cast.north], 500, first=0, last=1, by=cast.adam)
    one = cost()
    done([cast.north, cast.south], 500, first=0, last=26, by=cast.adam)
    assert cost() == one
    shown = page(cast.adam).context["page"]
    assert (len(shown), shown.paginator.count) == (50, 52)
    assert shown[0].from_on > shown[49].from_on

"""What listening and changing costs in a year, and what it may keep."""

import pytest

from coalface.act.actions import put_down_cost
from coalface.measure.queries import costs_and_gains
from coalface.methods.costs import cost_of_one
from coalface.records.models import Customer, Fix, Verdict
from tests.measure import ago, met
from tests.people import NOW, client_for
from tests.verify import issue, proposed_fix, said

pytestmark = pytest.mark.django_db


def live(cast, about, ruling="", days=20, unit=None):
    fix = proposed_fix(cast, about, unit)
    Fix.objects.filter(pk=fix.pk).update(shipped_at=ago(days))
    if ruling:
        Verdict.objects.create(fix=fix, ruling=ruling, basis="customers", judged_by=cast.mina, judged_at=NOW)
    return fix


def worth(cast):
    for customer, value in ((cast.petra, 100_00), (cast.quentin, 300_00)):
        Customer.objects.filter(pk=customer.pk).update(yearly_value=value, currency="CHF")


def test_each_customer_counts_once_and_the_verified_are_the_lower_end(cast):
    worth(cast)
    one, other = issue(cast, "Waiting"), issue(cast, "Letters")
    for about in (one, other):
        said(about, cast.north, [2], customer=cast.petra)
    said(other, cast.north, [1], customer=cast.quentin)
    said(other, cast.north, [1], customer=cast.rosa)
    live(cast, one, "verified")
    live(cast, other, "no_change")
    found = costs_and_gains(NOW)
    assert [(row.currency, row.low, row.high) for row in found.worth] == [("CHF", 100_00, 400_00)]
    assert (found.fixes, found.verified, found.customers, found.without_value) == (2, 1, 3, 1)


def test_who_spoke_afterwards_or_elsewhere_did_not_ask_for_it(cast):
    worth(cast)
    about = issue(cast, "Waiting")
    said(about, cast.north, [1], first=20, customer=cast.petra)
    live(cast, about, "verified", days=300)
    live(cast, about, "verified", unit=cast.south)
    assert costs_and_gains(NOW).worth == []


def test_time_money_and_the_cost_of_one(cast):
    met(cast, cast.olga, 20, [cast.petra])
    met(cast, cast.olga, 400, [cast.petra])
    fix = live(cast, issue(cast, "Waiting"), "verified")
    given = {"about": fix, "by": cast.sven, "now": ago(1)}
    put_down_cost(hours=9.5, amount=1_000_00, currency="CHF", **given)
    put_down_cost(hours=0, amount=10_00, currency="EUR", **given)
    found = costs_and_gains(NOW)
    assert (found.encounters, found.attended, found.hours) == (1, 0.5, 9.5)
    assert (found.money, found.currency) == ({"CHF": 1_000_00, "EUR": 10_00}, "CHF")
    assert (found.each, found.report) == (cost_of_one(10 * 60 + 1_000, 1), 40_000)


def test_the_page_is_for_those_who_see_values(cast):
    assert client_for(cast.fay).get("/measure/costs/").status_code == 403
    page = client_for(cast.olga).get("/measure/costs/").content.decode()
    assert "Nothing was verified in the past year" in page
    assert "A bought research report costs 40,000." in page

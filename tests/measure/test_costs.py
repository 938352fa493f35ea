"""What listening and changing costs in a year, and what it may keep."""

import pytest

from coalface.act.actions import put_down_cost
from coalface.measure.queries import costs_and_gains
from coalface.methods.costs import cost_of_one
from coalface.records.models import Customer, Encounter, Fix, Verdict
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


def by_hand(encounters, fixes, costs, worths):
    """The same figures, added up one by one: no aggregate, no chi-square of ours."""
    minutes = sum(minutes for _, minutes in encounters)
    hours = sum(hours for _, hours, *_ in costs)
    francs = sum(amount for _, _, amount, currency in costs if currency == "CHF")
    total = (minutes / 60 + hours) * 60 + francs / 100
    proven = [name for name, ruling in fixes.items() if ruling == "verified"]
    asked = {name: {who for who, what in worths if what == name} for name in fixes}
    low = set().union(*(asked[name] for name in proven))
    return {
        "each": total / len(proven),
        "hours_of_a_fix": sum(h for what, h, *_ in costs if what in fixes) / len(fixes),
        "hours_of_an_encounter": (minutes / 60 + sum(h for what, h, *_ in costs if what == "met"))
        / len(encounters),
        "francs_of_a_fix": round(
            sum(amount for what, _, amount, currency in costs if what in fixes and currency == "CHF")
            / len(fixes)
        ),
        "low": len(low),
        "high": len(set().union(*asked.values())),
    }


def test_it_adds_up_to_what_is_added_up_by_hand(cast):
    people = [cast.petra, cast.quentin, cast.rosa]
    for place, customer in enumerate(people):
        Customer.objects.filter(pk=customer.pk).update(yearly_value=10**place * 100, currency="CHF")
    meetings = [met(cast, cast.olga, days, [cast.petra]) for days in (20, 40, 60)]
    fixes = {"Waiting": "verified", "Letters": "no_change", "Parking": "verified", "Lifts": ""}
    worths = [(0, "Waiting"), (0, "Parking"), (1, "Parking"), (1, "Letters"), (2, "Lifts")]
    abouts = {name: issue(cast, name) for name in fixes}
    for who, what in worths:
        said(abouts[what], cast.north, [2, 1], customer=people[who])
    there = {name: live(cast, abouts[name], ruling) for name, ruling in fixes.items()}
    there["met"] = Encounter.objects.order_by("starts_at").first()
    costs = [
        ("Waiting", 3.25, 999_99, "CHF"),
        ("Parking", 0, 12_50, "EUR"),
        ("Lifts", 7.5, 0, ""),
        ("met", 1.5, 80_00, "CHF"),
    ]
    for what, hours, amount, currency in costs:
        put_down_cost(
            about=there[what], hours=hours, amount=amount, currency=currency, by=cast.sven, now=ago(1)
        )
    found, hand = costs_and_gains(NOW), by_hand([(one, 30) for one in meetings], fixes, costs, worths)
    assert found.each.each == pytest.approx(hand["each"])
    # Garwood (1936) for two: .2422 to 7.2247.
    total = hand["each"] * 2
    assert (found.each.low, found.each.high) == (
        pytest.approx(total / 7.2247, rel=1e-4),
        pytest.approx(total / 0.24221, rel=1e-4),
    )
    assert found.of_a_fix.hours == hand["hours_of_a_fix"]
    assert found.of_a_fix.money == {"CHF": hand["francs_of_a_fix"], "EUR": round(1250 / 4)}
    assert found.of_an_encounter.hours == pytest.approx(hand["hours_of_an_encounter"])
    assert (hand["low"], hand["high"]) == (2, 3)
    assert [(one.low, one.high) for one in found.worth] == [(100 + 1_000, 100 + 1_000 + 10_000)]


def test_the_page_is_for_those_who_see_values(cast):
    assert client_for(cast.fay).get("/measure/costs/").status_code == 403
    page = client_for(cast.olga).get("/measure/costs/").content.decode()
    assert "Nothing was verified in the past year" in page
    assert "A bought research report costs 40,000." in page

"""How much was done, written by a program."""

import pytest

from coalface.people.actions import grant
from coalface.records.models import Event, Exposure, Role
from tests.api import Program
from tests.people import NOW

ADDRESS = "exposures/north/orders/2026-02-01"
MONTH = {"until_on": "2026-03-01", "quantity": 1200, "source": "shop"}


@pytest.fixture
def shop(cast):
    """A program that counts orders."""
    return Program(cast.olga, "exposures:read", "exposures:write")


def test_the_same_again_changes_nothing_and_another_number_corrects(shop):
    status, made = shop.put(ADDRESS, MONTH)
    one = Exposure.objects.get()
    kept = MONTH | {"id": one.pk, "unit": "north", "measure": "orders", "from_on": "2026-02-01"}
    assert (status, made) == (201, kept)
    assert shop.put(ADDRESS, MONTH) == (200, made)
    assert Event.objects.filter(kind="exposures.recorded").count() == 1
    assert shop.put(ADDRESS, MONTH | {"quantity": 1201}) == (200, made | {"quantity": 1201})
    assert shop.get(f"exposures/{one.pk}") == (200, made | {"quantity": 1201})
    listed = shop.get("exposures?unit=lindner&measure=orders&since=2026-02-01&until=2026-02-02")
    assert listed[1]["items"] == [made | {"quantity": 1201}]
    assert shop.get("exposures?since=2026-02-02")[1]["items"] == []


def test_nobody_overwrites_unseen(shop):
    shop.put(ADDRESS, MONTH)
    tag = shop.ask(f"exposures/{Exposure.objects.get().pk}").headers["ETag"]
    assert shop.put(ADDRESS, MONTH | {"quantity": 2}, **{"If-Match": tag})[0] == 200
    late = shop.put(ADDRESS, MONTH | {"quantity": 3}, **{"If-Match": tag})
    assert late == (412, {"code": "changed_meanwhile"})


def test_two_periods_never_count_twice(shop):
    shop.put(ADDRESS, MONTH)
    answer = shop.put("exposures/north/orders/2026-02-15", MONTH)
    assert answer == (409, {"code": "overlaps"})
    assert Exposure.objects.count() == 1


def test_only_where_one_registers_evaluations(cast):
    grant(person=cast.gus, role=Role.LEADER, unit=cast.south, by=cast.ada, now=NOW)
    gus = Program(cast.gus, "exposures:write")
    assert gus.put(ADDRESS, MONTH) == (403, {"code": "not_yours"})
    assert gus.put(ADDRESS.replace("north", "nowhere"), MONTH) == (404, {"code": "no_such_unit"})
    assert gus.put(ADDRESS.replace("north", "south"), MONTH)[0] == 201


WRONG = [
    (ADDRESS, {"until_on": "2026-02-01"}, "until_on"),
    (ADDRESS, {"quantity": -1}, "quantity"),
    (ADDRESS, {"quantity": 2**63}, "quantity"),
    (ADDRESS, {"source": "a\0"}, "source"),
    (ADDRESS, {"fish": 1}, "fish"),
    ("exposures/north/or ders/2026-02-01", {}, "measure"),
    ("exposures/north/orders/yesterday", {}, "from_on"),
    ("exposures/north/orders/0001-01-01", {}, "from_on"),
]


@pytest.mark.parametrize(("address", "wrong", "field"), WRONG, ids=str)
def test_what_cannot_be_is_named(shop, address, wrong, field):
    assert shop.put(address, MONTH | wrong) == (422, {"code": "invalid", "fields": [field]})

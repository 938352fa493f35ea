"""A shop of twelve: no levels, no cadences, and a loop that one owner closes with her customers' yes."""

import pytest

from coalface.permissions import is_small
from coalface.records.models import (
    Attendance,
    Commitment,
    Customer,
    Fix,
    Guest,
    Person,
    Position,
    Reflection,
    Unit,
)
from tests.demo.conftest import LAST_DAY
from tests.people import client_for

pytestmark = pytest.mark.django_db


def test_the_shop_is_as_large_as_told(shop: Unit):
    assert (Person.objects.count(), Customer.objects.count(), is_small(LAST_DAY)) == (12, 40, True)


def test_nobody_is_asked_for_levels_or_cadences(shop: Unit):
    assert set(Position.objects.values_list("level", flat=True)) == {""}
    assert not Commitment.objects.exists()


def test_the_customers_yes_on_a_later_day_verifies_the_fix(shop: Unit):
    fix = Fix.objects.get(shipped_at__isnull=False)
    verdict = fix.verdicts.first()
    assert (verdict.ruling, verdict.basis) == ("verified", "customers")
    assert verdict.judged_at.date() > fix.shipped_at.date()


def test_rooms_a_shop_does_not_use_stay_out_of_sight(shop: Unit):
    page = client_for(Person.objects.get(name="Mara Hollis")).get("/").content.decode()
    assert 'href="/programme/"' not in page
    assert 'href="/meet/"' in page


def test_customers_of_the_shop_say_whether_it_listened(shop: Unit):
    assert Guest.objects.filter(answered_at__isnull=False, listened__isnull=False).count() > 5
    assert Reflection.objects.exists()
    assert Attendance.objects.filter(depth="beside").exists()

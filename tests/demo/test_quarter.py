"""The quarter ahead, told on the founding day of the bank with some customers."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from coalface.demo.actions import bank_base, bank_people
from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at
from coalface.demo.actions.quarter import WEEKS, look_ahead
from coalface.meet.queries import rounds_of
from coalface.plan.queries import remote_formats
from coalface.records.models import (
    Assignment,
    Commitment,
    Encounter,
    Exemption,
    Plan,
    Slot,
    Unit,
    WorkingHours,
)
from tests.demo.conftest import LAST_DAY
from tests.people import welcome


@pytest.mark.django_db
def test_the_bank_looks_a_quarter_ahead():
    start = LAST_DAY - timedelta(days=DAYS)
    morning, chance = at(start, 6), Random(1)
    bank = bank_people.found_bank(chance=chance, on=start, now=morning)
    formats = bank_base.add_formats(bank=bank, now=morning)
    names = [f"{letter}{ending} Guest" for letter in "ABCDEFGHIJKL" for ending in ("na", "rik", "lla", "mo")]
    welcome(*names, unit=bank.units["bellerive"])
    look_ahead(Year(bank, start, chance, [], {}, {}), formats)
    slots = Counter(Slot.objects.values_list("format__key", flat=True))
    assert slots == {
        "counter-shift": 5 * WEEKS,
        "drop-in": 3 * WEEKS,
        "visit": 6 * WEEKS,
        "listening-in": WEEKS,
        "video": 2 * WEEKS,
    }
    assert Slot.objects.filter(starts_at__lte=at(LAST_DAY, 23)).count() == 0
    assert [format.key for format in remote_formats()] == ["thank-you-call", "video"]
    whose = Commitment.objects.order_by("id").values_list("level", "job", "every_days")
    assert list(whose) == [("top", "", 30), ("top", "", 180), ("middle", "", 60), ("", "Branch manager", 90)]
    assert not Commitment.objects.exclude(ends_on=None).exists()
    assert (Unit.objects.get(parent=None).country, WorkingHours.objects.count()) == ("CH", 5)
    rounds = rounds_of(Encounter.objects.get(format__key="matchmaking"))
    assert [[len(table) for table in one.tables] for one in rounds] == [[4, 4, 4, 4]] * 4
    before, after = Plan.objects.order_by("id")
    assert (after.follows, after.met, after.failure) == (before, after.owed, "")
    assert after.published_at > before.published_at
    kept = Assignment.objects.standing().filter(plan=after)
    assert (kept.count(), kept.filter(encounter=None).count()) == (after.met, 0)
    closed = Slot.objects.exclude(cancelled_at=None)
    assert {slot.unit.key for slot in closed} == {"altmatt"}
    assert not kept.filter(slot__in=closed).exists()
    let_off = Exemption.objects.values_list("starts_on", "remote_offered_on")
    assert list(let_off) == [(LAST_DAY, LAST_DAY)]

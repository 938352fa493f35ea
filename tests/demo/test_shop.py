"""A shop of twelve: no levels, no cadences, and a loop that one owner closes with her customers' yes."""

import pytest

from coalface.act.queries import agenda_of, chain_of_fix, fixes, meetings, published, standing_of
from coalface.demo.actions import shop_changes as changes
from coalface.demo.actions.chance import at
from coalface.measure.queries import costs_and_gains
from coalface.permissions import is_small, rights_of
from coalface.records.models import (
    Attendance,
    Commitment,
    Customer,
    Fix,
    FixOffer,
    Guest,
    InsightMeeting,
    Issue,
    Opportunity,
    Person,
    Position,
    Reflection,
    Unit,
)
from coalface.verify.queries import answers_to, asked_instead
from tests.demo.conftest import LAST_DAY
from tests.people import client_for

pytestmark = pytest.mark.django_db

EVENING = at(LAST_DAY, 23, 45)


def called(title: str) -> Fix:
    return Fix.objects.get(title=title)


def test_the_shop_is_as_large_as_told(shop: Unit):
    assert (Person.objects.count(), Customer.objects.count(), is_small(LAST_DAY)) == (12, 40, True)


def test_nobody_is_asked_for_levels_or_cadences(shop: Unit):
    assert set(Position.objects.values_list("level", flat=True)) == {""}
    assert not Commitment.objects.exists()


def test_the_customers_yes_on_a_later_day_verifies_the_fix(shop: Unit):
    fix = called(changes.PICK_UP)
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


def test_fixes_stand_in_all_three_lanes(shop: Unit):
    stand = [(fix.lane, fix.title, fix.owner.name, fix.waits_for) for fix in fixes(LAST_DAY)]
    assert stand == [
        ("this_week", changes.LOAN_BIKE, "Tom Ashgrove", "register"),
        ("needs_a_decision", changes.EVENING, "Mara Hollis", "accept"),
        ("opportunity", changes.BOOKED, "Mara Hollis", "register"),
    ]
    waiting = FixOffer.objects.waiting().get()
    assert (waiting.fix.title, waiting.receiver.name) == (changes.EVENING, "Wilma Okonjo")


def test_nobody_could_judge_the_owner_so_customers_did_and_others_are_asked(shop: Unit):
    page = client_for(Person.objects.get(name="Mara Hollis")).get(f"/verify/{called(changes.PICK_UP).pk}/")
    assert "Those who raised it were asked later, and say it is better." in page.content.decode()
    assert asked_instead(called(changes.PICK_UP), LAST_DAY)
    said = answers_to(called(changes.CALL_FIRST))
    assert (said.yes, said.no) == (0, 0)
    assert called(changes.CALL_FIRST).customer_answers.count() > 1


def test_one_chain_is_whole_and_one_waits_for_its_verdict(shop: Unit):
    assert chain_of_fix(called(changes.PICK_UP)).missing == ""
    assert chain_of_fix(called(changes.CALL_FIRST)).missing == "verdict"


def test_what_was_declined_has_a_reason_and_who_raised_it_was_told(shop: Unit):
    fix = called(changes.CARGO_BIKE)
    assert fix.decline_reason.text.startswith("A cargo bike to lend costs as much as eleven other bikes")
    assert fix.tellings.filter(customer__isnull=False, news="declined").count() > 1


def test_they_talked_once_and_will_talk_again_about_what_was_left_open(shop: Unit):
    owner = Person.objects.get(name="Mara Hollis")
    coming, held = meetings(owner, rights_of(owner, EVENING))
    points = [
        (point.topic, str(point.fix or point.title), bool(point.settled_at)) for point in agenda_of(held)
    ]
    assert points == [
        ("decide", changes.LOAN_BIKE, True),
        ("by_hand", changes.TRAY, False),
        ("by_hand", changes.SATURDAY, True),
    ]
    assert held.present.count() == 4
    assert InsightMeeting.objects.count() == 2
    assert [str(point.fix or point.title) for point in agenda_of(coming)] == [
        changes.TRAY,
        changes.EVENING,
    ]


def test_an_idea_waits_until_enough_customers_want_it_and_for_the_bike(shop: Unit):
    booked = Opportunity.objects.get()
    standing = standing_of(booked)
    assert (standing.want, standing.asked, standing.missing) == (3, 4, 2)
    assert [fix.title for fix in booked.fix.needs.all()] == [changes.LOAN_BIKE]


def test_it_says_in_public_why_it_is_so_and_what_it_cost(shop: Unit):
    assert [(one.fix.title, one.ruling) for one in published("en")] == [(changes.PICK_UP, "verified")]
    assert Issue.objects.get(whys__place=1).whys.count() == 3
    found = costs_and_gains(EVENING)
    assert (found.hours, found.fixes, found.verified, found.report) == (6, 2, 1, 1_800)
    assert 0 < found.each.low < found.each.each < found.each.high


def test_nobody_is_thanked_for_what_nobody_has_judged(shop: Unit):
    page = client_for(Person.objects.get(name="Mara Hollis")).get("/").content.decode()
    assert changes.CALL_FIRST not in page


def test_who_decides_for_herself_is_not_asked_by_herself(shop: Unit):
    page = client_for(Person.objects.get(name="Mara Hollis")).get("/").content.decode()
    assert "It is about “The promised pick-up day is missed”" in page
    assert "Mara Hollis asks" not in page

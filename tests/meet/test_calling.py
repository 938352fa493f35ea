"""Today's call: one customer ready for each leader, why, what to ask, and another one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coalface.customers.actions import approach, restrict
from coalface.hear.actions import NewFeedback, take_in
from coalface.meet.actions import choose_another, choose_calls
from coalface.meet.queries import call_today, callers, calls_for, questions_of_a_call
from coalface.permissions import rights_of
from coalface.records.models import (
    ChosenBy,
    Customer,
    DailyCall,
    Encounter,
    Format,
    Kind,
    Person,
    Purchase,
    RestrictionKind,
)
from tests.people import NOW, client_for, welcome

TODAY = timezone.localdate(NOW)


@pytest.fixture
def reachable(cast):
    """Everybody has a telephone."""
    Customer.objects.update(phone="+41 00 1")


def today(person, now=NOW):
    return call_today(person, rights_of(person, now), now)


def whom(person, now=NOW):
    return {call.customer.name: call.reason for call in calls_for(person, rights_of(person, now), now)}


def test_each_leader_has_another_customer_each_morning(cast, reachable):
    assert callers(NOW) == [cast.olga, cast.rolf, cast.mina, cast.adam]
    assert choose_calls(now=NOW) == 3
    chosen = list(DailyCall.objects.order_by("person").values_list("person", "day", "reason"))
    assert chosen == [(one.pk, TODAY, "quiet") for one in (cast.olga, cast.rolf, cast.mina)]
    assert len(set(DailyCall.objects.values_list("customer", flat=True))) == 3
    assert choose_calls(now=NOW) == 0
    assert today(cast.olga).kept and today(cast.adam) is None


def test_only_who_may_be_thanked_by_phone_in_a_language_of_the_leader(cast, reachable):
    everybody = {"Petra Frei": "quiet", "Quentin Roy": "quiet", "Rosa Conti": "quiet"}
    assert whom(cast.olga) == everybody
    Customer.objects.filter(pk=cast.petra.pk).update(phone="")
    Customer.objects.filter(pk=cast.quentin.pk).update(language="fr")
    assert whom(cast.olga) == {"Rosa Conti": "quiet"}
    cast.rosa.consents.all().delete()
    assert whom(cast.olga) == {}
    Person.objects.filter(pk=cast.olga.pk).update(language="fr")
    cast.olga.refresh_from_db()
    assert whom(cast.olga) == {"Quentin Roy": "quiet"}


def test_nobody_who_is_protected_or_was_approached_or_met_lately(cast, reachable):
    restrict(customer=cast.petra, kind=RestrictionKind.LEGAL_DISPUTE, by=cast.mina, now=NOW)
    approach(customer=cast.quentin, channel="phone", purpose="conversation", by=cast.mina, now=NOW)
    assert whom(cast.olga) == {"Rosa Conti": "quiet"}
    assert set(whom(cast.olga, NOW + timedelta(days=91))) == {"Quentin Roy", "Rosa Conti"}


def test_a_good_reason_is_told(cast, reachable):
    row = NewFeedback(
        source="mail", source_id="1", channel="mail", kind=Kind.COMPLIMENT, received_at=NOW, unit=cast.north,
        text="You were kind.", customer=cast.petra,
    )  # fmt: skip
    take_in(rows=[row], by=cast.adam, now=NOW)
    bought = {"customer": cast.quentin, "source": "till", "source_id": "1", "on": TODAY}
    Purchase.objects.create(**bought, amount=100, currency="CHF")
    Customer.objects.filter(pk=cast.rosa.pk).update(since_on=TODAY - timedelta(days=20))
    welcome("Sara Quiet", unit=cast.north)
    Customer.objects.update(phone="+41 00 1")
    assert whom(cast.olga) == {
        "Petra Frei": "praised", "Quentin Roy": "purchase", "Rosa Conti": "new", "Sara Quiet": "quiet",
    }  # fmt: skip


def test_somebody_met_long_ago_is_met_again(cast, reachable):
    met = Encounter.objects.create(
        format=cast.visit, unit=cast.north, starts_at=NOW - timedelta(days=200), minutes=30, outcome="held",
        outcome_at=NOW - timedelta(days=200), chosen_by=ChosenBy.PERSON,
    )  # fmt: skip
    met.guests.create(customer=cast.petra, came=True)
    met.attendances.create(person=cast.olga, depth="conversing", minutes=30)
    assert whom(cast.olga)["Petra Frei"] == "met_before"
    assert whom(cast.rolf)["Petra Frei"] == "quiet"


def test_another_one_takes_its_place_and_comes_round_without_being_counted(cast, reachable):
    choose_calls(now=NOW)
    DailyCall.objects.exclude(person=cast.olga).delete()
    first = today(cast.olga).customer
    others = [choose_another(person=cast.olga, now=NOW).customer for _ in range(3)]
    assert len({first, *others}) == 3 and others[-1] == first
    assert DailyCall.objects.filter(person=cast.olga).count() == 1
    Customer.objects.exclude(pk=first.pk).update(phone="")
    assert choose_another(person=cast.olga, now=NOW) is None
    assert today(cast.olga).customer == first


def test_without_the_nightly_job_one_is_found_when_it_is_looked_at(cast, reachable):
    found = today(cast.olga)
    assert (found.kept, found.reason, DailyCall.objects.count()) == (False, "quiet", 0)
    assert today(cast.olga) == found


def test_a_customer_restricted_in_the_meantime_is_replaced(cast, reachable):
    choose_calls(now=NOW)
    chosen = today(cast.olga).customer
    restrict(customer=chosen, kind=RestrictionKind.DO_NOT_CONTACT, by=cast.mina, now=NOW)
    DailyCall.objects.exclude(person=cast.olga).delete()
    assert today(cast.olga).customer != chosen


def test_the_page_says_why_and_what_to_ask_and_after_the_call_nobody_else_is_proposed(cast, reachable):
    client, now = client_for(cast.olga), timezone.now()
    choose_calls(now=now)
    chosen = today(cast.olga, now).customer
    week = client.get(reverse("home:week")).content.decode()
    assert "Today’s call" in week and chosen.name in week
    assert "Nobody of us has spoken with them lately." in week
    address = reverse("meet:thank_one", args=[chosen.pk])
    shown = client.get(address)
    assert "What to ask" in shown.content.decode()
    assert len(shown.context["questions"]) == 2
    client.post(address, {"id": shown.context["form"]["id"].value(), "how": "called"})
    assert DailyCall.objects.get(person=cast.olga).encounter.guests.get().customer == chosen
    assert today(cast.olga, now) is None
    assert choose_another(person=cast.olga, now=now) is None
    assert "Today’s call" not in client.get(reverse("home:week")).content.decode()


def test_another_one_is_asked_for_on_the_page(cast, reachable):
    client = client_for(cast.olga)
    first = client.get(reverse("meet:thank_somebody")).context["call"].customer
    answer = client.post(reverse("meet:another_call"), follow=True)
    assert answer.context["call"].customer != first
    assert client.post(reverse("meet:another_call"), {"week": "1"}).url == reverse("home:week")
    assert client.get(reverse("meet:another_call")).status_code == 405
    assert client_for(cast.fay).post(reverse("meet:another_call")).status_code == 403


def test_the_questions_are_the_first_two_of_the_guide(cast):
    ready = "Call them.\nHow was it?\nWhat was missing?\nWhat else?"
    assert questions_of_a_call(ready) == ["How was it?", "What was missing?"]
    Format.objects.filter(pk=cast.visit.pk).update(key="thank-you-call", guide="Hello.\nWhy us?")
    assert questions_of_a_call(ready) == ["Why us?"]

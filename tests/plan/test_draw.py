"""A draw is fair, reaches only who agreed, and says why it fell on this customer."""

from datetime import timedelta

import pytest

from coalface.customers.actions import approach, restrict, withdraw_consent
from coalface.plan.actions import NobodyToDraw, draw, draw_once, plan_encounter
from coalface.plan.queries import Field, the_field
from coalface.records.models import (
    Approach,
    Assignment,
    ChosenBy,
    Encounter,
    Event,
    RestrictionKind,
)
from tests.people import NOW, welcome

TOMORROW = NOW + timedelta(days=1)


def drawn(cast, seed=1, **more):
    return draw(
        person=cast.olga,
        format=cast.visit,
        unit=cast.north,
        starts_at=TOMORROW,
        by=cast.mina,
        now=NOW,
        seed=seed,
        **more,
    )


def test_a_draw_approaches_the_customer_and_plans_the_encounter(cast):
    assignment = drawn(cast)
    encounter = assignment.encounter
    assert assignment.person == cast.olga
    assert (assignment.stratum, assignment.deficit, assignment.among) == ("private", 1.0, 3)
    assert (encounter.chosen_by, encounter.starts_at, encounter.unit) == (
        ChosenBy.PLANNER,
        TOMORROW,
        cast.north,
    )
    assert [guest.customer_id for guest in encounter.guests.all()] == [assignment.customer.pk]
    assert [one.person for one in encounter.attendances.all()] == [cast.olga]
    approaches = Approach.objects.values_list("customer_id", "channel", "purpose", "by")
    assert list(approaches) == [(assignment.customer.pk, "phone", "conversation", cast.mina.pk)]
    kinds = Event.objects.order_by("-id").values_list("kind", flat=True)[:3]
    assert list(kinds) == ["customer.drawn", "encounter.planned", "customer.approached"]


def test_three_draws_with_one_number_reach_three_customers(cast):
    first = drawn(cast, seed=7).customer
    others = {drawn(cast, seed=7).customer, drawn(cast, seed=7).customer}
    assert {first, *others} == {cast.petra, cast.quentin, cast.rosa}


def test_a_form_sent_twice_draws_once(cast):
    wish = {
        "person": cast.olga, "format": cast.visit, "unit": cast.north, "starts_at": TOMORROW,
        "by": cast.mina, "now": NOW,
    }  # fmt: skip
    first = draw_once(seed=7, **wish)
    assert draw_once(seed=7, **wish) == first
    assert Approach.objects.count() == Encounter.objects.count() == 1
    assert draw_once(seed=8, **wish).customer != first.customer


def test_nobody_is_drawn_twice_within_the_gap(cast):
    for seed in range(3):
        drawn(cast, seed)
    with pytest.raises(NobodyToDraw):
        drawn(cast)
    assert (Assignment.objects.count(), Encounter.objects.count(), Approach.objects.count()) == (3, 3, 3)


def test_who_took_consent_back_or_is_protected_is_not_drawn(cast):
    withdraw_consent(consent=cast.petra.consents.get(channel="phone"), by=cast.mina, now=NOW)
    restrict(customer=cast.quentin, kind=RestrictionKind.VULNERABLE, by=cast.mina, now=NOW)
    assignment = drawn(cast)
    assert (assignment.customer, assignment.among) == (cast.rosa, 1)


def test_whoever_was_approached_by_others_is_not_drawn(cast):
    approach(customer=cast.petra, channel="email", purpose="telling", by=None, now=NOW - timedelta(days=10))
    assert the_field(channel="phone", now=NOW).eligible == {
        "private": sorted(str(one.pk) for one in (cast.quentin, cast.rosa))
    }


def test_the_segment_that_lies_behind_comes_first(cast):
    welcome("Zoe Traders", unit=cast.south, segment="trade")
    plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=TOMORROW,
        person=cast.rolf,
        customers=[cast.petra, cast.quentin, cast.rosa],
        chosen_by=ChosenBy.PERSON,
        by=cast.rolf,
        now=NOW,
    )
    assert the_field(channel="phone", now=NOW).met == {"private": 3}
    assignment = drawn(cast)
    assert (assignment.stratum, assignment.customer.name, assignment.deficit) == ("trade", "Zoe Traders", 1.0)


def test_within_a_unit_only_its_customers_count(cast):
    welcome("Zoe Traders", unit=cast.south, segment="trade")
    field = the_field(channel="phone", now=NOW, within=cast.south)
    assert (field.base, field.met, list(field.eligible)) == ({"trade": 1}, {}, ["trade"])
    assert the_field(channel="phone", now=NOW, within=cast.root) == the_field(channel="phone", now=NOW)
    assert drawn(cast, within=cast.south).customer.name == "Zoe Traders"


def test_old_encounters_no_longer_count_as_met(cast):
    plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=NOW - timedelta(days=366),
        person=cast.rolf,
        customers=[cast.petra],
        chosen_by=ChosenBy.PERSON,
        by=cast.rolf,
        now=NOW - timedelta(days=366),
    )
    assert the_field(channel="phone", now=NOW).met == {}


def test_a_field_without_somebody():
    field = Field({"a": 2}, {"a": 0}, {"a": ["x", "y"]})
    assert field.without("x") == Field({"a": 2}, {"a": 0}, {"a": ["y"]})


def test_a_draw_costs_the_same_however_many_could_be_asked(cast, django_assert_num_queries):
    with django_assert_num_queries(24):
        drawn(cast)
    welcome(*(f"Customer {number}" for number in range(50)), unit=cast.south)
    with django_assert_num_queries(24):
        drawn(cast)

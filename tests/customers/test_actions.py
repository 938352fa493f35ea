"""What is written down about customers, and the one door by which they are approached."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coalface.customers.actions import (
    AlreadyAgreed,
    AlreadyOver,
    AlreadyWithdrawn,
    NewConsent,
    NewCustomer,
    NoConsent,
    ReferenceTaken,
    Restricted,
    TooManyAtOnce,
    TooSoon,
    acknowledge,
    add_customers,
    approach,
    lift,
    record_consents,
    restrict,
    withdraw_consent,
)
from coalface.customers.queries import approachable
from coalface.records.history import history_of
from coalface.records.models import Approach, Customer, Event, Policy, RestrictionKind
from tests.people import NOW


def call(customer, now=NOW, channel="phone", purpose="conversation"):
    return approach(customer=customer, channel=channel, purpose=purpose, by=None, now=now)


def may_be_called(now=NOW):
    return [one.name for one in approachable("phone", "conversation", now).order_by("name")]


def test_customers_are_added_with_one_event(cast):
    rows = [
        NewCustomer(name="Ann", reference="K-1", unit=cast.north, yearly_value=120_00, currency="CHF"),
        NewCustomer(name="Bo", reference="", is_company=True, stage="leaving"),
    ]
    ann, bo = add_customers(rows=rows, by=cast.mina, now=NOW)
    ann.refresh_from_db()
    assert (ann.name, ann.reference, ann.unit, ann.yearly_value, ann.currency, ann.stage) == (
        "Ann", "K-1", cast.north, 12000, "CHF", "using",
    )  # fmt: skip
    assert (bo.name, bo.reference, bo.is_company, bo.stage) == ("Bo", None, True, "leaving")
    event = Event.objects.filter(kind="customers.added").last()
    assert (event.payload, event.by, event.at) == ({"ids": [str(ann.pk), str(bo.pk)]}, cast.mina, NOW)


def test_nobody_to_add_is_no_event(db):
    assert add_customers(rows=[], by=None, now=NOW) == []
    assert record_consents(rows=[], by=None, now=NOW) == []
    assert Event.objects.count() == 0


def test_a_reference_is_taken_once_all_or_none(cast):
    add_customers(rows=[NewCustomer(name="Ann", reference="K-1")], by=None, now=NOW)
    for references in (("K-2", "K-1"), ("K-3", "K-3")):
        with pytest.raises(ReferenceTaken, match=references[1]):
            add_customers(rows=[NewCustomer(name="X", reference=one) for one in references], by=None, now=NOW)
    assert Customer.objects.exclude(reference=None).count() == 1


def test_more_than_a_chunk_is_refused(db):
    with pytest.raises(TooManyAtOnce):
        add_customers(rows=[NewCustomer(name="X")] * 1_001, by=None, now=NOW)


def test_a_stage_that_does_not_exist_is_refused(db):
    with pytest.raises(ValueError, match="sleeping"):
        add_customers(rows=[NewCustomer(name="X", stage="sleeping")], by=None, now=NOW)


def test_consents_are_recorded_with_their_day_and_not_twice(cast):
    before = NOW - timedelta(days=400)
    row = NewConsent(cast.petra, "letter", "survey", "2025-03", given_at=before)
    (consent,) = record_consents(rows=[row], by=cast.mina, now=NOW)
    assert (consent.channel, consent.purpose, consent.wording, consent.given_at) == (
        "letter", "survey", "2025-03", before,
    )  # fmt: skip
    for rows in ([row], [NewConsent(cast.rosa, "letter", "survey", "1")] * 2):
        with pytest.raises(AlreadyAgreed):
            record_consents(rows=rows, by=cast.mina, now=NOW)
    assert Event.objects.filter(kind="consents.recorded").last().payload == {"ids": [consent.pk]}


def test_a_consent_taken_back_stays_on_record_and_can_be_given_again(cast):
    consent = cast.petra.consents.get(channel="phone")
    withdraw_consent(consent=consent, by=cast.mina, now=NOW)
    with pytest.raises(AlreadyWithdrawn):
        withdraw_consent(consent=consent, by=cast.mina, now=NOW)
    with pytest.raises(NoConsent):
        call(cast.petra)
    record_consents(rows=[NewConsent(cast.petra, "phone", "conversation", "2026-02")], by=None, now=NOW)
    assert call(cast.petra).customer == cast.petra
    assert [one.withdrawn_at for one in cast.petra.consents.filter(channel="phone")] == [NOW, None]


@pytest.mark.parametrize(("channel", "purpose"), [("email", "conversation"), ("phone", "telling")])
def test_a_yes_holds_for_its_channel_and_purpose_only(cast, channel, purpose):
    with pytest.raises(NoConsent):
        call(cast.petra, channel=channel, purpose=purpose)
    assert Approach.objects.count() == 0


def test_an_erased_customer_is_not_approached(cast):
    Customer.objects.filter(pk=cast.petra.pk).update(erased_at=NOW)
    with pytest.raises(NoConsent):
        call(cast.petra)
    assert may_be_called() == ["Quentin Roy", "Rosa Conti"]


def test_a_protected_customer_is_left_alone_until_the_day(cast):
    until = date(2026, 3, 10)
    restrict(customer=cast.petra, kind=RestrictionKind.LEGAL_DISPUTE, by=cast.mina, now=NOW, until_on=until)
    with pytest.raises(Restricted) as refused:
        call(cast.petra)
    assert refused.value.kind == "legal_dispute"
    assert may_be_called() == ["Quentin Roy", "Rosa Conti"]
    after = datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert may_be_called(after) == ["Petra Frei", "Quentin Roy", "Rosa Conti"]
    assert call(cast.petra, after).at == after


def test_a_restriction_is_lifted_once_and_not_set_in_the_past(cast):
    with pytest.raises(AlreadyOver):
        restrict(customer=cast.petra, kind="negotiation", by=cast.mina, now=NOW, until_on=date(2026, 3, 2))
    restriction = restrict(customer=cast.petra, kind="negotiation", by=cast.mina, now=NOW)
    lift(restriction=restriction, by=cast.mina, now=NOW)
    with pytest.raises(AlreadyOver):
        lift(restriction=restriction, by=cast.mina, now=NOW)
    assert call(cast.petra).customer == cast.petra
    kinds = [event.kind for event in history_of(cast.petra)]
    assert kinds[-3:] == ["customer.restricted", "customer.restriction_lifted", "customer.approached"]


def test_one_cap_counts_every_channel(cast):
    call(cast.petra, channel="email", purpose="telling")
    with pytest.raises(TooSoon) as refused:
        call(cast.petra, NOW + timedelta(days=89))
    assert refused.value.next_on == date(2026, 5, 31)
    assert may_be_called(NOW + timedelta(days=89)) == ["Quentin Roy", "Rosa Conti"]
    assert "Petra Frei" in may_be_called(NOW + timedelta(days=90))
    assert call(cast.petra, NOW + timedelta(days=90)).customer == cast.petra


def test_thanking_is_no_reaching_out(cast):
    call(cast.petra, channel="email", purpose="telling")
    acknowledge(customer=cast.petra, channel="email", by=None, now=NOW)
    assert Approach.objects.count() == 1
    assert [event.kind for event in history_of(cast.petra)][-1] == "customer.acknowledged"


def test_who_may_not_be_written_to_is_not_thanked_by_mail(cast):
    record_consents(rows=[NewConsent(cast.petra, "letter", "recording", "2026-01")], by=None, now=NOW)
    with pytest.raises(NoConsent):
        acknowledge(customer=cast.petra, channel="letter", by=None, now=NOW)
    restrict(customer=cast.petra, kind="vulnerable", by=cast.mina, now=NOW)
    with pytest.raises(Restricted):
        acknowledge(customer=cast.petra, channel="email", by=None, now=NOW)
    Customer.objects.filter(pk=cast.rosa.pk).update(erased_at=NOW)
    with pytest.raises(NoConsent):
        acknowledge(customer=cast.rosa, channel="email", by=None, now=NOW)


def test_the_organisation_chooses_the_gap(cast):
    Policy.objects.create(key="approach_gap_days", value=0, set_by=cast.olga, set_at=NOW)
    call(cast.petra)
    assert "Petra Frei" in may_be_called()
    assert call(cast.petra).customer == cast.petra

"""Two entries become one customer, and two again."""

from datetime import timedelta

import pytest

from coalface.customers.actions import (
    CannotMerge,
    CannotTakeApart,
    NewConsent,
    NewCustomer,
    Restricted,
    add_customers,
    approach,
    change,
    erase,
    merge,
    record_consents,
    restrict,
    take_apart,
    withdraw_consent,
)
from coalface.customers.queries import approachable, family, known_by_reference, pointing_at, state_of
from coalface.records.history import history_of
from coalface.records.models import Consent, Customer, Encounter, Feedback, Guest, Merging, Purchase
from tests.customers.everything import remember_everything
from tests.people import NOW

LATER = NOW + timedelta(days=3)


def points_to(customer):
    """How many rows of each table point to this customer."""
    counted = {}
    for relation in pointing_at(Customer):
        model, field = relation.related_model, relation.field.name
        counted[f"{model._meta.model_name}.{field}"] = model._default_manager.filter(
            **{field: customer}
        ).count()
    return counted


def fresh(customer):
    return Customer.objects.get(pk=customer.pk)


def test_all_that_points_to_one_moves_to_the_other_and_back(cast):
    remember_everything(cast, cast.petra, cast.quentin)
    kept, gone = fresh(cast.rosa), fresh(cast.petra)
    Consent.objects.filter(customer=kept).delete()
    before = points_to(gone)
    assert min(count for name, count in before.items() if name != "erasure.customer") == 1
    merging = merge(kept=kept, gone=gone, by=cast.mina, now=NOW)
    assert set(points_to(gone).values()) == {0}
    assert points_to(kept) == before
    assert [one.pk for one in family(fresh(gone))] == [kept.pk, gone.pk]
    assert not Customer.objects.present().filter(pk=gone.pk).exists()
    take_apart(merging=merging, by=cast.mina, now=LATER)
    assert (points_to(gone), set(points_to(kept).values())) == (before, {0})
    kinds = [event.kind for event in history_of(kept)]
    assert kinds[-2:] == ["customers.merged", "customers.taken_apart"]


def test_what_came_since_stays_with_the_kept_one(cast):
    bought = [
        Purchase.objects.create(
            customer=one, source="till", source_id=str(one.pk), on=NOW.date(), amount=1, currency="CHF"
        )
        for one in (cast.petra, cast.rosa)
    ]
    merging = merge(kept=cast.petra, gone=cast.rosa, by=None, now=NOW)
    since = Purchase.objects.create(
        customer=cast.petra, source="till", source_id="new", on=NOW.date(), amount=1, currency="CHF"
    )
    take_apart(merging=merging, by=None, now=LATER)
    assert list(cast.petra.purchases.order_by("id")) == [bought[0], since]
    assert list(cast.rosa.purchases.all()) == [bought[1]]


def test_what_would_count_twice_stays_where_it_is(cast):
    visit = Encounter.objects.create(
        format=cast.visit, unit=cast.north, starts_at=NOW, minutes=30, chosen_by="person"
    )
    for one in (cast.petra, cast.rosa):
        Guest.objects.create(encounter=visit, customer=one)
    merging = merge(kept=cast.petra, gone=cast.rosa, by=None, now=NOW)
    assert Guest.objects.filter(customer=cast.rosa).count() == 1
    assert merging.moved["rows"] == {}


def test_the_kept_one_takes_over_what_was_chosen(cast):
    (twin,) = add_customers(
        rows=[NewCustomer(name="P. Frei-Roth", reference="K-9", phone="044", yearly_value=5, currency="CHF")],
        by=None,
        now=NOW,
    )
    merging = merge(
        kept=cast.petra, gone=twin, chosen=["name", "reference", "yearly_value"], by=None, now=NOW
    )
    kept = fresh(cast.petra)
    assert (kept.name, kept.reference, kept.phone, kept.yearly_value, kept.currency) == (
        "P. Frei-Roth", "K-9", "", 5, "CHF",
    )  # fmt: skip
    assert "Frei" not in str(merging.moved)
    assert known_by_reference(["K-9"]) == {"K-9": kept}
    change(customer=kept, seen=state_of(kept), by=cast.mina, now=NOW, name="Petra Frei-Roth")
    take_apart(merging=merging, by=None, now=LATER)
    kept, twin = fresh(kept), fresh(twin)
    assert (kept.name, kept.reference, kept.currency) == ("Petra Frei-Roth", None, "")
    assert (twin.reference, twin.yearly_value, twin.merged_into) == ("K-9", 5, None)


def test_an_entry_with_a_reference_is_known_after_it_was_merged(cast):
    (twin,) = add_customers(rows=[NewCustomer(name="P. Frei", reference="K-9")], by=None, now=NOW)
    merge(kept=cast.petra, gone=twin, by=None, now=NOW)
    assert known_by_reference(["K-9", "K-10"]) == {"K-9": cast.petra}


def test_of_two_answers_the_stricter_wins_until_they_are_apart(cast):
    phone = cast.rosa.consents.get(channel="phone")
    withdraw_consent(consent=phone, by=None, now=NOW)
    record_consents(rows=[NewConsent(cast.rosa, "letter", "survey", "1")], by=None, now=NOW)
    merging = merge(kept=cast.petra, gone=cast.rosa, by=None, now=LATER)
    holding = cast.petra.consents.filter(withdrawn_at=None).values_list("channel", "purpose")
    assert sorted(holding) == [("email", "telling"), ("letter", "survey")]
    take_apart(merging=merging, by=None, now=LATER)
    holding = cast.petra.consents.filter(withdrawn_at=None).values_list("channel", "purpose")
    assert sorted(holding) == [("email", "telling"), ("phone", "conversation")]


def test_restrictions_of_either_hold_and_the_cap_counts_both(cast):
    restrict(customer=cast.rosa, kind="legal_dispute", by=None, now=NOW)
    approach(customer=cast.quentin, channel="phone", purpose="conversation", by=None, now=NOW)
    merge(kept=cast.petra, gone=cast.rosa, by=None, now=NOW)
    with pytest.raises(Restricted):
        approach(customer=cast.petra, channel="phone", purpose="conversation", by=None, now=NOW)
    (twin,) = add_customers(rows=[NewCustomer(name="Q. Roy")], by=None, now=NOW)
    merge(kept=twin, gone=cast.quentin, by=None, now=NOW)
    assert list(approachable("phone", "conversation", NOW)) == []


def test_what_cannot_be_merged_or_taken_apart_is_refused(cast):
    with pytest.raises(CannotMerge):
        merge(kept=cast.petra, gone=cast.petra, by=None, now=NOW)
    merging = merge(kept=cast.petra, gone=cast.rosa, by=None, now=NOW)
    with pytest.raises(CannotMerge):
        merge(kept=cast.quentin, gone=cast.rosa, by=None, now=NOW)
    third = merge(kept=cast.quentin, gone=cast.petra, by=None, now=NOW)
    with pytest.raises(CannotTakeApart):
        take_apart(merging=merging, by=None, now=NOW)
    take_apart(merging=third, by=None, now=NOW)
    take_apart(merging=merging, by=None, now=NOW)
    with pytest.raises(CannotTakeApart):
        take_apart(merging=merging, by=None, now=NOW)
    again = merge(kept=cast.petra, gone=cast.rosa, by=None, now=NOW)
    erase(customer=cast.petra, by=None, now=NOW)
    with pytest.raises(CannotTakeApart):
        take_apart(merging=again, by=None, now=NOW)
    assert (Merging.objects.count(), Feedback.objects.count()) == (3, 0)

"""What a channel needs in a country, and which text was shown."""

import pytest
from django.urls import reverse

from coalface.customers.actions import (
    AlreadyShown,
    BelongsElsewhere,
    NeedsConsent,
    NewConsent,
    NoConsent,
    TooSoon,
    acknowledge,
    approach,
    join_household,
    leave_household,
    make_household,
    record_consents,
    set_basis,
    withdraw_consent,
    write_wording,
)
from coalface.customers.queries import allowed, approachable, countries_with_rows, table
from coalface.people.actions import grant
from coalface.records.models import ConsentWording, Customer, Policy, Role
from tests.people import NOW, client_for


def names(channel="email", purpose="conversation"):
    return [one.name for one in approachable(channel, purpose, NOW).order_by("name")]


def live_in(country, *customers):
    Customer.objects.filter(pk__in=[one.pk for one in customers]).update(country=country)


def test_without_a_row_a_consent_is_needed_everywhere(cast):
    assert names() == []
    assert {(cell.basis, cell.row) for cell in table("")} == {("consent", None)}
    assert len(table("CH")) == 12


@pytest.mark.parametrize(
    ("basis", "reached"),
    [
        ("existing_customer", ["Rosa Conti"]),
        ("legitimate_interest", ["Petra Frei", "Rosa Conti"]),
        ("consent", []),
        ("forbidden", []),
    ],
)
def test_a_row_holds_for_its_country(cast, basis, reached):
    live_in("CH", cast.petra, cast.rosa)
    Customer.objects.filter(pk=cast.petra.pk).update(stage="before")
    set_basis(country="ch", channel="email", purpose="conversation", basis=basis, by=cast.mina, now=NOW)
    assert names() == reached
    assert countries_with_rows() == ["CH"]
    for one in (cast.petra, cast.quentin, cast.rosa):
        if one.name in reached:
            assert approach(customer=one, channel="email", purpose="conversation", by=None, now=NOW)
        else:
            with pytest.raises(NoConsent):
                approach(customer=one, channel="email", purpose="conversation", by=None, now=NOW)


def test_where_it_is_forbidden_a_yes_does_not_help(cast):
    live_in("DE", cast.petra)
    set_basis(country="DE", channel="phone", purpose="conversation", basis="forbidden", by=cast.mina, now=NOW)
    assert names("phone") == ["Quentin Roy", "Rosa Conti"]


def test_who_took_it_back_is_left_alone_whatever_the_law_allows(cast):
    set_basis(
        country="",
        channel="phone",
        purpose="conversation",
        basis="legitimate_interest",
        by=cast.mina,
        now=NOW,
    )
    withdraw_consent(consent=cast.petra.consents.get(channel="phone"), by=None, now=NOW)
    assert names("phone") == ["Quentin Roy", "Rosa Conti"]
    record_consents(rows=[NewConsent(cast.petra, "phone", "conversation", "2")], by=None, now=NOW)
    assert names("phone") == ["Petra Frei", "Quentin Roy", "Rosa Conti"]


def test_the_newest_row_holds_and_thanking_asks_it_too(cast):
    with pytest.raises(NoConsent):
        acknowledge(customer=cast.petra, channel="letter", by=None, now=NOW)
    for basis in ("forbidden", "legitimate_interest"):
        set_basis(country="", channel="letter", purpose="telling", basis=basis, by=cast.mina, now=NOW)
    assert acknowledge(customer=cast.petra, channel="letter", by=None, now=NOW) == cast.petra


def test_nobody_is_recorded_without_having_agreed(cast):
    with pytest.raises(NeedsConsent):
        set_basis(country="", channel="phone", purpose="recording", basis="forbidden", by=cast.mina, now=NOW)
    assert not Customer.objects.filter(allowed("phone", ["recording"])).exists()


def test_a_text_somebody_agreed_to_never_changes(cast):
    first = write_wording(version="2026-02", language="en", text="May we call?", by=cast.mina, now=NOW)
    second = write_wording(version="2026-02", language="en", text="May we call you?", by=cast.mina, now=NOW)
    assert (first.pk, second.text) == (second.pk, "May we call you?")
    row = NewConsent(cast.petra, "letter", "survey", "2026-02", how="at the till")
    record_consents(rows=[row], by=None, now=NOW)
    with pytest.raises(AlreadyShown):
        write_wording(version="2026-02", language="en", text="May we?", by=cast.mina, now=NOW)
    assert ConsentWording.objects.get().text == "May we call you?"


def test_customers_who_decide_together_are_one_household_at_a_time(cast):
    ours = make_household(kind="household", name=" Frei ", customer=cast.petra, by=cast.mina, now=NOW)
    for _ in range(2):
        join_household(household=ours, customer=cast.rosa, by=cast.mina, now=NOW)
    assert [one.name for one in ours.members.order_by("name")] == ["Petra Frei", "Rosa Conti"]
    with pytest.raises(BelongsElsewhere):
        make_household(kind="account", name="Lake", customer=cast.rosa, by=cast.mina, now=NOW)
    leave_household(customer=cast.rosa, by=cast.mina, now=NOW)
    assert [one.name for one in ours.members.all()] == ["Petra Frei"]


def test_one_cap_over_a_household_only_if_it_was_chosen(cast):
    ours = make_household(kind="household", name="Frei", customer=cast.petra, by=cast.mina, now=NOW)
    join_household(household=ours, customer=cast.rosa, by=cast.mina, now=NOW)
    approach(customer=cast.petra, channel="phone", purpose="conversation", by=None, now=NOW)
    assert names("phone") == ["Quentin Roy", "Rosa Conti"]
    Policy.objects.create(key="cap_over_household", value=1, set_by=cast.mina, set_at=NOW)
    assert names("phone") == ["Quentin Roy"]
    with pytest.raises(TooSoon):
        approach(customer=cast.rosa, channel="phone", purpose="conversation", by=None, now=NOW)


@pytest.mark.parametrize("page", ["set_basis", "write_wording"])
def test_who_looks_after_one_place_sets_no_rule_for_all(cast, page):
    grant(person=cast.sven, role=Role.ADMINISTRATOR, unit=cast.north, by=None, now=NOW)
    given = {"country": "CH", "channel": "email", "purpose": "telling", "basis": "none"}
    given |= {"version": "2026-02", "language": "en", "text": "Yes"}
    assert client_for(cast.sven).post(reverse(f"customers:{page}"), given).status_code == 403

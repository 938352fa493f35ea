"""Putting right, merging, consents by country, and wishes: walked through the pages."""

import zipfile
from io import BytesIO

from django.urls import reverse

from coalface.customers.actions import NewCustomer, add_customers, set_basis, write_wording
from coalface.customers.queries import state_of
from coalface.people.actions import grant
from coalface.records.models import (
    Consent,
    ConsentBasis,
    ConsentWording,
    Customer,
    Erasure,
    Household,
    Merging,
    Purchase,
    Role,
)
from tests.people import NOW, client_for


def page(person, name, /, *args, **params):
    return client_for(person).get(reverse(f"customers:{name}", args=args), params)


def send(person, name, /, *args, **data):
    return client_for(person).post(reverse(f"customers:{name}", args=args), data)


def fresh(customer):
    return Customer.objects.get(pk=customer.pk)


def typed(customer, **changes):
    """What the form sends: how it stands, and what was changed."""
    fields = {
        "name": customer.name, "reference": customer.reference or "", "segment": customer.segment,
        "unit": customer.unit_id or "", "email": customer.email, "phone": customer.phone,
        "language": customer.language, "since_on": "", "stage": customer.stage, "country": customer.country,
        "account_owner": "", "seen": state_of(fresh(customer)),
    }  # fmt: skip
    return fields | changes


def test_a_customer_is_put_right(cast):
    opened = page(cast.mina, "edit", cast.petra.pk)
    assert opened.status_code == 200 and "About to leave" in opened.content.decode()
    changes = {"name": "Petra Frei-Roth", "country": "ch", "account_owner": cast.olga.pk}
    answer = send(cast.mina, "edit", cast.petra.pk, **typed(cast.petra, **changes))
    assert answer.status_code == 302
    petra = fresh(cast.petra)
    assert (petra.name, petra.country, petra.account_owner, petra.email) == (
        "Petra Frei-Roth", "CH", cast.olga, "petra@home.example",
    )  # fmt: skip
    assert b"Changed" in page(cast.mina, "customer", cast.petra.pk).content


def test_two_at_once_do_not_overwrite_each_other(cast):
    mine = typed(cast.petra, phone="1")
    send(cast.mina, "edit", cast.petra.pk, **typed(cast.petra, phone="044 123"))
    answer = send(cast.mina, "edit", cast.petra.pk, **mine)
    assert (answer.status_code, fresh(cast.petra).phone) == (409, "044 123")
    assert b"044 123" in answer.content


def test_what_cannot_be_saved_is_said(cast):
    add_customers(rows=[NewCustomer(name="Ann", reference="K-1")], by=None, now=NOW)
    for wrong in ({"reference": "K-1"}, {"country": "1!"}, {"name": ""}):
        assert send(cast.mina, "edit", cast.petra.pk, **typed(cast.petra, **wrong)).status_code == 422
    assert send(cast.olga, "edit", cast.petra.pk).status_code == 403


def test_value_is_for_those_who_may_see_it(cast):
    Customer.objects.filter(pk=cast.petra.pk).update(yearly_value=123_400, currency="CHF")
    Purchase.objects.create(
        customer=cast.petra, source="till", source_id="1", on=NOW.date(), amount=100, currency="CHF"
    )
    content = page(cast.olga, "customer", cast.petra.pk).content.decode()
    assert "1,234" in content
    assert "once, on 2 March 2026" in content


def test_twins_are_proposed_compared_merged_and_taken_apart(cast):
    (twin,) = add_customers(
        rows=[NewCustomer(name="Petra Frei", reference="K-9", unit=cast.north)], by=None, now=NOW
    )
    assert b"same name" in page(cast.mina, "duplicates").content
    assert b"K-9" in page(cast.mina, "choose_other", cast.petra.pk, q="K-9").content
    assert page(cast.mina, "merge", cast.petra.pk, twin.pk).status_code == 200
    assert page(cast.mina, "merge", cast.petra.pk, cast.petra.pk).status_code == 404
    assert send(cast.mina, "merge", cast.petra.pk, twin.pk).status_code == 422
    answer = send(cast.mina, "merge", cast.petra.pk, twin.pk, reference="gone", email="kept", segment="kept")
    assert answer.status_code == 302
    assert (fresh(cast.petra).reference, fresh(twin).merged_into) == ("K-9", cast.petra)
    redirect = page(cast.mina, "customer", twin.pk)
    assert redirect.headers["Location"] == reverse("customers:customer", args=[cast.petra.pk])
    assert b"Take apart" in page(cast.mina, "customer", cast.petra.pk).content
    for _ in range(2):
        assert send(cast.mina, "take_apart", Merging.objects.get().pk).status_code == 302
    assert (fresh(twin).merged_into, fresh(twin).reference) == (None, "K-9")
    send(cast.mina, "tell_apart", cast.petra.pk, twin.pk)
    assert b"No two entries" in page(cast.mina, "duplicates").content


def test_a_merged_entry_beyond_reach_leads_nowhere(cast):
    (far, twin) = add_customers(
        rows=[NewCustomer(name="Far", unit=cast.south), NewCustomer(name="Far too", unit=cast.north)],
        by=None,
        now=NOW,
    )
    send(cast.mina, "merge", far.pk, twin.pk, name="kept", unit="kept")
    grant(person=cast.sven, role=Role.PROGRAMME_MANAGER, unit=cast.north, by=None, now=NOW)
    assert page(cast.sven, "customer", twin.pk).status_code == 404
    assert page(cast.sven, "merge", cast.petra.pk, far.pk).status_code == 404


def test_a_household_is_joined_and_left(cast):
    for one in (cast.petra, cast.rosa):
        send(cast.mina, "join_household", one.pk, name="Frei", kind="household")
    assert Household.objects.get().members.count() == 2
    assert b"Rosa Conti" in page(cast.olga, "customer", cast.petra.pk).content
    assert send(cast.mina, "join_household", cast.rosa.pk, name="Lake", kind="account").status_code == 422
    assert send(cast.mina, "join_household", cast.rosa.pk, name="").status_code == 422
    send(cast.mina, "leave_household", cast.rosa.pk)
    assert Household.objects.get().members.count() == 1


def test_consents_quote_the_text_they_were_given_to(cast):
    write_wording(version="2026-03", language="en", text="May we write to you?", by=cast.mina, now=NOW)
    data = {"channel": "letter", "purpose": "survey", "wording": "2026-03", "how": "at the counter"}
    assert send(cast.mina, "record_consent", cast.petra.pk, **data).status_code == 302
    content = page(cast.mina, "customer", cast.petra.pk).content.decode()
    for words in ("May we write to you?", "at the counter", "Mina Aziz"):
        assert words in content
    assert send(cast.mina, "record_consent", cast.petra.pk, **(data | {"wording": "else"})).status_code == 422


def test_what_a_channel_needs_is_decided_on_a_page(cast):
    assert page(cast.olga, "consent_rules").status_code == 403
    data = {"country": "ch", "channel": "letter", "purpose": "telling", "basis": "existing_customer"}
    assert send(cast.ada, "set_basis", **data).status_code == 302
    assert send(cast.ada, "set_basis", **(data | {"country": "1"})).status_code == 422
    assert ConsentBasis.objects.get().country == "CH"
    text = {"version": "2026-01", "language": "en", "text": "May we?"}
    assert send(cast.mina, "write_wording", **text).status_code == 302
    assert send(cast.mina, "write_wording", **(text | {"text": "May we call?"})).status_code == 422
    assert ConsentWording.objects.get().text == "May we?"
    content = page(cast.mina, "consent_rules").content.decode()
    assert "existing customer" not in content
    assert "<h2>CH</h2>" in content
    set_basis(country="", channel="phone", purpose="survey", basis="forbidden", by=cast.mina, now=NOW)
    assert "is not done" in page(cast.mina, "consent_rules").content.decode()


def test_a_wish_to_be_forgotten_is_written_down_and_carried_out(cast, settings, tmp_path):
    settings.HOME, settings.ATTACHMENTS, settings.RECORDINGS = tmp_path, tmp_path / "a", tmp_path / "r"
    assert b"Nobody has asked" in page(cast.ada, "wishes").content
    for _ in range(2):
        send(cast.mina, "ask_to_be_forgotten", cast.petra.pk)
    wish = Erasure.objects.get()
    assert b"They asked to be forgotten" in page(cast.olga, "customer", cast.petra.pk).content
    for name, args in (("wishes", ()), ("wish", (wish.pk,))):
        assert page(cast.olga, name, *args).status_code == 403
        assert b"Petra Frei" in page(cast.ada, name, *args).content
    for _ in range(2):
        assert send(cast.ada, "wish", wish.pk).status_code == 302
    assert fresh(cast.petra).erased_at is not None
    assert Consent.objects.filter(customer=cast.petra, withdrawn_at=None).count() == 0
    assert page(cast.mina, "customer", cast.petra.pk).status_code == 404
    for name, args in (("wishes", ()), ("wish", (wish.pk,))):
        assert b"Petra" not in page(cast.ada, name, *args).content


def test_a_wish_is_refused_with_a_reason(cast):
    send(cast.mina, "ask_to_be_forgotten", cast.petra.pk)
    wish = Erasure.objects.get()
    assert send(cast.ada, "refuse", wish.pk, reason="mood").status_code == 422
    for _ in range(2):
        assert send(cast.ada, "refuse", wish.pk, reason="legal_duty").status_code == 302
    assert b"a law makes us keep it" in page(cast.ada, "wish", wish.pk).content
    assert b"a law makes us keep it" in page(cast.ada, "wishes").content


def test_wishes_are_answered_within_reach(cast):
    (far,) = add_customers(rows=[NewCustomer(name="Far", unit=cast.south)], by=None, now=NOW)
    send(cast.mina, "ask_to_be_forgotten", far.pk)
    grant(person=cast.sven, role=Role.PROGRAMME_MANAGER, unit=cast.north, by=None, now=NOW)
    assert page(cast.sven, "wish", Erasure.objects.get().pk).status_code == 404
    assert send(cast.sven, "hand_out", far.pk).status_code == 404


def test_what_we_hold_comes_as_a_file(cast):
    assert send(cast.olga, "hand_out", cast.petra.pk).status_code == 403
    answer = send(cast.mina, "hand_out", cast.petra.pk)
    assert answer.headers["Cache-Control"] == "no-store"
    assert zipfile.ZipFile(BytesIO(answer.content)).namelist() == ["about-you.html", "about-you.json"]


def test_wishes_and_pairs_can_be_taken_along(cast):
    send(cast.mina, "ask_to_be_forgotten", cast.petra.pk)
    add_customers(rows=[NewCustomer(name="Rosa Conti", unit=cast.north)], by=None, now=NOW)
    for name, said in (("wishes", b"Petra Frei"), ("duplicates", b"Rosa Conti")):
        answer = page(cast.mina, name, **{"as": "csv"})
        assert said in b"".join(answer.streaming_content)

"""The customers' directory, and one customer at one glance."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.customers.actions import NewCustomer, add_customers, approach
from coalface.customers.queries import glance, segments
from coalface.hear.actions import NewFeedback, take_in
from coalface.meet.actions import hold, note_remark, promise
from coalface.people.actions import grant
from coalface.plan.actions import plan_encounter
from coalface.records.models import ChosenBy, Customer, Kind, Role
from tests.people import NOW, client_for, welcome


def page(person, name, /, *args, **params):
    return client_for(person).get(reverse(f"customers:{name}", args=args), params)


def send(person, name, /, *args, **data):
    return client_for(person).post(reverse(f"customers:{name}", args=args), data)


def queries_of(work):
    with CaptureQueriesContext(connection) as seen:
        assert work().status_code == 200
    return len(seen)


def visit(cast, at=NOW):
    return plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=at,
        person=cast.olga,
        customers=[cast.petra],
        chosen_by=ChosenBy.PERSON,
        by=cast.olga,
        now=NOW,
    )


def said(cast, text, kind=Kind.COMPLAINT, at=NOW):
    encounter = visit(cast, at)
    hold(encounter=encounter, by=cast.olga, now=at)
    return note_remark(
        id=encounter.pk, encounter=encounter, kind=kind, text=text, customer=cast.petra, by=cast.olga, now=at
    )


def test_customers_are_for_who_leads(cast, client):
    assert client.get(reverse("customers:index")).status_code == 302
    for name, args in (("index", ()), ("customer", (cast.petra.pk,))):
        assert page(cast.fay, name, *args).status_code == 403
        assert page(cast.olga, name, *args).status_code == 200


def test_an_empty_directory_says_what_to_do(cast):
    Customer.objects.update(erased_at=NOW)
    assert b"No customers yet" in page(cast.olga, "index").content


def test_customers_are_found_by_name_number_segment_and_place(cast):
    add_customers(
        rows=[NewCustomer(name="Zoe Traders", reference="K-77", segment="trade", unit=cast.south)],
        by=None,
        now=NOW,
    )
    for wanted in ({"q": "zoe tra"}, {"q": "k-77"}, {"segment": "trade"}, {"unit": "south"}):
        assert [one.name for one in page(cast.olga, "index", **wanted).context["page"]] == ["Zoe Traders"]
    assert b"Nobody by that name" in page(cast.olga, "index", q="zzz").content
    assert page(cast.olga, "index", segment="none such").status_code == 200
    assert segments() == ["private", "trade"]


def test_the_directory_costs_the_same_for_few_and_many(cast):
    few = queries_of(lambda: page(cast.olga, "index"))
    welcome("A One", "B Two", "C Three", unit=cast.south)
    assert queries_of(lambda: page(cast.olga, "index")) == few


def test_a_right_reaches_no_further_than_its_unit(cast):
    (far, nowhere) = add_customers(
        rows=[NewCustomer(name="Far", unit=cast.south), NewCustomer(name="Nowhere")], by=None, now=NOW
    )
    grant(person=cast.sven, role=Role.PROGRAMME_MANAGER, unit=cast.north, by=None, now=NOW)
    assert [one.name for one in page(cast.sven, "index").context["page"]] == [
        "Petra Frei",
        "Quentin Roy",
        "Rosa Conti",
    ]
    for hidden in (far, nowhere):
        assert page(cast.sven, "customer", hidden.pk).status_code == 404
        assert send(cast.sven, "restrict", hidden.pk, kind="negotiation").status_code == 404
        assert page(cast.olga, "customer", hidden.pk).status_code == 200


def test_a_customer_at_one_glance(cast):
    said(cast, "The lift was broken again.", at=NOW - timedelta(days=9))
    encounter = said(
        cast, "Your people are kind.", kind=Kind.COMPLIMENT, at=NOW - timedelta(days=2)
    ).encounter
    promise(
        encounter=encounter,
        customer=cast.petra,
        words="Call back about the lift",
        due_on=NOW.date(),
        by=cast.olga,
        now=NOW,
    )
    wish = NewFeedback(
        source="web",
        source_id="1",
        channel="app",
        kind=Kind.IDEA,
        received_at=NOW - timedelta(days=5),
        unit=cast.north,
        text="A later train?",
        customer=cast.petra,
    )
    take_in(rows=[wish], by=None, now=NOW)
    approach(customer=cast.petra, channel="phone", purpose="conversation", by=cast.olga, now=NOW)
    coming = visit(cast, NOW + timedelta(days=3))
    seen = glance(cast.petra, cast.olga, NOW)
    assert [(word.verbatim.text, word.kind, word.channel) for word in seen.words] == [
        ("Your people are kind.", "compliment", ""),
        ("A later train?", "idea", "app"),
        ("The lift was broken again.", "complaint", ""),
    ]
    assert [remark.verbatim.text for remark in seen.open_remarks] == [
        "The lift was broken again.",
        "Your people are kind.",
    ]
    assert [one.words.text for one in seen.promises] == ["Call back about the lift"]
    assert (seen.next_encounter, seen.next_encounter.mine, seen.last_encounter) == (coming, True, encounter)
    assert (len(seen.consents), len(seen.approaches), seen.free_from) == (
        2,
        1,
        NOW.date() + timedelta(days=90),
    )
    assert glance(cast.petra, cast.rolf, NOW).next_encounter.mine is False
    content = page(cast.olga, "customer", cast.petra.pk).content
    assert b"Your people are kind." in content
    assert b"Call back about the lift" in content


def test_the_customers_page_costs_the_same_for_few_and_many(cast):
    said(cast, "The lift was broken again.")
    few = queries_of(lambda: page(cast.olga, "customer", cast.petra.pk))
    for days in (1, 2, 3):
        said(cast, f"Broken for {days} days.", at=NOW + timedelta(days=days))
    assert queries_of(lambda: page(cast.olga, "customer", cast.petra.pk)) == few


def test_a_yes_is_recorded_and_taken_back(cast):
    yes = {"channel": "letter", "purpose": "survey", "wording": "2026-01"}
    assert send(cast.olga, "record_consent", cast.petra.pk, **yes).status_code == 403
    assert send(cast.mina, "record_consent", cast.petra.pk, **yes).status_code == 302
    assert send(cast.mina, "record_consent", cast.petra.pk, **yes).status_code == 422
    assert send(cast.mina, "record_consent", cast.petra.pk).status_code == 422
    consent = cast.petra.consents.get(channel="letter")
    assert send(cast.olga, "withdraw_consent", consent.pk).status_code == 403
    for _ in range(2):
        assert send(cast.mina, "withdraw_consent", consent.pk).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None


def test_a_customer_is_left_alone_and_free_again(cast):
    until = timezone.localdate() + timedelta(days=5)
    given = {"kind": "vulnerable", "until_on": until}
    assert send(cast.olga, "restrict", cast.petra.pk, **given).status_code == 403
    assert (
        send(cast.mina, "restrict", cast.petra.pk, kind="vulnerable", until_on="2020-01-01").status_code
        == 422
    )
    assert send(cast.mina, "restrict", cast.petra.pk, **given).status_code == 302
    assert b"Leave this customer alone" in page(cast.olga, "customer", cast.petra.pk).content
    restriction = cast.petra.restrictions.get()
    assert send(cast.olga, "lift", restriction.pk).status_code == 403
    for _ in range(2):
        assert send(cast.mina, "lift", restriction.pk).status_code == 302
    assert glance(cast.petra, cast.mina, timezone.now()).past_restrictions == [restriction]


def test_a_customer_is_added_by_hand(cast):
    assert page(cast.olga, "add").status_code == 403
    assert page(cast.mina, "add").status_code == 200
    send(cast.mina, "add", name="Nora", unit=cast.north.pk, language="de", reference="K-9")
    nora = Customer.objects.get(name="Nora")
    assert (nora.unit, nora.language, nora.reference) == (cast.north, "de", "K-9")
    again = send(cast.mina, "add", name="Nils", unit=cast.north.pk, language="de", reference="K-9")
    assert again.context["form"].errors["reference"]

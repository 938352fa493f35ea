"""Customers by the reference another system has for them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from coalface.customers.actions import make_household
from coalface.people.actions import grant
from coalface.records.history import history_of
from coalface.records.models import Customer, Role
from tests.api import Program
from tests.people import NOW, lindner

UMA = {
    "name": "Uma Berg", "unit": "north", "yearly_value": 1250, "currency": "CHF", "email": "uma@b.example",
    "country": "CH",
}  # fmt: skip


@pytest.fixture
def crm(cast):
    """A program that looks after customers."""
    return Program(cast.mina, "customers:read", "customers:write")


def test_a_customer_is_written_once_and_again_changes_nothing(cast, crm):
    status, made = crm.put("customers/by-reference/C-7", UMA)
    customer = Customer.objects.get(reference="C-7")
    assert (status, made) == (
        201,
        {
            "id": str(customer.pk),
            "reference": "C-7",
            "name": "Uma Berg",
            "is_company": False,
            "segment": "",
            "stage": "using",
            "language": "en",
            "country": "CH",
            "email": "uma@b.example",
            "phone": "",
            "unit": "north",
            "since_on": None,
            "yearly_value": 1250,
            "currency": "CHF",
        },
    )
    assert crm.put("customers/by-reference/C-7", UMA) == (200, made)
    assert crm.get("customers/by-reference/C-7") == crm.get(f"customers/{customer.pk}") == (200, made)
    assert [event.kind for event in history_of(customer)] == ["customers.added"]
    changed = crm.put("customers/by-reference/C-7", UMA | {"name": "Uma Berg-Roy", "since_on": "2020-02-29"})
    assert changed == (200, made | {"name": "Uma Berg-Roy", "since_on": "2020-02-29"})
    assert history_of(customer).last().payload == {"fields": ["name", "since_on"]}


def test_household_and_account_owner_stay_as_they_are(cast, crm):
    crm.put("customers/by-reference/C-7", UMA)
    customer = Customer.objects.get(reference="C-7")
    home = make_household(kind="household", name="Berg", customer=customer, by=cast.mina, now=NOW)
    Customer.objects.filter(pk=customer.pk).update(account_owner=cast.sven)
    assert crm.put("customers/by-reference/C-7", {"name": "Uma Roy", "unit": "north"})[0] == 200
    customer.refresh_from_db()
    assert (customer.name, customer.country, customer.household, customer.account_owner) == (
        "Uma Roy", "", home, cast.sven,
    )  # fmt: skip


def test_nobody_overwrites_unseen(cast, crm):
    address = "customers/by-reference/C-7"
    assert crm.put(address, UMA, **{"If-Match": '"x"'}) == (412, {"code": "changed_meanwhile"})
    assert crm.put(address, UMA, **{"If-None-Match": "*"})[0] == 201
    assert crm.put(address, UMA, **{"If-None-Match": "*"}) == (412, {"code": "there_already"})
    tag = crm.ask(address).headers["ETag"]
    assert crm.put(address, UMA | {"name": "Uma B."}, **{"If-Match": tag})[0] == 200
    assert crm.put(address, UMA, **{"If-Match": tag}) == (412, {"code": "changed_meanwhile"})
    assert crm.put(address, UMA, **{"If-Match": "*"})[0] == 200


def test_who_was_erased_or_merged_does_not_come_back(cast, crm):
    crm.put("customers/by-reference/C-7", UMA)
    crm.put("customers/by-reference/C-8", UMA)
    Customer.objects.filter(reference="C-7").update(erased_at=NOW)
    Customer.objects.filter(reference="C-8").update(merged_into=cast.petra)
    assert crm.put("customers/by-reference/C-7", UMA) == (409, {"code": "erased"})
    assert crm.put("customers/by-reference/C-8", UMA) == (409, {"code": "merged"})
    for reference in ("C-7", "C-8", "C-9"):
        assert crm.get(f"customers/by-reference/{reference}") == (404, {"code": "no_such_customer"})


def test_only_where_one_looks_after_customers(cast):
    grant(person=cast.gus, role=Role.PROGRAMME_MANAGER, unit=cast.south, by=cast.ada, now=NOW)
    gus = Program(cast.gus, "customers:read", "customers:write")
    assert gus.put("customers/by-reference/C-7", UMA) == (403, {"code": "not_yours"})
    nowhere = gus.put("customers/by-reference/C-7", {"name": "Uma"})
    assert nowhere == (422, {"code": "invalid", "fields": ["unit"]})
    assert gus.put("customers/by-reference/C-7", UMA | {"unit": "south"})[0] == 201
    Customer.objects.filter(reference="C-7").update(unit=cast.north)
    assert gus.put("customers/by-reference/C-7", UMA | {"unit": "south"}) == (403, {"code": "not_yours"})
    assert gus.get("customers")[1]["items"] == []


def test_lists_by_segment_unit_and_words(cast, crm):
    crm.put("customers/by-reference/C-7", UMA | {"segment": "big"})

    def names(asked: str) -> list[str]:
        return [one["name"] for one in crm.get(f"customers?{asked}")[1]["items"]]

    assert names("") == ["Petra Frei", "Quentin Roy", "Rosa Conti", "Uma Berg"]
    assert names("segment=big") == names("q=c-7") == ["Uma Berg"]
    assert names("unit=south") == []


WRONG = [
    ({"name": ""}, "name"),
    ({"name": "a\0"}, "name"),
    ({"name": "a" * 161}, "name"),
    ({"email": "uma"}, "email"),
    ({"language": "Deutsch"}, "language"),
    ({"stage": "gone"}, "stage"),
    ({"unit": "nowhere"}, "unit"),
    ({"since_on": "0001-01-01"}, "since_on"),
    ({"yearly_value": 2**63}, "yearly_value"),
    ({"currency": "francs"}, "currency"),
    ({"currency": ""}, "body"),
    ({"fish": 1}, "fish"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG, ids=str)
def test_what_cannot_be_is_named(crm, wrong, field):
    answer = crm.put("customers/by-reference/C-7", UMA | wrong)
    assert answer == (422, {"code": "invalid", "fields": [field]})
    assert not Customer.objects.filter(reference="C-7").exists()


@pytest.mark.parametrize("reference", ["%20a", "a%0A", "x" * 65])
def test_what_is_no_reference(crm, reference):
    answer = crm.put(f"customers/by-reference/{reference}", UMA)
    assert answer == (422, {"code": "invalid", "fields": ["reference"]})


@pytest.mark.django_db(transaction=True)
def test_two_at_once_write_one_customer():
    crm = Program(lindner().mina, "customers:write")

    def write(number: int) -> int:
        try:
            return crm.put("customers/by-reference/C-7", UMA)[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as several:
        answers = sorted(several.map(write, range(8)))
    assert (set(answers), answers.count(201)) == ({200, 201}, 1)
    assert Customer.objects.filter(reference="C-7").count() == 1

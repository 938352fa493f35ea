"""What went out comes in again, and changes nothing."""

import io

import pytest
from django.urls import reverse

from coalface.customers.actions import NewCustomer, add_customers
from coalface.importers.actions import approve, begin, carry_on, choose, try_out
from coalface.records.models import Customer, Feedback
from tests.people import NOW, client_for
from tests.understand import heard, issue_of

pytestmark = pytest.mark.django_db

FORMS = ("csv", "xlsx", "parquet")


def taken_along(person, page, form, **filters):
    return client_for(person).get(reverse(page), {"as": form} | filters).getvalue()


def brought_back(cast, kind, form, content, **mapping):
    """A trial of the file as it was recognised, and of what a person would choose beside."""
    run = begin(kind=kind, file=io.BytesIO(content), name=f"{kind}.{form}", by=cast.mina, now=NOW)
    run = try_out(run=choose(run=run, mapping=run.mapping | mapping, by=cast.mina, now=NOW), now=NOW)
    if run.taken_in:
        run = carry_on(run=approve(run=run, by=cast.mina, now=NOW), now=NOW)
    return run.taken_in, run.changed, run.already_there, run.refused


@pytest.mark.parametrize("form", FORMS)
def test_customers(cast, form):
    rows = [
        NewCustomer(name="Zoë Müller", unit=cast.north, reference="4711", email="zoe@home.example"),
        NewCustomer(name="=Formula & Sons", unit=cast.south, reference="-A1", segment="+plus"),
    ]
    add_customers(rows=rows, by=None, now=NOW)
    Customer.objects.filter(reference="4711").update(
        yearly_value=123_450, currency="CHF", phone="+41446681800", country="CH", is_company=True
    )
    before = list(Customer.objects.order_by("pk").values())
    content = taken_along(cast.mina, "customers:index", form)
    assert brought_back(cast, "customers", form, content) == (0, 0, 5, 0)
    assert list(Customer.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("form", FORMS)
def test_feedback(cast, form):
    issue_of(cast, "Waiting", "queue")
    heard(cast, "=What a queue,\n“again”", source_id="=7", nps=3, csat=2, topic="-Speed", language="en")
    heard(cast, "So kind", source_id="8", kind="compliment", unit=cast.south, customer=cast.petra)
    before = list(Feedback.objects.order_by("pk").values())
    content = taken_along(cast.mina, "hear:index", form)
    assert brought_back(cast, "feedback", form, content, source="web") == (0, 0, 2, 0)
    assert list(Feedback.objects.order_by("pk").values()) == before

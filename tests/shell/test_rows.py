"""Rows go out by the right of their page, with its filters, and it is on record who took them."""

import csv
import io
import sys
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from coalface.customers.actions import NewCustomer, add_customers
from coalface.hear.queries import FEEDBACK
from coalface.people.actions import add_person
from coalface.records.models import Event, Verbatim
from coalface.records.tables import Table
from coalface.shell import columns
from tests.people import CAME_ON, NOW, client_for
from tests.understand import heard, issue_of

pytestmark = pytest.mark.django_db


def taken(person, page, *args, **query):
    """What lies in the CSV file of a list, row by row."""
    answer = client_for(person).get(reverse(page, args=args), {"as": "csv"} | query)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


def test_the_filters_of_the_page_hold_for_what_is_taken_along(cast):
    heard(cast, "Too slow", days_ago=1)
    heard(cast, "So kind", kind="compliment", days_ago=0)
    assert [row["What was said"] for row in taken(cast.olga, "hear:index")] == ["So kind", "Too slow"]
    assert [row["What was said"] for row in taken(cast.olga, "hear:index", kind="compliment")] == ["So kind"]


def test_it_is_on_record_who_took_which_list_and_how_many_rows(cast):
    heard(cast, "Too slow", "Too dear")
    taken(cast.olga, "hear:index")
    event = Event.objects.latest("id")
    assert (event.kind, event.by, event.about_id) == ("rows.taken_along", cast.olga, str(cast.olga.pk))
    assert event.payload == {"table": "feedback", "form": "csv", "rows": 2}


def test_the_file_has_a_name_with_its_day_and_nobody_keeps_it_on_the_way(cast):
    answer = client_for(cast.olga).get(reverse("customers:index"), {"as": "parquet"})
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="customers-2')
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.getvalue().startswith(b"PAR1")


def test_a_form_nobody_knows_shows_the_page_and_a_list_nobody_knows_is_not_found(cast):
    client = client_for(cast.olga)
    assert "text/html" in client.get(reverse("hear:index"), {"as": "docx"}).headers["Content-Type"]
    assert client.get(reverse("hear:index"), {"as": "csv", "rows": "secrets"}).status_code == 404


@pytest.mark.parametrize("page", ["customers:index", "plan:index", "worker:index", "home:programme"])
def test_who_may_not_open_the_page_takes_nothing_along(cast, page):
    answer = client_for(cast.fay).get(reverse(page), {"as": "csv"})
    assert answer.status_code == 403
    assert not Event.objects.filter(kind="rows.taken_along").exists()


def test_feedback_goes_out_with_words_tags_and_scores(cast):
    issue_of(cast, "Waiting", "queue")
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    heard(cast, "=A queue", customer=cast.petra, reported_by=cast.fay, nps=2, csat=1, ces=6, topic="-Speed")
    [row] = taken(cast.olga, "hear:index")
    assert row.pop("Coalface id")
    assert datetime.fromisoformat(row.pop("When it was said")) == at
    assert row == {
        "Source": "web",
        "Its id in that system": "",
        "Channel": "web",
        "Kind": "complaint",
        "Label": "'-Speed",
        "What was said": "'=A queue",
        "Language": "",
        "NPS": "2",
        "CSAT": "1",
        "CES": "6",
        "Unit, short name": "north",
        "Unit": "North",
        "Touchpoint": "",
        "Customer number": "",
        "Customer": "Petra Frei",
        "Reported by": "Fay Burns",
        "Issues": "Waiting",
    }


def test_words_are_for_those_who_may_read_them_and_the_rest_is_for_all(cast):
    issue = issue_of(cast, "Waiting", "queue")
    heard(cast, "What a queue", customer=cast.petra, days_ago=2, topic="Speed")
    heard(cast, "Another queue", reported_by=cast.gus, days_ago=1)

    def seen(person):
        rows = taken(person, "understand:mentions", issue.pk)
        return [(row["What was said"], row["Customer"], row["Label"]) for row in rows]

    assert seen(cast.olga) == [("Another queue", "", ""), ("What a queue", "Petra Frei", "Speed")]
    assert seen(cast.gus) == [("Another queue", "", ""), ("", "", "")]


def test_erased_words_are_empty_everywhere(cast):
    issue = issue_of(cast, "Waiting", "queue")
    heard(cast, "What a queue", reported_by=cast.olga)
    Verbatim.objects.update(erased_at=NOW)
    for rows in (
        taken(cast.olga, "hear:index"),
        taken(cast.olga, "hear:mine"),
        taken(cast.olga, "understand:mentions", issue.pk),
    ):
        assert [row["What was said"] for row in rows] == [""]


def test_customers_go_out_with_exact_money_and_its_currency(cast):
    row = NewCustomer(name="Zoë Meier", unit=cast.north, reference="+4711", email="zoe@home.example")
    [zoe] = add_customers(rows=[row], by=None, now=NOW)
    type(zoe).objects.filter(pk=zoe.pk).update(yearly_value=1_234_567, currency="KWD")
    [row] = taken(cast.olga, "customers:index", q="Zoë")
    assert (row["Name"], row["Customer number"], row["E-mail"]) == ("Zoë Meier", "+4711", "zoe@home.example")
    assert (row["Yearly value"], row["Currency"]) == ("1234.567", "KWD")


def test_staff_codes_are_for_those_who_give_them_out(cast):
    add_person(name="Tom Till", unit=cast.south, starts_on=CAME_ON, by=None, now=NOW)
    assert "Staff code" in taken(cast.mina, "people:index", q="Tom")[0]
    assert "Staff code" not in taken(cast.fay, "people:index", q="Tom")[0]


def test_names_of_columns_are_in_the_readers_language_and_codes_stay_codes(cast):
    heard(cast, "Zu langsam")
    with translation.override("de"):
        client = client_for(cast.olga)
        answer = client.get(reverse("hear:index"), {"as": "csv"}, headers={"Accept-Language": "de"})
        first, second = csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline=""))
        assert first == [str(columns.LABELS[column.key]) for column in FEEDBACK.columns]
    assert "complaint" in second


def test_every_column_of_every_list_has_a_name_for_people():
    ours = [module for name, module in list(sys.modules.items()) if name.startswith("coalface.")]
    tables = {one.name: one for module in ours for one in vars(module).values() if isinstance(one, Table)}
    assert len(tables) >= 25
    assert {
        column.key for table in tables.values() for column in table.columns
    } - columns.LABELS.keys() == set()

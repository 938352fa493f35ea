"""Pages of what reached us, and the form for those at the counter."""

import pytest
import uuid_utils.compat as uuid
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalface.customers.actions import NewCustomer, add_customers
from coalface.records.models import Feedback
from coalface.understand.actions import add_touchpoint, see
from tests.people import NOW, client_for
from tests.understand import heard, issue_of

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def listed(person, **query):
    return client_for(person).get(reverse("hear:index"), query)


def words_on(response):
    return [row.verbatim.text if row.verbatim else row.topic for row in response.context["page"]]


def test_leaders_see_what_reached_their_units_and_others_do_not(cast):
    heard(cast, "In the north")
    for person, status in (
        (cast.olga, 200),
        (cast.mina, 200),
        (cast.adam, 200),
        (cast.fay, 302),
        (cast.ada, 302),
    ):
        assert listed(person).status_code == status
    assert listed(cast.fay).url == reverse("hear:report")
    assert reverse("account_login") in Client().get(reverse("hear:index")).url
    assert words_on(listed(cast.olga)) == ["In the north"]


def test_without_feedback_the_page_says_how_it_comes(cast):
    assert "Nothing has reached us yet" in text(listed(cast.olga))
    assert "Nothing fits these filters" in text(listed(cast.olga, words="on"))


def test_filters_leave_what_fits(cast):
    stop = add_touchpoint(key="desk", name="The desk", stage="using", order=1, by=None, now=NOW)
    heard(cast, "North complaint", days_ago=4)
    heard(cast, "South praise", kind="compliment", unit=cast.south, days_ago=3)
    heard(cast, "At the desk", touchpoint=stop, days_ago=2)
    heard(cast, "", topic="A tap", days_ago=1)
    everything = ["A tap", "At the desk", "South praise", "North complaint"]
    assert words_on(listed(cast.olga)) == everything
    assert words_on(listed(cast.olga, kind="compliment")) == ["South praise"]
    assert words_on(listed(cast.olga, unit=cast.south.pk)) == ["South praise"]
    assert words_on(listed(cast.olga, unit=cast.root.pk)) == everything
    assert words_on(listed(cast.olga, touchpoint=stop.pk)) == ["At the desk"]
    assert words_on(listed(cast.olga, words="on")) == everything[1:]
    assert words_on(listed(cast.olga, kind="nonsense")) == everything


def test_the_list_costs_the_same_with_one_row_and_with_three(cast):
    issue_of(cast, "Waiting", "queue")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            listed(cast.olga)
        return len(queries)

    heard(cast, "A queue 1", customer=cast.petra)
    before = cost()
    heard(cast, "A queue 2", "A queue 3", customer=cast.rosa, unit=cast.south)
    assert cost() == before


def test_a_page_shows_the_words_the_scores_and_what_it_speaks_of(cast):
    issue_of(cast, "Waiting", "queue")
    [said] = heard(
        cast, "What a queue", customer=cast.petra, reported_by=cast.fay, nps=2, csat=1, ces=6, topic="Speed"
    )
    page = text(client_for(cast.olga).get(reverse("hear:feedback", args=[said.pk])))
    for words in (
        "What a queue",
        "Waiting",
        "found by its words",
        "Petra Frei",
        "2 of 10",
        "1 of 5",
        "6 of 7",
        "Speed",
        "Fay Burns",
    ):
        assert words in page
    [doubtful] = heard(cast, "A door")
    assert "No issue found yet" in text(
        client_for(cast.olga).get(reverse("hear:feedback", args=[doubtful.pk]))
    )
    [tap] = heard(cast, "", topic="A tap")
    bare = text(client_for(cast.olga).get(reverse("hear:feedback", args=[tap.pk])))
    assert "It came without words." in bare
    assert "It speaks of no issue we know." in bare


def test_who_passed_it_on_may_read_it_and_other_members_may_not(cast):
    [said] = heard(cast, "What a queue", reported_by=cast.fay)
    see(person=cast.olga, depth="reading", feedback=said, now=NOW)
    address = reverse("hear:feedback", args=[said.pk])
    assert client_for(cast.gus).get(address).status_code == 404
    page = client_for(cast.fay).get(address)
    assert "What a queue" in text(page)
    assert [sighting.person for sighting in page.context["knowing"]] == [cast.fay]


def form(cast, **more):
    return {
        "id": str(uuid.uuid7()),
        "text": "She waited an hour",
        "kind": "complaint",
        "unit": cast.north.pk,
    } | more


def report(person, given):
    return client_for(person).post(reverse("hear:report"), given, follow=True)


def test_a_report_takes_a_sentence_and_a_press(cast):
    blank = client_for(cast.fay).get(reverse("hear:report"))
    assert blank.context["form"].initial["unit"] == cast.north.pk
    given = form(cast, customer="petra frei")
    for _press in range(2):
        assert "Heard." in text(report(cast.fay, given))
    told = Feedback.objects.get()
    assert (told.verbatim.text, told.customer, told.unit) == ("She waited an hour", cast.petra, cast.north)
    assert (told.reported_by, told.kind, told.source) == (cast.fay, "complaint", "report")


def test_a_customer_nobody_knows_is_said_so(cast):
    assert "We know no customer of that name." in text(report(cast.fay, form(cast, customer="Zoe Unknown")))
    add_customers(rows=[NewCustomer(name="Petra Frei", unit=cast.north)], by=None, now=NOW)
    assert "Several customers are called so." in text(report(cast.fay, form(cast, customer="Petra Frei")))
    assert "Heard." in text(report(cast.fay, form(cast, customer="petra@home.example")))


def test_gone_back_and_written_anew_both_are_heard_once(cast):
    given = form(cast)
    for words in (given["text"], "She waited two hours", "She waited two hours"):
        assert "Heard." in text(report(cast.fay, given | {"text": words}))
    told = Feedback.objects.order_by("received_at").values_list("verbatim__text", flat=True)
    assert list(told) == [given["text"], "She waited two hours"]


def test_a_report_is_made_where_one_works(cast):
    assert "errorlist" in text(report(cast.fay, form(cast, unit=cast.south.pk)))
    assert "errorlist" in text(report(cast.fay, form(cast, text=" ")))
    assert not Feedback.objects.exists()


def test_who_passed_something_on_sees_what_became_of_it(cast):
    issue_of(cast, "Waiting", "queue")
    assert "Once you passed something on" in text(client_for(cast.fay).get(reverse("hear:report")))
    heard(cast, "What a queue", reported_by=cast.fay)
    heard(cast, "Somebody else's", reported_by=cast.gus)
    page = text(client_for(cast.fay).get(reverse("hear:report")))
    assert "What a queue" in page
    assert "Waiting" in page
    assert "Somebody else" not in page

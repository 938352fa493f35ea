"""One box for everything, as far as it is the reader's to see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalface.act.actions import open_fix
from coalface.customers.actions import NewCustomer, add_customers
from coalface.hear.actions import NewFeedback, take_in
from coalface.people.actions import leave
from coalface.records.models import Customer, Feedback, Household, ReportPage, ResearchReport, Verbatim
from tests.meet import held, said
from tests.people import NOW, client_for
from tests.understand import heard, issue_of

pytestmark = pytest.mark.django_db


def found(person, words, **more):
    """What somebody finds: the texts, noun by noun."""
    answer = client_for(person).get(reverse("home:search"), {"q": words} | more)
    assert answer.status_code == 200
    return {
        group.noun: ["".join(piece.text for piece in line.pieces) for line in group.lines]
        for group in answer.context["groups"]
    }


def study(cast):
    report = ResearchReport.objects.create(
        title="Queues of the north", unit=cast.north, file_name="q.pdf", fingerprint="1",
        brought_by=cast.adam, brought_at=NOW,
    )  # fmt: skip
    words = Verbatim.objects.create(text="People hate to queue.")
    ReportPage.objects.create(report=report, number=1, verbatim=words)


def test_everything_is_found_kind_by_kind(cast):
    issue = issue_of(cast, "Queues at noon", "queue")
    open_fix(
        issue=issue, title="No queue any more", lane="this_week", owner=cast.sven, due_on=NOW.date(),
        by=cast.mina, now=NOW,
    )  # fmt: skip
    add_customers(rows=[NewCustomer(name="Quentin Queue", unit=cast.north)], by=None, now=NOW)
    family = Household.objects.create(kind="household", name="The Queues", made_at=NOW)
    Customer.objects.filter(name="Quentin Queue").update(household=family)
    heard(cast, "What a queue that was")
    said(held(cast), cast.olga, "Your queue is long.")
    study(cast)
    assert found(cast.olga, "queue") == {
        "customer": ["Quentin Queue"],
        "household": ["The Queues"],
        "issue": ["Queues at noon"],
        "fix": ["No queue any more"],
        "feedback": ["What a queue that was"],
        "remark": ["Your queue is long."],
        "study": ["Queues of the north"],
        "page": ["People hate to queue."],
    }
    assert found(cast.fay, "queue") == {"issue": ["Queues at noon"], "fix": ["No queue any more"]}


def test_people_are_found_while_they_work_here(cast):
    assert found(cast.fay, "adam now") == {"person": ["Adam Nowak"]}
    leave(person=cast.adam, on=CLOSE, by=cast.ada, now=NOW)
    assert found(cast.fay, "adam now") == {}


CLOSE = NOW.date()


def test_words_are_found_by_who_may_read_them(cast):
    heard(cast, "Secret of the north", reported_by=cast.gus)
    said(held(cast), cast.olga, "Secret of the visit.")
    seen = {
        person.name: found(person, "secret")
        for person in (cast.olga, cast.rolf, cast.mina, cast.gus, cast.fay)
    }
    assert seen == {
        "Olga Lindner": {"feedback": ["Secret of the north"], "remark": ["Secret of the visit."]},
        "Rolf Huber": {"feedback": ["Secret of the north"]},
        "Mina Aziz": {"feedback": ["Secret of the north"], "remark": ["Secret of the visit."]},
        "Gus Meyer": {"feedback": ["Secret of the north"]},
        "Fay Burns": {},
    }


def test_nothing_is_found_of_what_was_erased_taken_back_or_merged(cast):
    heard(cast, "Wrong words", customer=cast.petra)
    Feedback.objects.update(withdrawn_at=NOW)
    assert found(cast.olga, "wrong") == {}
    Feedback.objects.update(withdrawn_at=None)
    Verbatim.objects.update(erased_at=NOW)
    assert found(cast.olga, "wrong") == {}
    assert found(cast.olga, "rosa") == {"customer": ["Rosa Conti"]}
    Customer.objects.filter(pk=cast.rosa.pk).update(merged_into=cast.petra)
    assert found(cast.olga, "rosa") == {}


def test_five_of_a_kind_come_first_and_all_of_it_on_a_page_of_its_own(cast):
    rows = [
        NewFeedback(
            source="mail", source_id=str(number), channel="mail", kind="complaint", received_at=NOW,
            unit=cast.north, text=f"Noise {number}",
        )
        for number in range(23)
    ]  # fmt: skip
    take_in(rows=rows, by=None, now=NOW)
    answer = client_for(cast.olga).get(reverse("home:search"), {"q": "noise"})
    assert (len(answer.context["groups"][0].lines), "All of them" in answer.content.decode()) == (5, True)
    assert len(found(cast.olga, "noise", **{"in": "feedback"})["feedback"]) == 20
    assert len(found(cast.olga, "noise", **{"in": "feedback", "page": "2"})["feedback"]) == 3


def test_the_hit_is_marked_and_the_words_stay_words(cast):
    heard(cast, "<script>alert(1)</script> & a queue")
    page = client_for(cast.olga).get(reverse("home:search"), {"q": "queue alert"}).content.decode()
    assert "&lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt; &amp; a <mark>queue</mark>" in page


@pytest.mark.parametrize("words", ["", " ", '"', "*", "a" * 10_000, "'; --", "( OR", "🙂", "x\ny"])
@pytest.mark.parametrize("noun", ["", "feedback", "page", "nonsense"])
def test_no_question_breaks_the_page(cast, words, noun):
    assert client_for(cast.fay).get(reverse("home:search"), {"q": words, "in": noun}).status_code == 200


def test_the_box_stands_on_every_page_and_asks_nothing(cast):
    page = client_for(cast.fay).get(reverse("people:index")).content.decode()
    assert ('action="/search/"' in page, "data-search-page" in page) == (True, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_asks_once_a_noun(cast, rows):
    for number in range(rows):
        heard(cast, f"A queue {number}", customer=cast.petra)
        said(held(cast), cast.olga, f"Queue {number}.")
    client = client_for(cast.olga)
    client.get(reverse("home:search"), {"q": "queue"})
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("home:search"), {"q": "queue"})
    assert len(asked) == 16

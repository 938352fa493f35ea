"""The pages of a theme and an issue, where a language model may propose: what stands there, and for whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.people.actions import grant
from coalface.records.models import Event, Issue, Role, Summary, Theme
from tests.edges.mouth import choice, says, speaking
from tests.journeys.reading import Page, Reader
from tests.people import NOW, Cast, client_for
from tests.understand import heard, issue_of
from tests.understand.machine import QUEUE, sentences, wish, work
from tests.understand.themes import read_through, said, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def connected(settings) -> None:
    """An address nobody answers at: whoever asks it from a page fails the test by waiting."""
    settings.LANGUAGE_MODEL_URL, settings.LANGUAGE_MODEL_NAME = "http://127.0.0.1:1", "small"


@pytest.fixture
def theme(cast: Cast) -> Theme:
    """Three who speak of a queue."""
    said(cast, *QUEUE, days_ago=(NOW - timezone.now()).days + 3)
    search(cast, timezone.now())
    return Theme.objects.get()


@pytest.fixture
def issue(cast: Cast) -> Issue:
    """An issue three spoke of."""
    found = issue_of(cast, "Waiting", "queue")
    read_through(*heard(cast, *QUEUE))
    return found


def page_of(thing: Theme | Issue) -> str:
    return reverse(f"understand:{thing._meta.model_name}", args=[thing.pk])


def asks(thing: Theme | Issue) -> str:
    return reverse(f"understand:ask_about_{thing._meta.model_name}", args=[thing.pk])


def goes_to(page: Page) -> list[str]:
    return [form.action for form in page.forms]


def test_without_an_address_nothing_of_it_is_to_be_seen(cast: Cast, theme: Theme, issue: Issue):
    wish(cast, theme)
    work(sentences(("They wait.", ["q1"])))
    for thing in (theme, issue):
        reader = Reader(cast.adam)
        page = reader.open(page_of(thing))
        assert ("language model" in page.words, asks(thing) in goes_to(page)) == (False, False)
        assert reader.insist(page, asks(thing)).status == 404
    assert Summary.objects.count() == 1


def test_a_page_writes_the_question_down_and_asks_nobody(cast: Cast, theme: Theme, issue: Issue, settings):
    with speaking(says(choice("x"))) as (address, heard_by_it):
        settings.LANGUAGE_MODEL_URL = address
        for thing, kind in ((theme, "name"), (issue, "summary")):
            reader = Reader(cast.adam)
            page = reader.send(reader.open(page_of(thing)), asks(thing), kind=kind)
            assert page.says("Proposed by a language model", "Not a customer’s word.", "Being asked, since")
            assert asks(thing) not in goes_to(page)
            assert reader.insist(page, asks(thing)).status == 404  # without saying what for
        assert heard_by_it == []
    assert [(one.kind, one.asked_by) for one in Summary.objects.order_by("kind")] == [
        ("name", cast.adam),
        ("summary", cast.adam),
    ]


def test_each_sentence_stands_beside_its_quotes(cast: Cast, theme: Theme, connected):
    wish(cast, theme)
    work(sentences(("They wait “at noon”.", ["q1", "q2", "q3"])))
    page = Reader(cast.adam).open(page_of(theme))
    assert page.says("They wait “at noon”.", "small,", "asked by Adam Nowak", *QUEUE)
    assert page.words.index("They wait “at noon”.") < page.words.index(QUEUE[0])


def test_what_it_says_is_text_and_nothing_else(cast: Cast, theme: Theme, connected):
    wish(cast, theme, "name")
    work(sentences(("Tills & queues {{ 7|add:1 }} 'x' onload=alert(1)", ["q1"])))
    words = client_for(cast.adam).get(page_of(theme)).content.decode()
    assert "Tills &amp; queues {{ 7|add:1 }} &#x27;x&#x27; onload=alert(1)" in words
    assert words.count("onload=alert(1)") == 2  # the sentence, and the field with the name
    assert 'onload=alert(1)"' in words


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("timeout", "took too long. Ask again"),
        ("not_reached", "could not be reached"),
        ("broken", "could not be reached"),
        ("refused", "refused the question"),
        ("tls", "address of the language model is not right"),
        ("redirected", "address of the language model is not right"),
        ("no_address", "address of the language model is not right"),
        ("nothing_grounded", "rests on nothing customers said"),
        ("not_understood", "could not be read"),
        ("too_long", "could not be read"),
        ("no_words", "There are no words yet"),
        ("words_changed", "were changed or erased meanwhile"),
        ("broken_off", "was broken off several times"),
    ],
)
def test_a_failure_says_what_to_do(cast: Cast, issue: Issue, connected, code: str, sentence: str):
    Summary.objects.create(
        issue=issue, kind="summary", language="en", asked_by=cast.adam, asked_at=NOW, failure=code
    )
    page = Reader(cast.adam).open(page_of(issue))
    assert page.says(sentence, "Propose another summary", "Dismiss")
    assert "language model" not in Reader(cast.gus).open(page_of(issue)).words


def test_a_proposed_name_is_taken_as_a_person_leaves_it(cast: Cast, issue: Issue, connected):
    name = wish(cast, issue, "name")
    work(sentences(("Queues are long", ["q1"])))
    reader, take = Reader(cast.mina), reverse("understand:take_name", args=[name.pk])
    page = reader.open(page_of(issue))
    assert page.form(take).fields["title"] == ["Queues are long"]
    assert reader.send(page, take, title="").says("Give it a name of at most 160 characters.")
    assert reader.send(page, take, title="x" * 161).says("Give it a name of at most 160 characters.")
    assert reader.send(page, take, title="Queues at noon").says("It is called “Queues at noon” now.")
    assert reader.send(page, take).status == 404
    issue.refresh_from_db()
    assert (issue.title, Summary.objects.count()) == ("Queues at noon", 0)


def test_a_proposal_is_dismissed(cast: Cast, theme: Theme, connected):
    summary = wish(cast, theme)
    work(sentences(("They wait.", ["q1"])))
    reader, away = Reader(cast.adam), reverse("understand:dismiss_summary", args=[summary.pk])
    page = reader.send(reader.open(page_of(theme)), away)
    assert ("They wait." in page.words, page.says("Propose a summary")) == (False, True)
    assert (Summary.objects.count(), Event.objects.get(kind="summary.dismissed").by) == (0, cast.adam)


def test_who_may_not_name_may_not_ask_take_or_dismiss(cast: Cast, theme: Theme, issue: Issue, connected):
    name = wish(cast, issue, "name")
    work(sentences(("Queues are long", ["q1"])))
    for person in (cast.olga, cast.fay, cast.ada):
        client = client_for(person)
        for address in (
            asks(theme),
            asks(issue),
            reverse("understand:take_name", args=[name.pk]),
            reverse("understand:dismiss_summary", args=[name.pk]),
        ):
            assert client.post(address, {"kind": "name", "title": "Mine"}).status_code == 403, address
            assert client.get(address).status_code in {403, 405}
        page = Reader(person).open(page_of(issue))
        assert ("Queues are long" in page.words, "language model" in page.words) == (False, False)


def test_a_summary_is_read_by_who_may_read_all_it_rests_on(cast: Cast, connected):
    issue = issue_of(cast, "Waiting", "queue")
    read_through(*heard(cast, QUEUE[0]), *heard(cast, QUEUE[1], unit=cast.south))
    wish(cast, issue)
    work(sentences(("In the one.", ["q1"]), ("In the other.", ["q2"]), ("In both.", ["q1", "q2"])))
    grant(person=cast.fay, role=Role.LEADER, unit=cast.north, by=cast.ada, now=NOW)
    page = Reader(cast.fay).open(page_of(issue))
    seen = [text for text in ("In the one.", "In the other.", "In both.") if text in page.words]
    assert (len(seen), page.says("2 sentences rest on words that are gone, or that are not yours")) == (
        1,
        True,
    )
    assert asks(issue) not in goes_to(page)
    assert "language model" not in Reader(cast.gus).open(page_of(issue)).words


def test_more_sentences_and_words_cost_no_more(cast: Cast, theme: Theme, issue: Issue, connected):
    costs = []
    for answer in (
        sentences(("They wait.", ["q1"])),
        sentences(*((f"They wait, {n}.", ["q1", "q2", "q3"]) for n in range(3))),
    ):
        for thing in (theme, issue):
            wish(cast, thing)
            work(answer)
            wish(cast, thing, "name")
            work(answer)
        costs.append([_cost(cast, page_of(thing)) for thing in (theme, issue)])
    assert costs == [[28, 36], [28, 36]]


def _cost(cast: Cast, address: str) -> int:
    client = client_for(cast.adam)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)

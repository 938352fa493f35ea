"""The pages of proposals: what they show, to whom, and what a press does without a script."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.people.actions import grant, revoke
from coalface.records.models import Customer, Event, Issue, Role, Theme
from tests.journeys.reading import Reader
from tests.people import NOW, Cast, client_for
from tests.understand import heard, issue_of
from tests.understand.themes import read_through, said, search

QUEUE = ("The queue is long.", "Queue again!", "I hate the queue.")
PARKING = ("No parking left.", "Parking costs too much.")
LIST = reverse("understand:themes")


@pytest.fixture
def days_ago() -> int:
    """Days between the Monday in March and some days before today."""
    return (NOW - timezone.now()).days + 3


def look(cast: Cast) -> None:
    search(cast, timezone.now())


def lines(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()]


def test_who_sorts_sees_proposals_and_nobody_else(cast: Cast):
    for name in ("themes", "theme", "split_theme"):
        address = reverse(f"understand:{name}", args=[1] if name != "themes" else [])
        assert client_for(cast.olga).get(address).status_code == 403
        assert client_for(cast.fay).get(address).status_code == 403
    assert client_for(cast.adam).get(LIST).status_code == 200


def test_before_the_first_search_the_page_says_what_it_takes(cast: Cast):
    page = Reader(cast.adam).open(LIST)
    assert page.says("Nothing was searched yet", "Once 50 statements of the past 6 months belong to no issue")


def test_the_largest_value_comes_first_with_what_is_not_known(cast: Cast, days_ago: int):
    said(cast, *QUEUE, days_ago=days_ago)
    said(cast, PARKING[0], days_ago=days_ago, customer=cast.petra)
    said(cast, PARKING[1], days_ago=days_ago, customer=cast.rosa)
    Customer.objects.filter(pk=cast.petra.pk).update(yearly_value=123_400, currency="CHF")
    look(cast)
    page = Reader(cast.adam).open(LIST)
    assert page.says("2 things customers speak of", "said 2 times by 2 known customers", "CHF 1,234")
    assert page.words.index("parking") < page.words.index("I hate the queue.")
    assert page.says("unknown 1 time", "the value behind it is not known", "belong to no issue.")


def test_a_name_makes_it_an_issue_and_one_press_takes_it_back(cast: Cast, days_ago: int):
    said(cast, *QUEUE, days_ago=days_ago)
    look(cast)
    theme, reader = Theme.objects.get(), Reader(cast.adam)
    page = reader.send(
        reader.open(LIST), reverse("understand:confirm_theme", args=[theme.pk]), title="Long queues"
    )
    assert page.says("“Long queues” is an issue now.", "Nothing without a name")
    issue = Issue.objects.get()
    assert reader.open(reverse("understand:theme", args=[theme.pk])).says(
        "Adam Nowak made it an issue", issue.title
    )
    assert reader.open(reverse("understand:issue", args=[issue.pk])).says("Queue again!")
    page = reader.send(reader.open(LIST), reverse("understand:undo_theme"))
    assert (page.says("Taken back.", "Queue again!"), Issue.objects.count()) == (True, 0)


@pytest.mark.parametrize("given", ["", "x" * 161], ids=["none", "too long"])
def test_a_name_has_some_letters_and_not_too_many(cast: Cast, days_ago: int, given: str):
    said(cast, *QUEUE, days_ago=days_ago)
    look(cast)
    reader = Reader(cast.adam)
    address = reverse("understand:confirm_theme", args=[Theme.objects.get().pk])
    assert reader.send(reader.open(LIST), address, title=given).says("Give it a name of at most 160")
    assert Issue.objects.count() == 0


def test_it_becomes_part_of_an_issue_or_of_another_proposal(cast: Cast, days_ago: int):
    issue_of(cast, "Waiting", "zzz")
    said(cast, *QUEUE, *PARKING, days_ago=days_ago)
    look(cast)
    queue, parking = Theme.objects.order_by("pk")
    reader, address = Reader(cast.adam), reverse("understand:merge_theme", args=[parking.pk])
    for wrong in ("", "Nothing there", "#999999999999999 x", f"#{parking.pk} parking", "#" + "9" * 400):
        assert reader.send(reader.open(LIST), address, into=wrong).says(
            "Choose one of the issues or proposals"
        )
    assert reader.send(reader.open(LIST), address, into=f"#{queue.pk} queue").says("They are one now.")
    address = reverse("understand:merge_theme", args=[queue.pk])
    assert reader.send(reader.open(LIST), address, into="waiting").says("They are one now.")
    parking.refresh_from_db()
    queue.refresh_from_db()
    assert (parking.merged_into, queue.issue.title) == (queue, "Waiting")


def test_it_is_split_by_ticking(cast: Cast, days_ago: int):
    said(cast, *QUEUE, days_ago=days_ago)
    look(cast)
    theme, reader = Theme.objects.get(), Reader(cast.adam)
    address = reverse("understand:split_theme", args=[theme.pk])
    clause = theme.theme_clauses.get(clause__verbatim__text="Queue again!").clause_id
    assert reader.send(reader.open(address), "", clauses="999999").says("A new search has moved some")
    assert reader.send(reader.open(address), "", clauses=clause).says("Two proposals now.")
    assert sorted(one.theme_clauses.count() for one in Theme.objects.waiting()) == [1, 2]


def test_who_comes_second_is_told(cast: Cast, days_ago: int):
    said(cast, *QUEUE, days_ago=days_ago)
    look(cast)
    adam, mina = Reader(cast.adam), Reader(cast.mina)
    mine, theirs = adam.open(LIST), mina.open(LIST)
    address = reverse("understand:decline_theme", args=[Theme.objects.get().pk])
    assert adam.send(mine, address).says("Nothing without a name")
    assert mina.send(theirs, address).says("Somebody was quicker: that one is decided.")
    assert mina.insist(theirs, reverse("understand:undo_theme")).says("There is nothing to take back.")


def test_a_search_is_asked_for_and_seen_to_be_under_way(cast: Cast):
    reader = Reader(cast.mina)
    page = reader.send(reader.open(LIST), reverse("understand:search_themes"))
    assert page.says("A search is under way, asked for at")
    assert reader.insist(page, reverse("understand:search_themes")).says("A search is under way.")
    assert Event.objects.filter(kind="themes.wanted").count() == 1


def test_personal_data_is_hidden_and_words_of_other_units_are_not_shown(cast: Cast, days_ago: int):
    text = "The queue! Call me: 079 555 12 12 about the queue."
    read_through(*heard(cast, text, days_ago=days_ago), masks=[[20, 33, "phone"]])
    said(cast, "Queue in the south.", days_ago=days_ago, unit=cast.south)
    look(cast)
    address = reverse("understand:theme", args=[Theme.objects.get().pk])
    page = Reader(cast.adam).open(address)
    assert page.says("hidden: phone", "Queue in the south.")
    assert "079" not in page.words
    words = lines(client_for(cast.adam).get(address, {"as": "csv", "rows": "theme_clauses"}))
    assert "079" not in str(words)
    grant(person=cast.adam, role=Role.ANALYST, unit=cast.south, by=cast.ada, now=NOW)
    revoke(grant=cast.adam.grants.get(unit=cast.root), by=cast.ada, now=NOW)
    page = Reader(cast.adam).open(address)
    assert (page.says("Queue in the south.", "Whoever leads this unit"), page.says("hidden: phone")) == (
        True,
        False,
    )


def test_lists_cost_the_same_with_one_row_and_with_three(cast: Cast, days_ago: int):
    said(cast, *QUEUE, days_ago=days_ago)
    look(cast)
    theme = Theme.objects.get().pk
    addresses = [LIST, *(reverse(f"understand:{name}", args=[theme]) for name in ("theme", "split_theme"))]
    before = [_cost(cast, address) for address in addresses]
    said(cast, *PARKING, "App down.", "App up.", "The queue!", "Queue?", days_ago=days_ago)
    search(cast, timezone.now() + timedelta(days=7))
    assert Theme.objects.count() == 3
    assert [_cost(cast, address) for address in addresses] == before == [25, 22, 10]


def _cost(cast: Cast, address: str) -> int:
    client = client_for(cast.adam)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)

"""A decision is kept beside what sorting had thought, and can be taken back step by step."""

from datetime import timedelta

import pytest

from coalface.records.history import history_of
from coalface.records.models import Event, Issue, Mention
from coalface.understand.actions import (
    NothingToUndo,
    merge,
    set_route,
    settle,
    settle_as_new,
    sort_unsure_again,
    unsettle,
)
from tests.people import NOW
from tests.understand import heard, issue_of, mentions_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)


def whole(mention: Mention) -> dict[str, object]:
    """The whole row as the ledger holds it."""
    return Mention.objects.filter(pk=mention.pk).values().get()


def test_what_sorting_had_thought_is_kept_beside_the_decision(cast):
    waiting, fees = issue_of(cast, "Waiting", "queue"), issue_of(cast, "Fees", "fee")
    [said] = heard(cast, "A queue for a fee")
    other = issue_of(cast, "Doors")
    settled = settle(mention=said.mentions.get(issue=fees), issue=other, by=cast.adam, now=NOW)
    assert (settled.suggested, settled.suggested_by, settled.suggested_confidence) == (fees, "route", 0.4)
    assert mentions_of(said) == [
        ("Doors", 1.0, True, "A queue for a fee"),
        ("Waiting", 0.4, False, "A queue for a fee"),
    ]
    assert said.mentions.get(issue=waiting).suggested_by is None


def test_a_decision_that_is_taken_back_leaves_what_was_there(cast):
    waiting = issue_of(cast, "Waiting", "queue")
    first, second = (said.mentions.get() for said in heard(cast, "The door squeaks", "A queue"))
    before = [whole(first), whole(second)]
    settle(mention=first, issue=waiting, by=cast.adam, now=NOW)
    settle(mention=second, issue=None, by=cast.adam, now=LATER)
    unsettle(mention=second, by=cast.adam, now=LATER)
    unsettle(mention=first, by=cast.adam, now=LATER)
    assert [whole(first), whole(second)] == before
    assert [event.kind for event in history_of(first)] == ["mention.settled", "mention.unsettled"]


def test_a_mention_that_was_folded_into_another_comes_back(cast):
    waiting, fees = issue_of(cast, "Waiting", "queue"), issue_of(cast, "Fees", "fee")
    [said] = heard(cast, "A queue for a fee")
    before = list(said.mentions.order_by("pk").values())
    kept = settle(mention=said.mentions.get(issue=fees), issue=waiting, by=cast.adam, now=NOW)
    assert said.mentions.get() == kept
    unsettle(mention=kept, by=cast.adam, now=LATER)
    assert list(said.mentions.order_by("pk").values()) == before


def test_only_ones_own_decision_and_only_once(cast):
    issue = issue_of(cast, "Waiting", "queue")
    [said] = heard(cast, "The door squeaks")
    mention = said.mentions.get()
    with pytest.raises(NothingToUndo):
        unsettle(mention=mention, by=cast.adam, now=NOW)
    settle(mention=mention, issue=issue, by=cast.adam, now=NOW)
    with pytest.raises(NothingToUndo):
        unsettle(mention=mention, by=cast.mina, now=NOW)
    unsettle(mention=mention, by=cast.adam, now=NOW)
    with pytest.raises(NothingToUndo):
        unsettle(mention=mention, by=cast.adam, now=NOW)


def test_each_of_two_who_said_the_same_takes_back_only_their_own(cast):
    waiting, fees = issue_of(cast, "Waiting", "queue"), issue_of(cast, "Fees", "fee")
    [said] = heard(cast, "A queue for a fee")
    first = settle(mention=said.mentions.get(issue=waiting), issue=waiting, by=cast.adam, now=NOW)
    settle(mention=said.mentions.get(issue=fees), issue=waiting, by=cast.mina, now=LATER)
    unsettle(mention=first, by=cast.mina, now=LATER)
    first.refresh_from_db()
    assert (first.settled_by, first.settled_at) == (cast.adam, NOW)
    unsettle(mention=first, by=cast.adam, now=LATER)
    assert mentions_of(said) == [
        ("Fees", 0.4, False, "A queue for a fee"),
        ("Waiting", 0.4, False, "A queue for a fee"),
    ]


def test_what_was_merged_or_found_meanwhile_is_not_there_twice(cast):
    old, new = issue_of(cast, "Queue", "queue"), issue_of(cast, "Waiting")
    [said] = heard(cast, "A queue")
    mention = settle(mention=said.mentions.get(), issue=None, by=cast.adam, now=NOW)
    merge(issue=old, into=new, by=cast.adam, now=NOW)
    unsettle(mention=mention, by=cast.adam, now=LATER)
    assert mentions_of(said) == [("Waiting", 0.6, True, "A queue")]

    doors = issue_of(cast, "Doors")
    [said] = heard(cast, "The door squeaks")
    mention = settle(mention=said.mentions.get(), issue=new, by=cast.adam, now=NOW)
    set_route(issue=doors, phrases=["squeaks"], by=cast.adam, now=NOW)
    sort_unsure_again(event=Event.objects.filter(kind="route.set").last(), now=NOW)
    unsettle(mention=mention, by=cast.adam, now=LATER)
    assert ("Doors", 0.6, True, "The door squeaks") in mentions_of(said)


def test_a_new_issue_is_named_by_what_was_said(cast):
    [said] = heard(cast, "The door squeaks")
    mention = settle_as_new(
        mention=said.mentions.get(), title="Doors squeak", kind="product", by=cast.adam, now=NOW
    )
    issue = Issue.objects.standing().get()
    assert (issue.title, issue.kind, issue.proposed_by, issue.confirmed_by) == (
        "Doors squeak", "product", cast.adam, cast.adam,
    )  # fmt: skip
    assert (mention.issue, mention.counted) == (issue, True)
    unsettle(mention=mention, by=cast.adam, now=LATER)
    assert mentions_of(said) == [(None, 0.0, False, "")]

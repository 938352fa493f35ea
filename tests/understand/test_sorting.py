"""What is said finds its issue, and what is in doubt waits for a person."""

import time

import pytest

from coalface.meet.actions import note_remark
from coalface.records.history import note
from coalface.records.models import Event, Feedback, Mention, Sighting
from coalface.understand.actions import (
    confirm_issue,
    propose_issue,
    set_route,
    settle,
    sort_feedback,
    sort_remark,
    sort_unsure_again,
)
from tests.meet import LATER, held, said
from tests.people import NOW
from tests.understand import heard, issue_of, mentions_of

pytestmark = pytest.mark.django_db


def sort_again():
    event = Event.objects.filter(kind="route.set").last()
    return sort_unsure_again(event=event, now=event.at)


def test_the_clause_that_says_it_is_the_one_that_counts(cast):
    issue_of(cast, "Waiting", "queue*", "waited")
    [said] = heard(cast, "Nice staff. I waited in the queue for an hour! Thanks.")
    assert mentions_of(said) == [("Waiting", 0.8, True, "I waited in the queue for an hour!")]
    mention = said.mentions.get()
    assert (mention.unit, mention.happened_at, mention.sorted_by) == (cast.north, NOW, "route")


def test_one_text_may_speak_of_several_issues(cast):
    issue_of(cast, "Waiting", "queue", "waited")
    issue_of(cast, "Fees", "fee")
    [said] = heard(cast, "I waited in a queue. Then a fee!")
    assert mentions_of(said) == [
        ("Fees", 0.6, True, "Then a fee!"),
        ("Waiting", 0.8, True, "I waited in a queue."),
    ]


def test_words_that_lead_nowhere_wait_for_a_person(cast):
    issue_of(cast, "Waiting", "queue")
    [said] = heard(cast, "The door squeaks.")
    assert mentions_of(said) == [(None, 0.0, False, "")]
    assert list(Mention.objects.unsure()) == [said.mentions.get()]


def test_a_tie_waits_for_a_person(cast):
    issue_of(cast, "Waiting", "queue")
    issue_of(cast, "Fees", "fee")
    [said] = heard(cast, "A queue for a fee")
    assert mentions_of(said) == [
        ("Fees", 0.4, False, "A queue for a fee"),
        ("Waiting", 0.4, False, "A queue for a fee"),
    ]


def test_a_tap_counts_by_its_label_and_another_tap_not_at_all(cast):
    issue_of(cast, "Waiting", topics=["Long queue"])
    [known] = heard(cast, "", topic="Long queue")
    [unknown] = heard(cast, "", topic="Parking")
    assert mentions_of(known) == [("Waiting", 1.0, True, "")]
    assert mentions_of(unknown) == []


def test_label_and_words_together_are_one_mention(cast):
    issue_of(cast, "Waiting", "queue", topics=["Long queue"])
    [said] = heard(cast, "What a queue", topic="Long queue")
    assert mentions_of(said) == [("Waiting", 1.0, True, "What a queue")]


def test_praise_that_names_an_issue_is_never_counted_by_itself(cast):
    issue_of(cast, "Waiting", "queue", topics=["Speed"])
    no_queue, lovely, tapped = heard(cast, "No queue today!", "Lovely.", "", kind="compliment", topic="Speed")
    assert mentions_of(no_queue) == [("Waiting", 1.0, False, "No queue today!")]
    assert mentions_of(lovely) == mentions_of(tapped) == []


def test_nothing_is_sorted_to_an_issue_nobody_confirmed(cast):
    issue = propose_issue(title="Waiting", kind="service", by=cast.fay, now=NOW)
    set_route(issue=issue, phrases=["queue"], by=cast.adam, now=NOW)
    [said] = heard(cast, "A queue")
    assert mentions_of(said) == [(None, 0.0, False, "")]
    confirm_issue(issue=issue, by=cast.adam, now=NOW)
    assert sort_again() == 2
    assert mentions_of(said) == [("Waiting", 0.6, True, "A queue")]


def test_sorting_twice_changes_nothing(cast):
    issue_of(cast, "Waiting", "queue")
    heard(cast, "A queue", "A door")
    before = list(Mention.objects.values())
    event = Event.objects.filter(kind="feedback.taken_in").last()
    assert sort_feedback(event=event, now=NOW) == 0
    assert sort_again() == 0
    assert list(Mention.objects.values()) == before


def test_who_reported_it_knows_it(cast):
    [said] = heard(cast, "A queue", reported_by=cast.fay)
    assert list(said.sightings.values_list("person__name", "depth", "at")) == [
        (cast.fay.name, "resolving", NOW)
    ]


def test_who_was_there_knows_it_as_deep_as_they_were_in_it(cast):
    issue_of(cast, "Waiting", "queue")
    visit = held(cast)
    remark = said(visit, cast.olga, "The queue!")
    event = Event.objects.filter(kind="remark.noted").last()
    [mention] = sort_remark(event=event, now=LATER)
    assert mentions_of(remark) == [("Waiting", 0.6, True, "The queue!")]
    assert (mention.unit, mention.happened_at) == (visit.unit, remark.noted_at)
    assert list(Sighting.objects.values_list("person", "remark", "depth")) == [
        (cast.olga.pk, remark.pk, "conversing")
    ]
    assert sort_remark(event=event, now=LATER) == []
    assert Sighting.objects.count() == 1


def test_where_the_customers_words_are_missing_the_reading_speaks(cast):
    issue_of(cast, "Waiting", "queue")
    remark = said(held(cast), cast.olga, "", reading="They stood in a queue.")
    sort_remark(event=Event.objects.filter(kind="remark.noted").last(), now=LATER)
    assert mentions_of(remark) == [("Waiting", 0.6, True, "They stood in a queue.")]


def test_new_words_reach_back_to_what_was_said_before(cast):
    """Else the weeks before a route was written would look quieter than those after it."""
    waiting, tapped = heard(cast, "A queue", "", topic="Long queue")
    remark = said(held(cast), cast.olga, "The queue!")
    sort_remark(event=Event.objects.filter(kind="remark.noted").last(), now=LATER)
    issue_of(cast, "Waiting", "queue", topics=["Long queue"])
    assert sort_again() == 5
    assert mentions_of(waiting) == [("Waiting", 1.0, True, "A queue")]
    assert mentions_of(tapped) == [("Waiting", 1.0, True, "")]
    assert mentions_of(remark) == [("Waiting", 0.6, True, "The queue!")]


def test_words_taken_from_a_route_take_their_mentions_with_them(cast):
    issue = issue_of(cast, "Waiting", "queue", "card", topics=["Long queue"])
    card, tap = heard(cast, "My card", "", topic="Long queue")
    [only_words] = heard(cast, "My card is lost")
    set_route(issue=issue, phrases=["queue"], by=cast.adam, now=NOW)
    sort_again()
    assert mentions_of(only_words) == mentions_of(card) == [(None, 0.0, False, "")]
    assert mentions_of(tap) == []


def test_what_a_person_decided_stands_when_words_change(cast):
    waiting = issue_of(cast, "Waiting", "queue")
    fees = issue_of(cast, "Fees", "fee")
    by_hand, to_none = heard(cast, "The door squeaks", "The lift squeaks")
    settle(mention=by_hand.mentions.get(), issue=waiting, by=cast.adam, now=NOW)
    settle(mention=to_none.mentions.get(), issue=None, by=cast.adam, now=NOW)
    set_route(issue=fees, phrases=["squeaks"], by=cast.adam, now=NOW)
    assert sort_again() == 1
    assert mentions_of(by_hand) == [("Fees", 0.6, True, "The door squeaks"), ("Waiting", 1.0, True, "")]
    assert mentions_of(to_none) == [(None, 0.0, False, "")]


def test_what_a_person_chose_between_is_not_asked_again(cast):
    waiting = issue_of(cast, "Waiting", "queue")
    issue_of(cast, "Fees", "fee")
    [said] = heard(cast, "A queue for a fee")
    settle(mention=said.mentions.get(issue__title="Fees"), issue=waiting, by=cast.adam, now=NOW)
    assert sort_again() == 0
    assert mentions_of(said) == [("Waiting", 1.0, True, "A queue for a fee")]


def test_a_thousand_taps_are_sorted_in_a_moment(cast):
    issue_of(cast, "Waiting", "queue", topics=["Long queue"])
    many = [
        Feedback(
            source="panel",
            channel="tap",
            kind="complaint",
            unit=cast.north,
            received_at=NOW,
            topic="Long queue",
        )
        for _ in range(1000)
    ]
    Feedback.objects.bulk_create(many)
    event = note("feedback.taken_in", about=many[0], by=None, at=NOW, ids=[str(each.pk) for each in many])
    before = time.thread_time()
    assert sort_feedback(event=event, now=NOW) == 1000
    assert time.thread_time() - before < 6


def test_a_batch_costs_the_same_number_of_queries_whatever_its_size(cast, django_assert_num_queries):
    issue_of(cast, "Waiting", "queue")
    for size in (1, 3):
        many = [
            Feedback(
                source="panel",
                channel="tap",
                kind="complaint",
                unit=cast.north,
                received_at=NOW,
                reported_by=cast.fay,
            )
            for _ in range(size)
        ]
        Feedback.objects.bulk_create(many)
        event = note("feedback.taken_in", about=many[0], by=None, at=NOW, ids=[str(each.pk) for each in many])
        with django_assert_num_queries(7):
            sort_feedback(event=event, now=NOW)


def test_a_remark_noted_by_somebody_is_sorted_once(cast):
    visit = held(cast)
    remark = said(visit, cast.olga)
    note_remark(
        id=remark.pk,
        encounter=visit,
        kind=remark.kind,
        by=cast.olga,
        now=LATER,
        text="Nobody told me.",
        customer=remark.customer,
    )
    for event in Event.objects.filter(kind="remark.noted"):
        sort_remark(event=event, now=LATER)
    assert remark.mentions.count() == 1

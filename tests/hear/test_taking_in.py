"""Feedback is written down once, whoever brings it and however often."""

import threading
import time
from dataclasses import replace

import pytest
import uuid_utils.compat as uuid
from django.db import IntegrityError, connection

from coalface.customers.actions import erase, merge
from coalface.hear.actions import NewFeedback, NoWords, TakenIn, TooManyRows, report, take_in
from coalface.records.models import Event, Feedback, Unit, UnitKind, Verbatim
from tests.people import NOW

pytestmark = pytest.mark.django_db


def row(cast, source_id="1", **more):
    given = {"source": "web", "channel": "web", "kind": "complaint", "received_at": NOW, "unit": cast.north}
    return NewFeedback(source_id=source_id, **(given | more))


def test_everything_that_was_sent_is_kept(cast):
    sent = row(
        cast, topic="Queue", text="Too long", language="en", nps=3, csat=1, ces=7,
        customer=cast.petra, reported_by=cast.fay,
    )  # fmt: skip
    assert take_in(rows=[sent], by=cast.adam, now=NOW) == TakenIn(1, 0)
    kept = Feedback.objects.get()
    assert (kept.verbatim.text, kept.verbatim.language) == ("Too long", "en")
    for name in ("source", "source_id", "channel", "kind", "topic", "nps", "csat", "ces", "received_at"):
        assert getattr(kept, name) == getattr(sent, name)
    assert (kept.unit, kept.customer, kept.reported_by, kept.run) == (cast.north, cast.petra, cast.fay, None)


def test_a_batch_leaves_one_event_with_its_ids_and_no_words(cast):
    take_in(rows=[row(cast, "1", text="Secret"), row(cast, "2")], by=cast.adam, now=NOW)
    event = Event.objects.get(kind="feedback.taken_in")
    assert (event.by, event.at, event.about_type) == (cast.adam, NOW, "feedback")
    assert event.payload == {
        "ids": [str(pk) for pk in Feedback.objects.order_by("pk").values_list("pk", flat=True)]
    }


def test_only_rows_with_words_get_a_verbatim(cast):
    take_in(rows=[row(cast, "1", text="Words"), row(cast, "2"), row(cast, "3", text=" \n")], by=None, now=NOW)
    assert list(Verbatim.objects.values_list("text", flat=True)) == ["Words"]
    by_id = dict(Feedback.objects.values_list("source_id", "verbatim__text"))
    assert by_id == {"1": "Words", "2": None, "3": None}


def test_who_was_forgotten_or_merged_a_moment_ago(cast):
    """The rows were understood before; nothing new is kept about who is gone, nor under who was merged."""
    rows = [
        row(cast, one.name, text=f"{one.name} waits", customer=one)
        for one in (cast.petra, cast.quentin, cast.rosa)
    ]
    erase(customer=cast.petra, by=None, now=NOW)
    merge(kept=cast.rosa, gone=cast.quentin, by=None, now=NOW)
    assert take_in(rows=rows, by=None, now=NOW) == TakenIn(2, 1)
    kept = list(Feedback.objects.order_by("source_id").values_list("verbatim__text", "customer__name"))
    assert kept == [("Quentin Roy waits", "Rosa Conti"), ("Rosa Conti waits", "Rosa Conti")]


def test_the_same_rows_again_change_nothing(cast):
    rows = [row(cast, "1", text="A"), row(cast, "2", text="B")]
    take_in(rows=rows, by=None, now=NOW)
    assert take_in(rows=[*rows, row(cast, "3", text="C")], by=None, now=NOW) == TakenIn(1, 2)
    assert take_in(rows=rows, by=None, now=NOW) == TakenIn(0, 2)
    assert Feedback.objects.count() == Verbatim.objects.count() == 3
    assert Event.objects.filter(kind="feedback.taken_in").count() == 2


def test_a_row_that_comes_twice_in_one_batch_is_taken_once(cast):
    assert take_in(rows=[row(cast, "1", text="A"), row(cast, "1", text="B")], by=None, now=NOW) == TakenIn(
        1, 1
    )
    assert Verbatim.objects.get().text == "A"


def test_the_same_id_in_another_system_is_another_row(cast):
    assert take_in(rows=[row(cast), row(cast, source="app")], by=None, now=NOW) == TakenIn(2, 0)
    assert take_in(rows=[row(cast), row(cast, source="till")], by=None, now=NOW) == TakenIn(1, 1)


def test_rows_without_an_id_are_always_new(cast):
    for _ in range(2):
        assert take_in(rows=[row(cast, ""), row(cast, "")], by=None, now=NOW) == TakenIn(2, 0)


def test_nothing_is_nothing(cast):
    assert take_in(rows=[], by=None, now=NOW) == TakenIn(0, 0)
    assert not Event.objects.filter(kind="feedback.taken_in").exists()


def test_more_than_a_thousand_rows_at_once_are_refused(cast):
    with pytest.raises(TooManyRows):
        take_in(rows=[row(cast, str(number)) for number in range(1001)], by=None, now=NOW)


def test_a_score_outside_its_scale_takes_nothing_in(cast):
    with pytest.raises(IntegrityError):
        take_in(rows=[row(cast, "1", text="A"), row(cast, "2", nps=11)], by=None, now=NOW)
    assert not Feedback.objects.exists()


def test_a_thousand_rows_take_a_moment(cast):
    rows = [row(cast, str(number), text=f"Words {number}") for number in range(1000)]
    before = time.thread_time()
    take_in(rows=rows, by=None, now=NOW)
    assert time.thread_time() - before < 6


def test_a_report_is_words_somebody_passed_on(cast):
    told = report(
        text="  She waited an hour ",
        kind="complaint",
        unit=cast.north,
        by=cast.fay,
        now=NOW,
        customer=cast.petra,
    )
    assert (told.verbatim.text, told.reported_by, told.customer) == (
        "She waited an hour",
        cast.fay,
        cast.petra,
    )
    assert (told.source, told.channel, told.received_at) == ("report", "report", NOW)
    event = Event.objects.get(kind="feedback.taken_in")
    assert (event.by, event.payload) == (cast.fay, {"ids": [str(told.pk)]})


def test_pressing_twice_reports_once(cast):
    press = uuid.uuid7()
    one, two = (
        report(text="Hello", kind="need", unit=cast.north, by=cast.fay, now=NOW, id=press) for _ in range(2)
    )
    assert one == two
    assert Feedback.objects.count() == 1


def test_a_report_without_words_is_refused(cast):
    with pytest.raises(NoWords):
        report(text=" \n ", kind="need", unit=cast.north, by=cast.fay, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_processes_with_the_same_rows_take_each_once():
    unit = Unit.objects.create(key="lindner", name="Lindner", kind=UnitKind.ORGANISATION, path="1/")
    new = NewFeedback("web", "", "web", "complaint", NOW, unit, text="Words")
    rows = [replace(new, source_id=str(number)) for number in range(200)]
    start = threading.Barrier(2)
    done = []

    def bring(mine):
        start.wait()
        try:
            done.append(take_in(rows=mine, by=None, now=NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=bring, args=(mine,)) for mine in (rows, rows[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each.taken_in for each in done) == Feedback.objects.count() == Verbatim.objects.count() == 200
    assert sum(each.already_there for each in done) == 200

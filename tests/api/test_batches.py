"""Many rows at once: sent again they are the same rows, and a bad one is named."""

import csv
import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.utils import timezone

from coalface.api.batches import LARGEST
from coalface.people.actions import grant
from coalface.records.models import Event, Feedback, Role, TakenBatch
from tests.api import Phone, Program
from tests.people import NOW, lindner

ADDRESS = "feedback/batch?source=survey"
KEY = {"Idempotency-Key": "first"}


def row(number: int, **more) -> dict:
    """What somebody said at the till."""
    given = {"id": str(number), "kind": "complaint", "received_at": "2026-03-02T10:00:00+01:00"}
    return given | {"unit": "north", "text": f"It is dark, {number}."} | more


def answer(taken: int, there: int = 0, *refused: tuple[int, str, str]) -> dict:
    named = [{"line": line, "field": field, "code": code} for line, field, code in refused]
    counts = {"rows": taken + there + len(refused), "taken_in": taken, "already_there": there}
    return {"code": "taken_in", "refused": named} | counts


@pytest.fixture
def survey(cast):
    """A program that brings feedback in."""
    return Program(cast.mina, "feedback:write")


def test_rows_are_taken_in_whole(cast, survey):
    whole = row(
        1, channel="web", topic="light", language="en", nps=3, csat=1, ces=7, customer="", touchpoint=""
    )
    assert survey.post(ADDRESS, {"rows": [whole, row(2, text=" ")]}, **KEY) == (200, answer(2))
    one, two = Feedback.objects.order_by("source_id")
    assert (one.source, one.channel, one.topic, one.nps, one.csat, one.ces, one.unit, one.received_at) == (
        "survey", "web", "light", 3, 1, 7, cast.north, NOW,
    )  # fmt: skip
    assert (one.verbatim.text, one.verbatim.language, two.verbatim) == ("It is dark, 1.", "en", None)
    kinds = Event.objects.filter(by=cast.mina, kind__in=("feedback.taken_in", "batch.taken")).order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == ["feedback.taken_in", "batch.taken"]


def test_the_same_again_gets_the_same_answer_and_takes_nothing(survey):
    first = survey.post(ADDRESS, {"rows": [row(1)]}, **KEY)
    assert first == survey.post(ADDRESS, {"rows": [row(1)]}, **KEY) == (200, answer(1))
    again = survey.post(ADDRESS, {"rows": [row(1)]}, **{"Idempotency-Key": "second"})
    assert again == (200, answer(0, 1))
    assert Feedback.objects.count() == 1


def test_another_body_under_the_key_is_refused(survey):
    survey.post(ADDRESS, {"rows": [row(1)]}, **KEY)
    for address, rows in ((ADDRESS, [row(2)]), (f"{ADDRESS}&keep_good=true", [row(1)])):
        assert survey.post(address, {"rows": rows}, **KEY) == (409, {"code": "key_reused"})
    assert Feedback.objects.count() == 1


def test_keys_are_each_programs_own(cast, survey):
    other = Program(cast.adam, "feedback:write")
    assert survey.post(ADDRESS, {"rows": [row(1)]}, **KEY) == (200, answer(1))
    assert other.post(ADDRESS, {"rows": [row(2)]}, **KEY) == (200, answer(1))


BAD = [
    (row(2, kind="shout"), "kind", "invalid"),
    (row(2, received_at="yesterday"), "received_at", "invalid"),
    (row(2, received_at="2026-03-02T10:00:00"), "received_at", "invalid"),
    (row(2, received_at="2190-01-01T00:00:00Z"), "received_at", "in_the_future"),
    (row(2, unit="nowhere"), "unit", "unknown_unit"),
    (row(2, customer="C-7"), "customer", "unknown_customer"),
    (row(2, touchpoint="till"), "touchpoint", "unknown_touchpoint"),
    (row(2, text="a" * 100_001), "text", "too_long"),
    (row(2, text="a\0"), "text", "invalid"),
    (row(2, text="\ud800"), "text", "invalid"),
    (row(2, nps=11), "nps", "invalid"),
    (row(2, id=""), "id", "invalid"),
    (row(2, fish=1), "", "unknown_field"),
    ({"id": "2"}, "kind", "missing"),
    ("row", "", "no_row"),
    (row(1, text="Other words."), "id", "other_words"),
    (row(1, kind="idea"), "id", "other_words"),
]


@pytest.mark.parametrize(("bad", "field", "code"), BAD, ids=range(len(BAD)))
def test_one_bad_row_refuses_all_unless_the_good_ones_are_to_be_kept(survey, bad, field, code):
    body = {"rows": [row(1), bad, row(3)]}
    refused = (2, field, code)
    nothing = answer(0, 0, refused) | {"code": "rows_refused", "rows": 3}
    assert survey.post(ADDRESS, body, **KEY) == survey.post(ADDRESS, body, **KEY) == (422, nothing)
    assert Feedback.objects.count() == 0
    kept = survey.post(f"{ADDRESS}&keep_good=true", body, **{"Idempotency-Key": "second"})
    assert kept == (200, answer(2, 0, refused))
    assert list(Feedback.objects.order_by("source_id").values_list("source_id", flat=True)) == ["1", "3"]


def test_what_was_taken_in_with_other_words_stays_as_it_is(cast, survey):
    survey.post(ADDRESS, {"rows": [row(1)]}, **KEY)
    late = survey.post(ADDRESS, {"rows": [row(1, text="x")]}, **{"Idempotency-Key": "second"})
    assert late[1]["refused"] == [{"line": 1, "field": "id", "code": "other_words"}]
    words = Feedback.objects.get().verbatim
    words.text, words.erased_at = "", NOW
    words.save()
    again = survey.post(ADDRESS, {"rows": [row(1)]}, **{"Idempotency-Key": "third"})
    assert again == (200, answer(0, 1))
    assert Feedback.objects.get().verbatim.text == ""


def test_a_row_a_line(survey):
    lines = b"\n".join([json.dumps(row(1)).encode(), b"{", b"", json.dumps(row(3)).encode()])
    kept = survey.post(f"{ADDRESS}&keep_good=true", lines, kind="application/x-ndjson", **KEY)
    assert kept == (200, answer(2, 0, (2, "", "unreadable")))


def test_only_where_one_may_bring_in(cast):
    grant(person=cast.gus, role=Role.ANALYST, unit=cast.south, by=cast.ada, now=NOW)
    gus = Program(cast.gus, "feedback:write")
    refused = gus.post(ADDRESS, {"rows": [row(1)]}, **KEY)
    assert refused[1]["refused"] == [{"line": 1, "field": "unit", "code": "unknown_unit"}]
    assert gus.post(ADDRESS, {"rows": [row(1, unit="south")]}, **{"Idempotency-Key": "2"}) == (200, answer(1))
    fay = Program(cast.fay, "feedback:write")
    assert fay.post(ADDRESS, {"rows": []}, **KEY) == (403, {"code": "not_yours"})


def test_a_batch_wants_a_program(cast):
    phone = Phone(cast.mina)
    sent = phone.client.post(
        f"/api/{ADDRESS}", "{}", content_type="application/json", headers={"X-CSRFToken": phone.knows["csrf"]}
    )
    assert (sent.status_code, sent.json()) == (403, {"code": "only_tokens"})


ASKED = [
    ("feedback/batch", KEY, "source"),
    ("feedback/batch?source=report", KEY, "source"),
    ("feedback/batch?source=colleague", KEY, "source"),
    ("feedback/batch?source=research", KEY, "source"),
    ("feedback/batch?source=Of Ours", KEY, "source"),
    (ADDRESS, {}, "Idempotency-Key"),
    (ADDRESS, {"Idempotency-Key": "x" * 121}, "Idempotency-Key"),
    (ADDRESS, {"Idempotency-Key": "a b"}, "Idempotency-Key"),
]


@pytest.mark.parametrize(("address", "headers", "field"), ASKED, ids=str)
def test_how_it_is_asked(survey, address, headers, field):
    assert survey.post(address, {"rows": []}, **headers) == (422, {"code": "invalid", "fields": [field]})


BODIES = [
    (b"{", 400, {"code": "unreadable"}),
    (b"[" * 100_000, 400, {"code": "unreadable"}),
    (b"\xff", 400, {"code": "unreadable"}),
    (b"[]", 422, {"code": "invalid", "fields": ["rows"]}),
    (b'{"rows": 1}', 422, {"code": "invalid", "fields": ["rows"]}),
    (b'{"rows": [], "fish": 1}', 422, {"code": "invalid", "fields": ["rows"]}),
    (b'{"rows": []}', 200, answer(0)),
]


@pytest.mark.parametrize(("body", "status", "told"), BODIES, ids=range(len(BODIES)))
def test_what_is_no_batch(survey, body, status, told):
    assert survey.post(ADDRESS, body, **KEY) == (status, told)


def test_it_is_only_so_large(survey):
    many = {"rows": [1] * 10_001}
    assert survey.post(ADDRESS, many, **KEY) == (413, {"code": "too_many_rows"})
    assert survey.post(ADDRESS, b" " * (LARGEST + 1), **KEY) == (413, {"code": "too_large"})
    assert not TakenBatch.objects.exists()


def _left_behind(survey: Program, ago: timedelta) -> None:
    """As after a kill: a thousand of the rows are in, and nobody finished."""
    survey.post(ADDRESS, {"rows": [row(1), row(2)]}, **KEY)
    Feedback.objects.filter(source_id="2").delete()
    TakenBatch.objects.update(status=0, answer={}, at=timezone.now() - ago)


def test_cut_short_it_completes_when_it_is_sent_again(survey):
    _left_behind(survey, timedelta(seconds=61))
    assert survey.post(ADDRESS, {"rows": [row(1), row(2)]}, **KEY) == (200, answer(1, 1))
    assert Feedback.objects.count() == 2


def test_while_it_is_being_taken_in_the_other_waits(survey):
    _left_behind(survey, timedelta(seconds=5))
    body = json.dumps({"rows": [row(1), row(2)]})
    waits = survey.client.post(
        f"/api/{ADDRESS}", body, content_type="application/json", headers=survey.headers | KEY
    )
    assert (waits.status_code, waits.json()) == (409, {"code": "in_progress"})
    assert waits.headers["Retry-After"] == "5"


@pytest.mark.django_db(transaction=True)
def test_sent_by_several_at_once_each_row_is_there_once():
    survey = Program(lindner().mina, "feedback:write")
    body = {"rows": [row(number) for number in range(1_500)]}

    def send(number: int) -> int:
        try:
            return survey.post(ADDRESS, body, **{"Idempotency-Key": "one" if number < 3 else str(number)})[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as several:
        answers = set(several.map(send, range(5)))
    assert answers <= {200, 409} and 200 in answers
    assert Feedback.objects.count() == 1_500
    assert survey.post(ADDRESS, body, **{"Idempotency-Key": "last"}) == (200, answer(0, 1_500))


def test_ten_thousand_rows_are_taken_in_by_thousands(survey):
    body = {"rows": [row(number) for number in range(10_000)]}
    assert survey.post(ADDRESS, body, **KEY) == (200, answer(10_000))
    sizes = [len(event.payload["ids"]) for event in Event.objects.filter(kind="feedback.taken_in")]
    assert sizes == [1_000] * 10


def _day(written: str) -> datetime:
    year, month, day = (int(part) for part in written.split("/"))
    return datetime(year, month, day, tzinfo=ZoneInfo("America/New_York"))


def _of_cfpb(one: dict[str, str]) -> dict[str, object]:
    about = {"kind": "complaint", "unit": "lindner", "channel": "web", "topic": one["Issue"][:120]}
    when = _day(one["Date received"]).isoformat()
    words = one["Consumer complaint narrative"]
    return about | {"id": one["Complaint ID"], "received_at": when, "text": words, "language": "en"}


def _of_sf311(one: dict[str, str]) -> dict[str, object]:
    about = {"kind": "complaint", "unit": "lindner", "channel": one["source"].lower()[:24] or "web"}
    when = one["created_date"].replace(" ", "T")
    return about | {"id": one["unique_key"], "received_at": when, "topic": one["complaint_type"][:120]}


REAL = [("cfpb/complaints.csv.gz", _of_cfpb), ("sf311/cases.csv.gz", _of_sf311)]


@pytest.mark.real
@pytest.mark.parametrize(("file", "meaning"), REAL, ids=["cfpb", "sf311"])
def test_real_files_go_in_and_a_second_time_change_nothing(survey, real_data: Path, file, meaning):
    with gzip.open(real_data / file, "rt", encoding="utf-8", newline="") as rows:
        some = [meaning(one) for one in islice(csv.DictReader(rows), 20_000)]
    for time, taken in (("first", True), ("second", False)):
        for place in range(0, len(some), 5_000):
            batch = {"rows": some[place : place + 5_000]}
            status, told = survey.post(ADDRESS, batch, **{"Idempotency-Key": f"{time}-{place}"})
            assert (status, told["refused"]) == (200, [])
            assert told["taken_in" if taken else "already_there"] == len(batch["rows"])
    assert Feedback.objects.count() == len({one["id"] for one in some}) == len(some)

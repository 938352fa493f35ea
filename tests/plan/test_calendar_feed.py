"""A calendar program reads a secret address: its person's encounters, until it is taken back."""

from datetime import timedelta
from time import thread_time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from coalface.meet.actions import call_off
from coalface.people.actions import leave
from coalface.plan.actions import make_feed, move_encounter
from coalface.plan.queries import secret_digest
from coalface.records.history import history_of
from coalface.records.models import Attendance, CalendarFeed, Encounter, Person
from coalface.worker.actions import drain
from tests.people import Cast, client_for
from tests.plan.inviting import to_come

HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    """The pages read the clock, so the feed's tests are about today."""
    return timezone.now().replace(microsecond=0)


def read(secret: str, **headers: str):
    return Client().get(f"/calendar/{secret}.ics", headers=headers)


def events(secret: str) -> list[tuple[str, str]]:
    calendar = Calendar.from_ical(read(secret).content)
    return [(str(event["SUMMARY"]), str(event["STATUS"])) for event in calendar.walk("VEVENT")]


def test_it_shows_what_is_mine_also_what_was_called_off(cast: Cast, now):
    secret = make_feed(by=cast.olga, now=now)
    to_come(cast, at=now + 9 * HOUR)
    call_off(encounter=to_come(cast, at=now + 8 * HOUR), outcome="cancelled", by=cast.mina, now=now)
    to_come(cast, at=now - timedelta(days=80))
    to_come(cast, at=now - timedelta(days=100))
    to_come(cast, at=now + timedelta(days=400))
    to_come(cast, cast.sven, at=now + HOUR)
    assert events(secret) == [("Visit", "CONFIRMED"), ("Visit", "CANCELLED"), ("Visit", "CONFIRMED")]
    answer = read(secret)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, max-age=300"
    assert (b"Petra" in answer.content, b"Olga" in answer.content) == (False, False)


def test_the_secret_is_kept_nowhere_and_every_other_one_shows_nothing(cast: Cast, now):
    secret = make_feed(by=cast.olga, now=now)
    [kept] = CalendarFeed.objects.all()
    assert (kept.digest, secret in str(vars(kept))) == (secret_digest(secret), False)
    assert [event.payload for event in history_of(kept)] == [{}]
    for other in (f"{secret}x", secret[:-1], "x", kept.digest):
        assert read(other).status_code == 404


def test_taken_back_it_is_gone_and_says_so_calmly(cast: Cast, now):
    secret, client = make_feed(by=cast.olga, now=now), client_for(cast.olga)
    for _ in range(2):
        assert client.post("/plan/calendar/take-back/").status_code == 302
    answer = read(secret)
    assert (answer.status_code, answer["Content-Type"]) == (410, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith("This calendar address shows nothing any more.")


def test_who_has_left_reads_nothing_from_that_minute(cast: Cast, now):
    secret = make_feed(by=cast.sven, now=now)
    leave(person=cast.sven, on=timezone.localdate(now), by=cast.mina, now=now)
    assert read(secret).status_code == 410
    drain(now=now)
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 0


def test_what_did_not_change_is_not_sent_again(cast: Cast, now):
    secret = make_feed(by=cast.olga, now=now)
    encounter = to_come(cast, at=now + 9 * HOUR)
    tag = read(secret)["ETag"]
    again = read(secret, if_none_match=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    move_encounter(encounter=encounter, starts_at=now + 10 * HOUR, by=cast.mina, now=now)
    assert read(secret, if_none_match=tag).status_code == 200


def test_the_address_is_shown_once_and_a_new_one_ends_the_old(cast: Cast, now):
    client = client_for(cast.olga)
    assert "Make my address" in client.get("/plan/calendar/").content.decode()
    first = client.post("/plan/calendar/")
    assert first["Cache-Control"] == "no-store"
    address = first.context["address"]
    assert address in first.content.decode()
    path = address.removeprefix("http://localhost:8000")
    assert Client().get(path).status_code == 200
    page = client.get("/plan/calendar/").content.decode()
    assert ("/calendar/" + path.split("/")[2] in page, "A calendar last read it on" in page) == (False, True)
    second = client.post("/plan/calendar/").context["address"]
    assert (Client().get(path).status_code, second == address) == (410, False)
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 1


def test_invitations_are_switched_off_and_on_there(cast: Cast):
    client = client_for(cast.olga)
    client.post("/plan/calendar/invitations/", {"off": ""})
    assert "You get no invitations by mail." in client.get("/plan/calendar/").content.decode()
    client.post("/plan/calendar/invitations/", {"on": ""})
    assert "You are invited by mail to each encounter" in client.get("/plan/calendar/").content.decode()
    Person.objects.filter(pk=cast.olga.pk).update(email="")
    assert "We know no mail address of yours" in client.get("/plan/calendar/").content.decode()


def many(cast: Cast, how_many: int, now) -> None:
    """So many encounters of Olga's, one every eight hours from three months ago on."""
    first = now - timedelta(days=89) + HOUR
    made = Encounter.objects.bulk_create(
        [Encounter(format=cast.visit, unit=cast.north, starts_at=first + n * 8 * HOUR, minutes=30,
                   chosen_by="planner") for n in range(how_many)], batch_size=1000,
    )  # fmt: skip
    Attendance.objects.bulk_create(
        [Attendance(encounter=one, person=cast.olga, depth="conversing", minutes=30) for one in made],
        batch_size=1000,
    )


def test_ten_thousand_encounters_are_cut_at_the_horizon_and_read_quickly(cast: Cast, now):
    secret = make_feed(by=cast.olga, now=now)
    many(cast, 3, now)
    read(secret)
    few = asked(secret)
    many(cast, 10_000, now)
    assert asked(secret) == few
    started = thread_time()
    answer = read(secret)
    took = thread_time() - started
    assert (answer.content.count(b"BEGIN:VEVENT"), took < 20) == (1368, True)
    assert read(secret, if_none_match=answer["ETag"]).status_code == 304


def asked(secret: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert read(secret).status_code == 200
    return len(queries)

"""What follows from what happened is done once: with tries, back-off, and a person at the end."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from coalface.records.history import note
from coalface.records.models import Consequence, Event
from coalface.worker.actions import carry_out, drain, expand, retry
from tests.people import NOW, Cast, client_for

DONE = []


def remember(*, event: Event, now) -> None:
    DONE.append((event.about_id, now))


def stumble(*, event: Event, now) -> None:
    raise LookupError("a customer's words must not be kept in an error")


REACTIONS = {"bell.rung": {"tests.remember": remember}, "stone.lain": {"tests.stumble": stumble}}


@pytest.fixture(autouse=True)
def nothing_done_yet():
    DONE.clear()


def ring(cast: Cast, kind: str = "bell.rung") -> Event:
    return note(kind, about=cast.root, by=cast.olga, at=NOW)


def test_an_event_has_its_consequences_once(cast: Cast):
    ring(cast)
    drain(now=NOW, reactions=REACTIONS)
    drain(now=NOW, reactions=REACTIONS)
    assert [(str(cast.root.pk), NOW)] == DONE
    assert Event.objects.filter(relayed_at=None).count() == 0


def test_what_happened_later_does_not_hide_what_was_committed_late(cast: Cast):
    early = ring(cast)
    number = early.pk
    early.delete()  # its number is taken, but nobody can see it yet
    late = ring(cast)
    drain(now=NOW, reactions=REACTIONS)
    assert [owed.event_id for owed in Consequence.objects.all()] == [late.pk]
    Event.objects.create(pk=number, kind="bell.rung", about_type="unit", about_id=str(cast.root.pk), at=NOW)
    drain(now=NOW, reactions=REACTIONS)
    assert len(DONE) == 2


def test_a_failure_is_written_down_without_anybodys_words_and_tried_again_later(cast: Cast):
    ring(cast, "stone.lain")
    drain(now=NOW, reactions=REACTIONS)
    owed = Consequence.objects.get()
    assert (owed.tries, owed.error, owed.done_at, owed.due_at) == (
        1,
        "LookupError",
        None,
        NOW + timedelta(minutes=2),
    )
    drain(now=NOW + timedelta(minutes=1), reactions=REACTIONS)
    assert Consequence.objects.get().tries == 1


def test_after_the_last_try_a_person_reads_it_and_tries_again(cast: Cast):
    ring(cast, "stone.lain")
    for hours in range(1, 7):
        drain(now=NOW + timedelta(hours=hours), reactions=REACTIONS)
    owed = Consequence.objects.failed().get()
    page = client_for(cast.ada).get("/worker/").content.decode()
    assert "tests.stumble" in page
    assert "customer&#x27;s words" not in page
    client_for(cast.ada).post(f"/worker/{owed.pk}/retry/")
    later = NOW + timedelta(days=2000)
    drain(now=later, reactions={"stone.lain": {"tests.stumble": remember}})
    assert Consequence.objects.get().done_at == later
    assert len(DONE) == 1


def test_retrying_what_was_done_changes_nothing(cast: Cast):
    ring(cast)
    drain(now=NOW, reactions=REACTIONS)
    retry(consequence=Consequence.objects.get(), by=cast.ada, now=NOW)
    drain(now=NOW, reactions=REACTIONS)
    assert len(DONE) == 1


def test_only_who_may_retry_sees_what_failed(cast: Cast):
    assert client_for(cast.fay).get("/worker/").status_code == 403
    assert (
        "Everything that had to follow has followed" in client_for(cast.mina).get("/worker/").content.decode()
    )


KILLED_IN_THE_MIDDLE = """
import os, sys, time
import django
django.setup()
from django.utils import timezone
from coalface.records.history import note
from coalface.records.models import Consequence
from coalface.worker.actions import carry_out

def write_then_hang(*, event, now):
    note("bell.answered", about=event, by=None, at=now)
    print("written", flush=True)
    time.sleep(60)

carry_out(consequence=Consequence.objects.get(pk=int(sys.argv[1])), now=timezone.now(),
          reactions={"bell.rung": {"tests.remember": write_then_hang}})
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_consequence_and_commit_loses_nothing_and_doubles_nothing(cast: Cast):
    ring(cast)
    expand(now=NOW, reactions=REACTIONS)
    owed = Consequence.objects.get()
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(owed.pk)],
        env=os.environ
        | {"DATABASE_URL": address_of_this_database(), "DJANGO_SETTINGS_MODULE": "coalface.settings"},
        stdout=subprocess.PIPE,
    )
    assert worker.stdout.readline() == b"written\n"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    owed.refresh_from_db()
    assert (owed.done_at, Event.objects.filter(kind="bell.answered").count()) == (None, 0)
    assert carry_out(consequence=owed, now=NOW, reactions=REACTIONS)
    assert not carry_out(consequence=owed, now=NOW, reactions=REACTIONS)
    assert len(DONE) == 1


def address_of_this_database() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(database['NAME']).resolve()}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)

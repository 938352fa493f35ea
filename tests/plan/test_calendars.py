"""Somebody's own calendar beside the plan: read, written to, moved there, taken away, let go."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from coalface.edges.sealed import KeyChanged, seal, unseal
from coalface.meet.actions import call_off
from coalface.people.actions import leave
from coalface.plan.actions import (
    CalendarRefused,
    NotConnected,
    SeveralCalendars,
    join_calendar,
    leave_calendar,
    plan_encounter,
    refresh_calendars,
)
from coalface.plan.queries import free
from coalface.records.models import Calendar, Encounter, Invitation, Slot, Unavailability
from coalface.worker.actions import drain
from tests.edges.radicale import SECRET, USER, CalendarServer
from tests.people import NOW, Cast

SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(minutes=20)
MEETING = NOW + timedelta(days=2)


@pytest.fixture
def joined(cast: Cast, radicale: CalendarServer) -> Calendar:
    """Sven's calendar, not read yet."""
    radicale.make()
    return connect(cast, radicale)


def connect(cast: Cast, radicale: CalendarServer, address: str = "", password: str = SECRET) -> Calendar:
    return join_calendar(
        address=address or radicale.root, user_name=USER, password=password, by=cast.sven, now=NOW
    )


def planned(cast: Cast, starts_at: datetime = MEETING) -> Encounter:
    encounter = plan_encounter(
        format=cast.visit, unit=cast.north, starts_at=starts_at, person=cast.sven, customers=[cast.petra],
        chosen_by="planner", by=cast.mina, now=NOW,
    )  # fmt: skip
    drain(now=NOW)
    return encounter


def stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def busy() -> list[tuple[datetime, datetime]]:
    return list(Unavailability.objects.values_list("starts_at", "ends_at"))


def test_what_is_sealed_says_nothing_and_can_be_read_with_the_same_key_only(settings):
    kept = seal("a word: ü")
    assert ("word" in kept, unseal(kept), seal("a word: ü") == kept) == (False, "a word: ü", False)
    settings.SECRET_KEY = "another"
    with pytest.raises(KeyChanged):
        unseal(kept)


def test_a_calendar_is_connected_once_it_answered_and_its_password_is_kept_sealed(cast, radicale):
    with pytest.raises(CalendarRefused, match="no_calendar"):
        connect(cast, radicale)
    radicale.make()
    with pytest.raises(CalendarRefused, match="wrong_password"):
        connect(cast, radicale, password="another")
    assert Calendar.objects.count() == 0
    first = connect(cast, radicale)
    assert (first.address, SECRET in first.password, unseal(first.password)) == (
        radicale.calendar(), False, SECRET
    )  # fmt: skip
    radicale.make("home")
    with pytest.raises(SeveralCalendars) as several:
        connect(cast, radicale)
    assert {one.name for one in several.value.found} == {"Work", "Home"}
    second = connect(cast, radicale, radicale.calendar("home"))
    first.refresh_from_db()
    assert (first.left_at, first.password, second.left_at) == (NOW, "", None)


def test_busy_times_take_the_place_of_those_before_and_the_plan_respects_them(cast, radicale, joined):
    there = Slot.objects.create(
        format=cast.visit, unit=cast.north, starts_at=MEETING, minutes=30, offered_at=NOW
    )
    radicale.put("a", f"DTSTART:{stamp(MEETING)}\nDURATION:PT1H")
    radicale.put("b", f"DTSTART:{stamp(MEETING + timedelta(days=1))}\nDURATION:PT1H")
    assert (refresh_calendars(now=SOON), refresh_calendars(now=SOON)) == (1, 0)
    assert busy() == [(MEETING + timedelta(days=n), MEETING + timedelta(days=n, hours=1)) for n in (0, 1)]
    assert free([cast.sven], [there]) == {cast.sven.pk: set()}
    kept = set(Unavailability.objects.values_list("pk", flat=True))
    radicale.ask("DELETE", f"{radicale.calendar()}a.ics")
    assert refresh_calendars(now=LATER) == 1
    assert busy() == [(MEETING + timedelta(days=1), MEETING + timedelta(days=1, hours=1))]
    assert Unavailability.objects.get().pk in kept
    assert free([cast.sven], [there]) == {cast.sven.pk: {there.pk}}


def test_an_encounter_is_written_without_a_customer_and_does_not_make_busy(cast, radicale, joined):
    encounter = planned(cast)
    refresh_calendars(now=SOON)
    kept, (text,), event = Invitation.objects.get(), radicale.texts().values(), radicale.ours()
    assert (event["UID"], event["LOCATION"], event.start, "METHOD" in text) == (
        kept.uid,
        "North",
        MEETING,
        False,
    )
    assert ("Petra" in text, "Frei" in text) == (False, False)
    assert (kept.calendar, bool(kept.href), bool(kept.etag), kept.reply) == (joined, True, True, "none")
    refresh_calendars(now=LATER)
    assert (busy(), len(radicale.texts()), kept.encounter) == ([], 1, encounter)


def test_it_follows_a_move_and_goes_when_it_is_called_off(cast, radicale, joined):
    encounter = planned(cast)
    refresh_calendars(now=SOON)
    Encounter.objects.update(starts_at=MEETING + timedelta(hours=2))
    refresh_calendars(now=LATER)
    event = radicale.ours()
    assert (event.start, event["SEQUENCE"]) == (MEETING + timedelta(hours=2), 1)
    encounter.refresh_from_db()
    call_off(encounter=encounter, outcome="cancelled", by=cast.sven, now=LATER)
    drain(now=LATER)
    refresh_calendars(now=LATER)
    kept = Invitation.objects.get()
    assert (radicale.texts(), kept.href, kept.cancelled_at) == ({}, "", LATER)


def test_moved_there_it_proposes_that_time_and_taken_back_it_proposes_none(cast, radicale, joined):
    planned(cast)
    refresh_calendars(now=SOON)
    other = MEETING + timedelta(days=1, hours=3)
    radicale.drag(other)
    refresh_calendars(now=LATER)
    kept = Invitation.objects.get()
    assert (kept.reply, kept.other_start, kept.replied_at) == ("countered", other, LATER)
    assert Encounter.objects.get().starts_at == MEETING
    radicale.drag(MEETING)
    refresh_calendars(now=LATER + timedelta(minutes=20))
    kept.refresh_from_db()
    assert (kept.reply, kept.other_start, busy()) == ("none", None, [])


def test_a_proposal_is_taken_by_moving_it_and_declined_by_writing_it_anew(cast, radicale, joined):
    planned(cast)
    refresh_calendars(now=SOON)
    other = MEETING + timedelta(days=1)
    radicale.drag(other)
    refresh_calendars(now=LATER)
    Invitation.objects.update(
        reply="none", other_start=None, replied_at=None, told_at=LATER + timedelta(minutes=1)
    )
    refresh_calendars(now=LATER + timedelta(minutes=20))
    assert radicale.ours().start == MEETING
    radicale.drag(other)
    refresh_calendars(now=LATER + timedelta(minutes=40))
    Encounter.objects.update(starts_at=other)
    refresh_calendars(now=LATER + timedelta(minutes=60))
    kept = Invitation.objects.get()
    assert (kept.reply, kept.other_start, radicale.ours().start) == ("none", None, other)


def test_removed_there_it_is_not_written_again_unless_it_moves(cast, radicale, joined):
    planned(cast)
    refresh_calendars(now=SOON)
    (href,) = radicale.texts()
    radicale.ask("DELETE", radicale.root.rstrip("/") + href)
    for n in (20, 40):
        refresh_calendars(now=NOW + timedelta(minutes=n))
    kept = Invitation.objects.get()
    assert (kept.href, kept.reply, radicale.texts()) == ("", "declined", {})
    Encounter.objects.update(starts_at=MEETING + timedelta(hours=1))
    refresh_calendars(now=NOW + timedelta(minutes=60))
    kept.refresh_from_db()
    assert (bool(kept.href), kept.reply, len(radicale.texts())) == (True, "none", 1)


def test_a_server_that_is_down_is_left_alone_longer_each_time_and_found_again(cast, radicale, joined):
    radicale.put("a", f"DTSTART:{stamp(MEETING)}\nDURATION:PT1H")
    refresh_calendars(now=NOW)
    radicale.stop()
    at, waits = NOW + timedelta(minutes=20), []
    for _ in range(3):
        assert refresh_calendars(now=at) == 0
        joined.refresh_from_db()
        waits.append((joined.failure, (joined.next_at - at) // timedelta(minutes=1)))
        at = joined.next_at
    assert waits == [("not_reached", 20), ("not_reached", 40), ("not_reached", 80)]
    assert len(busy()) == 1
    radicale.start()
    assert refresh_calendars(now=at) == 1
    joined.refresh_from_db()
    assert joined.failure == ""


def test_a_password_that_changed_is_not_tried_for_hours(cast, radicale, joined):
    Calendar.objects.update(password=seal("another"))
    assert refresh_calendars(now=SOON) == 0
    joined.refresh_from_db()
    assert (joined.failure, joined.next_at) == ("wrong_password", SOON + timedelta(hours=6))
    Calendar.objects.update(password="of another key", next_at=SOON)
    refresh_calendars(now=SOON)
    joined.refresh_from_db()
    assert joined.failure == "key_changed"


def test_let_go_everything_that_was_read_is_forgotten(cast, radicale, joined):
    radicale.put("a", f"DTSTART:{stamp(MEETING)}\nDURATION:PT1H")
    planned(cast)
    refresh_calendars(now=SOON)
    leave_calendar(by=cast.sven, now=LATER)
    joined.refresh_from_db()
    assert (joined.password, joined.left_at, busy(), refresh_calendars(now=LATER)) == ("", LATER, [], 0)
    with pytest.raises(NotConnected):
        leave_calendar(by=cast.sven, now=LATER)


def test_who_leaves_takes_the_password_along(cast, radicale, joined):
    refresh_calendars(now=SOON)
    leave(person=cast.sven, on=LATER.date(), by=cast.mina, now=LATER)
    joined.refresh_from_db()
    assert (joined.password, joined.left_at, refresh_calendars(now=LATER)) == ("", LATER, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_it_once(transactional_db, radicale: CalendarServer):
    from tests.people import lindner

    cast = lindner()
    radicale.make()
    connect(cast, radicale)
    planned(cast)
    done: list[int] = []

    def work() -> None:
        done.append(refresh_calendars(now=SOON))
        connection.close()

    both = [threading.Thread(target=work) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert (sorted(done), len(radicale.texts()), Invitation.objects.count()) == ([0, 1], 1, 1)

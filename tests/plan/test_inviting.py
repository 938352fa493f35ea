"""Everybody's calendar is told what is planned, what changed and what is off, and nothing twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from coalface.meet.actions import call_off, delegate, hold, take_no_part, take_part
from coalface.people.actions import leave
from coalface.plan.actions import keep_time, move_encounter, resume_invitations, stop_invitations
from coalface.records.history import history_of
from coalface.records.models import Calendar, Event, Invitation, OutgoingMessage, Person, Reply
from coalface.worker.actions import drain
from tests.people import NOW, Cast
from tests.plan.inviting import SOON, invitation, invitations_waiting, sent, to_come

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def letters(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_what_is_planned_is_told_once(cast: Cast):
    to_come(cast)
    assert sent() == [("olga", "REQUEST", 0)]
    [message] = mail.outbox
    assert message.subject == "Visit, Thursday 5 March 2026, 10:00"
    assert "Visit, North, Thursday 5 March 2026, 10:00 (Europe/Zurich), 30 minutes." in message.body
    assert "Petra" not in str(message.message())
    assert [one[0] for one in message.attachments] == ["invite.ics"]
    Event.objects.update(relayed_at=None)
    assert sent() == []


def test_moving_it_is_told_with_a_higher_number_and_asks_again(cast: Cast):
    encounter = to_come(cast)
    sent()
    Invitation.objects.update(reply=Reply.ACCEPTED, replied_at=NOW)
    move_encounter(encounter=encounter, starts_at=SOON + HOUR, by=cast.mina, now=NOW)
    assert sent() == [("olga", "REQUEST", 1)]
    assert mail.outbox[-1].subject.startswith("Changed: Visit, Thursday 5 March 2026, 11:00")
    assert (invitation(cast.olga).sequence, invitation(cast.olga).reply) == (1, Reply.NONE)


def test_what_was_not_changed_is_not_told(cast: Cast):
    encounter = to_come(cast)
    sent()
    take_part(encounter=encounter, person=cast.olga, depth="listening", minutes=20, by=cast.mina, now=NOW)
    assert sent() == []
    move_encounter(encounter=encounter, starts_at=SOON, by=cast.mina, now=NOW)
    assert "encounter.moved" not in [event.kind for event in history_of(encounter)]


def test_calling_it_off_takes_it_out_of_every_calendar(cast: Cast):
    encounter = to_come(cast)
    take_part(encounter=encounter, person=cast.sven, depth="listening", minutes=20, by=cast.mina, now=NOW)
    assert sorted(sent()) == [("olga", "REQUEST", 0), ("sven", "REQUEST", 0)]
    call_off(encounter=encounter, outcome="cancelled", by=cast.mina, now=NOW)
    assert sorted(sent()) == [("olga", "CANCEL", 1), ("sven", "CANCEL", 1)]
    assert mail.outbox[-1].subject == "Does not take place for you: Visit, Thursday 5 March 2026"
    Event.objects.update(relayed_at=None)
    assert sent() == []


def test_who_goes_no_more_is_told_and_asked_again_when_they_come_back(cast: Cast):
    encounter = to_come(cast)
    take = {"encounter": encounter, "person": cast.sven, "by": cast.mina, "now": NOW}
    take_part(depth="listening", minutes=20, **take)
    sent()
    take_no_part(**take)
    assert sent() == [("sven", "CANCEL", 1)]
    take_part(depth="listening", minutes=20, **take)
    assert sent() == [("sven", "REQUEST", 2)]


def test_who_stands_in_is_asked_in_place_of_the_other(cast: Cast):
    encounter = to_come(cast)
    sent()
    delegate(encounter=encounter, to=cast.rolf, by=cast.olga, now=NOW)
    OutgoingMessage.objects.filter(template="meet/delegated").update(gave_up_at=NOW)
    assert sorted(sent()) == [("olga", "CANCEL", 1), ("rolf", "REQUEST", 0)]


def test_what_waits_to_be_sent_says_only_what_is_still_true(cast: Cast):
    encounter = to_come(cast)
    drain(now=NOW)
    move_encounter(encounter=encounter, starts_at=SOON + HOUR, by=cast.mina, now=NOW)
    drain(now=NOW)
    assert (invitations_waiting(), OutgoingMessage.objects.failed().count()) == (1, 0)
    assert sent() == [("olga", "REQUEST", 1)]


def test_whoever_has_no_address_or_wants_none_is_not_written_to(cast: Cast):
    Person.objects.filter(pk=cast.sven.pk).update(email="")
    stop_invitations(person=cast.olga, by=cast.olga, now=NOW)
    for person in (cast.sven, cast.olga):
        to_come(cast, person)
    assert (sent(), Invitation.objects.count()) == ([], 0)
    resume_invitations(person=cast.olga, by=cast.olga, now=NOW)
    to_come(cast, at=SOON + HOUR)
    assert sent() == [("olga", "REQUEST", 0)]


def test_stopping_stops_what_waits(cast: Cast):
    to_come(cast)
    drain(now=NOW)
    for _ in range(2):
        stop_invitations(person=cast.olga, by=cast.olga, now=NOW)
    assert (invitations_waiting(), sent()) == (0, [])
    assert [event.kind for event in history_of(cast.olga)].count("invitations.stopped") == 1


def test_nobody_is_invited_to_what_is_over_or_was_held_at_once(cast: Cast):
    to_come(cast, at=NOW - HOUR)
    hold(encounter=to_come(cast, at=NOW + HOUR), by=cast.olga, now=NOW)
    assert (sent(), Invitation.objects.count()) == ([], 0)


def test_who_leaves_gets_no_mail_and_the_successor_is_asked(cast: Cast):
    to_come(cast, cast.sven)
    sent()
    leave(person=cast.sven, on=timezone.localdate(NOW), by=cast.mina, now=NOW)
    drain(now=NOW)
    OutgoingMessage.objects.filter(template="people/took_over").update(gave_up_at=NOW)
    assert sent() == [("rolf", "REQUEST", 0)]
    assert (invitation(cast.sven).cancelled_at, invitation(cast.sven).sequence) == (NOW, 1)


def test_a_time_that_is_kept_is_written_back_into_the_calendar_at_once(cast: Cast):
    encounter = to_come(cast)
    sent()
    theirs = Calendar.objects.create(person=cast.olga, address="https://calendar.example/", joined_at=NOW)
    Invitation.objects.update(reply=Reply.COUNTERED, other_start=SOON + HOUR, replied_at=NOW)
    keep_time(invitation=invitation(cast.olga), by=cast.mina, now=NOW + HOUR)
    drain(now=NOW + HOUR)
    theirs.refresh_from_db()
    assert (theirs.next_at, invitation(cast.olga).reply) == (NOW + HOUR, Reply.NONE)
    assert history_of(encounter).last().kind == "invitation.kept"

"""Calendars answer: what its own person says counts, and nobody else's word changes anything."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from coalface.edges.calendar_replies import Answer
from coalface.edges.letters import Letter
from coalface.meet.actions import call_off
from coalface.people.actions import leave
from coalface.plan.actions import (
    Busy,
    NotPlanned,
    move_encounter,
    take_answers,
    take_new_time,
)
from coalface.records.history import history_of
from coalface.records.models import Encounter, InboundMail, Invitation, Unavailability
from coalface.worker.actions import drain
from coalface.worker.queries import refused_letters
from tests.people import NOW, Cast, client_for
from tests.plan.inviting import SOON, invitation, to_come

HOUR = timedelta(hours=1)


def invited(cast: Cast) -> Encounter:
    encounter = to_come(cast)
    drain(now=NOW)
    return encounter


def letter(cast: Cast, said: str = "accepted", number: int = 1, **more: object) -> Letter:
    given = {
        "uid": invitation(cast.olga).uid,
        "sequence": 0,
        "attendee": "olga@lindner.example",
        "said": said,
        "other_start": SOON + HOUR if said == "countered" else None,
    }
    sender = str(more.pop("sender", "olga@lindner.example"))
    return Letter(message_id=f"<{number}@phone>", sender=sender, answers=(Answer(**given | more),))


@pytest.mark.parametrize("said", ["accepted", "declined", "tentative", "countered"])
def test_an_answer_is_kept_once(cast: Cast, said: str):
    encounter = invited(cast)
    for _ in range(2):
        mail = take_answers(letter=letter(cast, said), now=NOW)
    kept = invitation(cast.olga)
    assert (kept.reply, kept.replied_at) == (said, NOW)
    assert kept.other_start == (SOON + HOUR if said == "countered" else None)
    assert (mail.refusal, mail.person, mail.encounter) == ("", cast.olga, encounter)
    [event] = history_of(kept)
    assert (event.kind, event.by, event.payload) == ("invitation.answered", cast.olga, {})


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"sender": "stranger@elsewhere.example"}, "other_sender"),
        ({"sender": ""}, "other_sender"),
        ({"attendee": "sven@lindner.example"}, "other_sender"),
        ({"sender": "sven@lindner.example", "attendee": "sven@lindner.example"}, "other_sender"),
        ({"uid": "guessed@lindner.example"}, "no_invitation"),
        ({"sequence": -1}, "outdated"),
    ],
    ids=range(6),
)
def test_whoever_else_answers_changes_nothing_and_it_is_noted(cast: Cast, more: dict, refusal: str):
    invited(cast)
    take_answers(letter=letter(cast, "declined", **more), now=NOW)
    assert [one.refusal for one in refused_letters(NOW)] == [refusal]
    assert (invitation(cast.olga).reply, InboundMail.objects.get().person) == ("none", None)


def test_an_answer_to_what_is_no_more_is_refused(cast: Cast):
    encounter = invited(cast)
    move_encounter(encounter=encounter, starts_at=SOON + HOUR, by=cast.mina, now=NOW)
    drain(now=NOW)
    take_answers(letter=letter(cast, number=1), now=NOW)
    take_answers(letter=letter(cast, number=2, sequence=1), now=SOON + 2 * HOUR)
    call_off(encounter=encounter, outcome="cancelled", by=cast.mina, now=NOW)
    take_answers(letter=letter(cast, number=3, sequence=9), now=NOW)
    leave(person=cast.olga, on=timezone.localdate(NOW), by=cast.mina, now=NOW)
    take_answers(letter=letter(cast, number=4, sequence=9), now=NOW)
    assert [one.refusal for one in InboundMail.objects.order_by("id")] == [*["outdated"] * 3, "has_left"]
    assert invitation(cast.olga).reply == "none"


def test_the_page_of_what_failed_says_why_in_words(cast: Cast):
    invited(cast)
    now = timezone.now()
    take_answers(letter=letter(cast, uid="x"), now=now)
    take_answers(letter=letter(cast, number=2, sequence=-1), now=now)
    page = client_for(cast.ada).get("/worker/").content.decode()
    assert "It answered an invitation that is not ours." in page
    assert "It answered an invitation that has changed since." in page


def test_a_time_without_a_zone_is_meant_where_the_encounter_is(cast: Cast):
    invited(cast)
    cast.north.__class__.objects.filter(pk=cast.north.pk).update(time_zone="America/New_York")
    at = datetime.fromisoformat("2026-03-05T11:00:00")
    take_answers(letter=letter(cast, "countered", other_start=at), now=NOW)
    assert invitation(cast.olga).other_start == datetime.fromisoformat("2026-03-05T11:00:00-05:00")


def test_a_new_time_is_taken_only_if_everybody_is_free(cast: Cast):
    encounter = invited(cast)
    take_answers(letter=letter(cast, "countered"), now=NOW)
    blocked = [
        to_come(cast, cast.olga, at=SOON + 1.25 * HOUR),
        to_come(cast, cast.sven, at=SOON + 0.75 * HOUR),  # Petra, the guest, is there
    ]
    for other in blocked:
        with pytest.raises(Busy):
            take_new_time(invitation=invitation(cast.olga), by=cast.mina, now=NOW)
        call_off(encounter=other, outcome="cancelled", by=cast.mina, now=NOW)
    away = Unavailability.objects.create(person=cast.olga, starts_at=SOON + HOUR, ends_at=SOON + 2 * HOUR)
    with pytest.raises(Busy):
        take_new_time(invitation=invitation(cast.olga), by=cast.mina, now=NOW)
    away.delete()
    to_come(cast, cast.olga, at=SOON + 1.5 * HOUR)
    take_new_time(invitation=invitation(cast.olga), by=cast.mina, now=NOW)
    encounter.refresh_from_db()
    assert encounter.starts_at == SOON + HOUR
    drain(now=NOW)
    assert (invitation_of(encounter).sequence, invitation_of(encounter).reply) == (1, "none")
    with pytest.raises(NotPlanned):
        move_encounter(encounter=encounter, starts_at=NOW, by=cast.mina, now=NOW)


def invitation_of(encounter: Encounter) -> Invitation:
    return Invitation.objects.get(encounter=encounter)

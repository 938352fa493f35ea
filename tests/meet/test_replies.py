"""Who noted nothing is asked once by mail, and each thought of the answer becomes a remark, once."""

from datetime import datetime, timedelta

import pytest

from coalface.edges.letters import Letter
from coalface.edges.mail import words_of
from coalface.meet.actions import call_off, remind_to_note, take_reply
from coalface.meet.queries import attendance_for, reply_token
from coalface.meet.queries.readiness import BEFORE_HOLDING
from coalface.people.actions import leave
from coalface.records.models import Encounter, InboundMail, OutgoingMessage, Person, Remark
from tests.meet import LATER, held, planned, said
from tests.people import NOW, Cast

AT_NIGHT = NOW.replace(hour=23, minute=30)  # half past midnight in Zurich


@pytest.fixture(autouse=True)
def mailbox_address(settings) -> None:
    settings.MAILBOX, settings.MAILBOX_ADDRESS = "imaps://x", "Coalface@lindner.example"


def asked(now: datetime = AT_NIGHT) -> list[Person]:
    remind_to_note(now=now)
    return [one.person for one in OutgoingMessage.objects.filter(template="meet/what_did_you_hear")]


def answered(meeting: Encounter, *thoughts: str, **more: object) -> Letter:
    token = reply_token(meeting.attendances.get())
    given = {
        "message_id": "<1@phone>",
        "sender": "olga@lindner.example",
        "receivers": (f"coalface+{token}@lindner.example",),
        "thoughts": thoughts or ("Nobody called me back, I am fed up.", "The tills face south."),
    }
    return Letter(**given | more)


def test_who_noted_nothing_is_asked_once_in_the_morning(cast: Cast):
    held(cast)
    assert asked() == [cast.olga]
    assert asked(AT_NIGHT + timedelta(days=1)) == [cast.olga]
    message = OutgoingMessage.objects.get()
    assert message.due_at == datetime.fromisoformat("2026-03-03T07:00:00+01:00")
    subject, body = words_of(message, "en")
    assert (subject, "Just reply to this mail" in body) == ("What did you hear?", True)


def test_also_who_has_not_said_yet_whether_they_met(cast: Cast):
    planned(cast)
    assert asked(NOW) == []
    assert asked(NOW + timedelta(minutes=80)) == []
    assert asked() == [cast.olga]
    assert "You did not meet?" in words_of(OutgoingMessage.objects.get(), "en")[1]


def test_nobody_is_asked_for_nothing(cast: Cast):
    said(held(cast), cast.olga)
    call_off(encounter=planned(cast, cast.rolf), outcome="cancelled", by=cast.rolf, now=NOW)
    leave(person=cast.sven, on=NOW.date(), by=cast.mina, now=NOW)
    held(cast, cast.sven)
    quiet = held(cast, cast.mina)
    assert asked(AT_NIGHT + timedelta(days=4)) == []
    quiet.format.kind = "incognito"
    quiet.format.save()
    assert asked() == []


def test_without_a_mailbox_the_mail_does_not_ask_for_a_reply(cast: Cast, settings):
    settings.MAILBOX = ""
    held(cast)
    asked()
    message = OutgoingMessage.objects.get()
    assert "reply_token" not in message.about
    assert "Just reply" not in words_of(message, "en")[1]


def test_each_thought_becomes_a_remark_and_the_writer_is_told(cast: Cast):
    meeting = held(cast)
    mail = take_reply(letter=answered(meeting), now=LATER)
    assert list(Remark.objects.order_by("sequence").values_list("verbatim__text", "kind", "customer")) == [
        ("Nobody called me back, I am fed up.", "complaint", cast.petra.pk),
        ("The tills face south.", "need", cast.petra.pk),
    ]
    assert (mail.person, mail.encounter, mail.remarks, mail.refusal) == (cast.olga, meeting, 2, "")
    subject, body = words_of(OutgoingMessage.objects.get(), "en")
    assert subject == "2 things are written down"
    assert "south" not in body


def test_twice_is_once(cast: Cast):
    letter = answered(held(cast))
    assert take_reply(letter=letter, now=LATER) == take_reply(letter=letter, now=LATER + timedelta(hours=1))
    assert (Remark.objects.count(), OutgoingMessage.objects.count(), InboundMail.objects.count()) == (2, 1, 1)


def test_an_answer_holds_what_was_planned(cast: Cast):
    meeting = planned(cast)
    take_reply(letter=answered(meeting, attachments=2), now=LATER)
    meeting.refresh_from_db()
    assert (meeting.outcome, meeting.remarks.count()) == ("held", 2)
    assert "The 2 files that came with your mail were not kept." in words_of(
        OutgoingMessage.objects.get(), "en"
    )[1].replace("\n", " ")


def test_of_several_guests_nobody_is_named(cast: Cast):
    take_reply(letter=answered(held(cast, cast.olga, cast.petra, cast.rosa)), now=LATER)
    assert set(Remark.objects.values_list("customer", flat=True)) == {None}


def test_a_name_below_the_words_is_no_thought(cast: Cast):
    take_reply(letter=answered(held(cast), "The tills face south.", "Olga", "Olga Lindner."), now=LATER)
    assert Remark.objects.count() == 1


def refused(letter: Letter, now: datetime = LATER) -> tuple[str, bool, int]:
    """The reason, whether somebody is told, and that nothing was written down."""
    mail = take_reply(letter=letter, now=now)
    return mail.refusal, OutgoingMessage.objects.filter(key=f"written-down-{mail.pk}").exists(), mail.remarks


def test_what_is_not_theirs_is_refused_and_its_words_are_not_kept(cast: Cast):
    meeting = held(cast)
    forged = reply_token(meeting.attendances.get())[:-1] + "x"
    assert [
        refused(answered(meeting, message_id="1", sender="gus@lindner.example")),
        refused(answered(meeting, message_id="2", receivers=(f"coalface+{forged}@lindner.example",))),
        refused(answered(meeting, message_id="3", receivers=("coalface@lindner.example",))),
        refused(answered(meeting, message_id="4", automatic=True)),
        refused(answered(meeting, message_id="5", too_large=True)),
        refused(answered(meeting, message_id="6", thoughts=())),
    ] == [
        ("other_sender", False, 0),
        ("no_token", False, 0),
        ("no_token", False, 0),
        ("automatic", False, 0),
        ("too_large", True, 0),
        ("no_words", True, 0),
    ]
    assert not Remark.objects.exists()
    stranger = InboundMail.objects.get(message_id="1")
    assert (stranger.person, stranger.encounter) == (None, None)
    for message in OutgoingMessage.objects.all():
        assert words_of(message, "en")[0] == "Your reply is not written down"


def test_an_encounter_that_cannot_take_words_takes_none(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    off = planned(cast)
    call_off(encounter=off, outcome="no_show", by=cast.olga, now=NOW)
    assert refused(answered(off, message_id="1")) == ("not_held", True, 0)
    monkeypatch.setitem(BEFORE_HOLDING, "conversation", lambda encounter, now: ["buddy"])
    waiting = planned(cast)
    assert refused(answered(waiting, message_id="2")) == ("not_ready", True, 0)
    waiting.refresh_from_db()
    assert waiting.outcome == "planned"
    secret = held_incognito(cast)
    assert refused(answered(secret, message_id="3")) == ("incognito", True, 0)
    told = [words_of(message, "en")[1] for message in OutgoingMessage.objects.order_by("id")]
    reasons = ("did not take place", "wants something done", "incognito visit")
    assert [reason in words for reason, words in zip(reasons, told, strict=True)] == [True, True, True]


def held_incognito(cast: Cast) -> Encounter:
    meeting = planned(cast, cast.olga)
    meeting.format.kind = "incognito"
    meeting.format.save()
    return meeting


def test_who_left_writes_no_more(cast: Cast):
    meeting = held(cast, cast.sven)
    leave(person=cast.sven, on=NOW.date(), by=cast.mina, now=NOW)
    assert refused(answered(meeting, sender="sven@lindner.example")) == ("has_left", False, 0)


def test_only_our_own_addresses_are_tokens(cast: Cast):
    attendance = held(cast).attendances.get()
    token = reply_token(attendance)
    good = f"coalface+{token}@lindner.example"
    assert attendance_for(("x@y.example", good)) == attendance
    assert [
        attendance_for((f"other+{token}@lindner.example",)),
        attendance_for((f"coalface+{token}@elsewhere.example",)),
        attendance_for((f"coalface+²-{token}@lindner.example",)),
        attendance_for((f"coalface+{'9' * 40}-{token}@lindner.example",)),
        attendance_for(()),
    ] == [None] * 5
    attendance.delete()
    assert attendance_for((good,)) is None


def test_in_a_group_words_are_put_down_as_nobodys_rather_than_lost(cast: Cast):
    meeting = held(cast)
    meeting.format.kind = "focus_group"
    meeting.format.save()
    mail = take_reply(letter=answered(meeting), now=LATER)
    assert (mail.refusal, mail.remarks) == ("", 2)
    assert set(Remark.objects.values_list("customer", flat=True)) == {None}


def test_who_did_not_come_did_not_say_it(cast: Cast):
    meeting = held(cast)
    meeting.guests.update(came=False)
    assert take_reply(letter=answered(meeting), now=LATER).remarks == 2
    assert set(Remark.objects.values_list("customer", flat=True)) == {None}


def test_a_machine_that_answers_our_answers_is_heard_out_fifty_times(cast: Cast):
    meeting = held(cast)
    letters = [answered(meeting, "Noted.", message_id=f"<{n}@machine>") for n in range(52)]
    refusals = [take_reply(letter=letter, now=LATER).refusal for letter in letters]
    assert refusals == [""] * 50 + ["too_many"] * 2
    assert OutgoingMessage.objects.filter(template="meet/written_down").count() == 50
    again = answered(meeting, "Noted.", message_id="<tomorrow@machine>")
    assert take_reply(letter=again, now=LATER + timedelta(days=1, hours=1)).refusal == ""

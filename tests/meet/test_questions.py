"""Live questions: everybody may ask, whoever stands on the stage owes each of them an answer."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalface.meet.actions import (
    NotTaken,
    StillOpen,
    call_off,
    finish,
    fix_now,
    hold,
    stop_questions,
    take_question,
    take_questions_again,
)
from coalface.meet.queries import encounter_of, question_state, question_token, questions
from coalface.meet.views.questions import MOST
from coalface.records.models import Encounter, Policy, Remark
from coalface.shell.links import Forged
from coalface.shell.throttle import address_range
from tests.meet import at, held
from tests.meet.formats import AFTER, STARTS, of_kind, took_place
from tests.people import NOW, client_for
from tests.shell.counting import already


@pytest.fixture(autouse=True)
def nobody_asked_before(db):
    """The throttle counts in the cache, which outlives a test's transaction on no database, but be sure."""
    cache.clear()


def stage(cast, **more):
    """Olga stands on a stage, now."""
    now = timezone.now()
    meeting = of_kind(cast, "town_hall", starts_at=now - timedelta(minutes=10), **more)
    return hold(encounter=meeting, by=cast.olga, now=now)


def public(meeting: Encounter, more: str = "") -> str:
    return reverse("meet_public:ask", args=[question_token(meeting)]) + more


def question(**more: object) -> dict[str, object]:
    given = {"id": uuid.uuid7(), "text": "Why is the till closed?", "said_by": "customer", "website": ""}
    return given | more


def taken(meeting, text="Why?", now=AFTER, **more):
    given = {"id": uuid.uuid7(), "said_by": "customer", "language": "en"} | more
    return take_question(encounter=meeting, text=text, now=now, **given)


def test_a_question_is_a_remark_of_the_one_on_the_stage_and_wants_an_answer(cast):
    meeting = took_place(of_kind(cast, "town_hall"), cast.olga)
    first = taken(meeting, "Why is it closed?")
    second = taken(meeting, "Who decides?", said_by="employee", language="de")
    assert (first.noted_by, first.kind, first.said_by, first.customer) == (
        cast.olga,
        "question",
        "customer",
        None,
    )
    assert (second.said_by, second.verbatim.language) == ("employee", "de")
    assert list(questions(meeting)) == [second, first]
    with pytest.raises(StillOpen):
        finish(encounter=meeting, by=cast.olga, now=AFTER)
    for remark in (first, second):
        fix_now(remark=remark, by=cast.olga, now=AFTER)
    finish(encounter=meeting, by=cast.olga, now=AFTER)
    with pytest.raises(NotTaken):
        taken(meeting)


def test_sent_twice_it_is_asked_once_even_after_the_end(cast):
    meeting, id = took_place(of_kind(cast, "town_hall"), cast.olga), uuid.uuid7()
    first = taken(meeting, id=id)
    stop_questions(encounter=meeting, by=cast.olga, now=AFTER)
    assert taken(meeting, id=id) == first
    with pytest.raises(NotTaken) as refused:
        taken(meeting)
    assert refused.value.state == "closed"


def test_when_questions_are_taken(cast):
    meeting = of_kind(cast, "town_hall")
    days = [timedelta(days=day) for day in (-2, -0.5, 0.5, 6.9, 7.1)]
    assert [question_state(meeting, STARTS + day) for day in days] == [
        "too_early", "early", "early", "early", "closed"
    ]  # fmt: skip
    meeting = hold(encounter=meeting, by=cast.olga, now=AFTER)
    assert [question_state(meeting, STARTS + day) for day in days[2:]] == ["open", "open", "closed"]
    for _ in range(2):
        stop_questions(encounter=meeting, by=cast.olga, now=AFTER)
    assert question_state(meeting, AFTER) == "closed"
    for _ in range(2):
        take_questions_again(encounter=meeting, by=cast.olga, now=AFTER)
    assert question_state(meeting, AFTER) == "open" and meeting.question_stops.count() == 1
    Policy.objects.create(key="questions_per_encounter", value=1, set_by=cast.mina, set_at=NOW)
    taken(meeting)
    assert question_state(meeting, AFTER) == "full"
    off = of_kind(cast, "town_hall", seats=2)
    call_off(encounter=off, outcome="cancelled", by=cast.olga, now=NOW)
    off.refresh_from_db()
    assert question_state(off, AFTER) == "closed"


def test_a_link_is_made_here_and_leads_to_a_town_hall(cast):
    meeting = of_kind(cast, "town_hall")
    token = question_token(meeting)
    assert [len(part) for part in token.split("-")] == [4, 4, 4]
    assert encounter_of(token, NOW) == encounter_of(f" {token.upper()}", NOW) == meeting
    for wrong in ("forged", token[:-1], question_token(held(cast)), "ü" * 14):
        with pytest.raises(Forged):
            encounter_of(wrong, NOW)
    with pytest.raises(Forged):
        encounter_of(token, NOW + timedelta(days=400))
    assert Client().get("/c/ask/forged/").status_code == 404


def test_the_audience_asks_without_an_account(cast):
    meeting, phone = stage(cast), Client()
    page = phone.get(public(meeting))
    assert "Ask your question" in page.content.decode() and "Deutsch" in page.content.decode()
    sent = question()
    for _ in range(2):
        assert phone.post(public(meeting), sent).url == public(meeting, "?thanks")
    assert "Your question has arrived" in phone.get(public(meeting, "?thanks")).content.decode()
    assert Remark.objects.get().verbatim.text == sent["text"]
    other = phone.post(public(meeting), sent | {"text": "Something else?"})
    assert "in other words" in other.content.decode()
    assert phone.post(public(meeting), question(text=" ")).context["form"].errors["text"]
    assert phone.post(public(meeting), question(text="x" * 1001)).context["form"].errors["text"]
    assert Remark.objects.count() == 1


def test_the_audience_asks_in_its_own_language(cast):
    meeting, phone = stage(cast), Client()
    phone.post(public(meeting, "?in=de"), question())
    assert Remark.objects.get().verbatim.language == "de"
    answer = phone.post(public(meeting, "?in=de"), question())
    assert answer.url == public(meeting, "?thanks&in=de")
    assert phone.get(public(meeting, "?in=xx")).status_code == 200


def test_a_machine_that_fills_in_everything_is_thanked_and_not_heard(cast):
    meeting = stage(cast)
    answer = Client().post(public(meeting), question(website="https://spam.example"))
    assert answer.url == public(meeting, "?thanks") and not Remark.objects.exists()


def test_a_flood_is_slowed_down_and_another_house_is_not(cast):
    meeting, phone = stage(cast), Client()
    already(f"ask-{address_range('10.0.0.7')}", MOST, seconds=600, now=timezone.now())
    answer = phone.post(public(meeting), question(), REMOTE_ADDR="10.0.0.9")
    assert answer.status_code == 429 and "in a minute" in answer.content.decode()
    assert phone.post(public(meeting), question(), REMOTE_ADDR="10.0.1.9").status_code == 302


def test_before_and_after_the_page_says_so(cast):
    now, phone = timezone.now(), Client()
    meeting = of_kind(cast, "town_hall", starts_at=now + timedelta(hours=1))
    assert "It has not begun yet" in phone.get(public(meeting)).content.decode()
    assert "It has not begun yet" in phone.post(public(meeting), question()).content.decode()
    hold(encounter=meeting, by=cast.olga, now=now)
    client_for(cast.olga).post(at("stop_questions", meeting.pk))
    assert "No more questions now" in phone.get(public(meeting)).content.decode()
    client_for(cast.olga).post(at("stop_questions", meeting.pk), {"take": "again"})
    assert "Ask your question" in phone.get(public(meeting)).content.decode()


def test_the_link_is_shown_large_and_the_questions_are_answered_on_a_list(cast):
    meeting, olga = stage(cast), client_for(cast.olga)
    poster = olga.get(at("poster", meeting.pk))
    assert f"{settings.SITE}{public(meeting)}" in poster.content.decode()
    assert poster.context["code"].startswith("data:image/svg+xml")
    assert "No question yet" in olga.get(at("question_list", meeting.pk)).content.decode()
    first, second, third = (taken(meeting, f"Why {n}?", timezone.now()) for n in range(3))
    listed = olga.get(at("question_list", meeting.pk))
    assert [remark for remark, _ in listed.context["lines"]] == [third, second, first]
    page = olga.post(at("answer_question", first.pk), {"answer": "fixed_now"}, follow=True)
    assert "Olga Lindner answered it" in page.content.decode()
    olga.post(at("answer_question", second.pk), {"answer": "declined"})
    assert list(Remark.objects.open()) == [second, third]
    for remark in (second, third):
        fix_now(remark=remark, by=cast.olga, now=timezone.now())
    finish(encounter=meeting, by=cast.olga, now=timezone.now())
    settled = olga.post(at("answer_question", first.pk), {"answer": "kept"}, follow=True)
    assert "this is settled" in settled.content.decode()
    assert "3 questions came in" in olga.get(at("encounter", meeting.pk)).content.decode()


def test_only_a_town_hall_has_questions_and_only_for_who_is_there(cast):
    talk, meeting = held(cast), stage(cast)
    for name in ("poster", "question_list"):
        assert client_for(cast.olga).get(at(name, talk.pk)).status_code == 404
        assert client_for(cast.rolf).get(at(name, meeting.pk)).status_code == 403
    remark = taken(meeting, now=timezone.now())
    assert client_for(cast.rolf).post(at("answer_question", remark.pk), {"answer": "kept"}).status_code == 403
    assert client_for(cast.rolf).post(at("stop_questions", meeting.pk)).status_code == 403


@pytest.mark.parametrize(
    ("address", "house"),
    [
        ("192.0.2.77", "192.0.2.0-24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::-56"),
        ("", "unknown"),
    ],
)
def test_neighbours_are_one_house(address, house):
    assert address_range(address) == house

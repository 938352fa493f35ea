"""The weekly mail: who gets it, when, at most once a week, and what stands in it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coalface.customers.actions import restrict
from coalface.edges.mail import words_of
from coalface.hear.actions import report
from coalface.home.actions import resume_digest, send_digests, stop_digest
from coalface.home.queries.mailing import Turn, receivers, turn_of, weekly_mail
from coalface.meet.actions import accept, fix_now, hand_over
from coalface.people.actions import choose, leave
from coalface.plan.actions import commit_level, commit_person
from coalface.records.models import (
    Digest,
    Kind,
    Level,
    MailStop,
    OutgoingMessage,
    RestrictionKind,
    Verbatim,
)
from coalface.worker.actions import run_ticks, send_messages
from tests.home import soon
from tests.measure import ago, issue, met, noted, said
from tests.people import CAME_ON, NOW, client_for

pytestmark = pytest.mark.django_db
ZURICH, NEW_YORK, AUCKLAND = (
    ZoneInfo(name) for name in ("Europe/Zurich", "America/New_York", "Pacific/Auckland")
)
MONDAY = date(2026, 3, 2)
SEVEN = datetime(2026, 3, 2, 6, tzinfo=UTC)  # in Zurich


def mail_to(person):
    """Subject and words of what waits for somebody, as it would leave now."""
    message = OutgoingMessage.objects.get(template="home/digest", person=person)
    return words_of(message, "en")


def names(now=NOW):
    return [person.name for person, _ in receivers(now)]


def test_it_is_for_who_leads_owes_or_met_customers(cast):
    assert names() == ["Olga Lindner", "Rolf Huber"]
    commit_person(person=cast.sven, every_days=30, starts_on=CAME_ON, by=cast.mina, now=NOW)
    met(cast, cast.fay, 300)
    met(cast, cast.gus, 400)
    soon(cast, cast.ada, 3)
    assert names() == ["Olga Lindner", "Rolf Huber", "Sven Olsen", "Fay Burns"]
    commit_level(level=Level.MIDDLE, every_days=30, starts_on=CAME_ON, by=cast.mina, now=NOW)
    assert names() == ["Olga Lindner", "Rolf Huber", "Mina Aziz", "Adam Nowak", "Sven Olsen", "Fay Burns"]


def test_it_is_not_for_who_left_has_no_address_or_stopped_it(cast):
    leave(person=cast.rolf, on=NOW.date(), by=cast.ada, now=NOW)
    assert names() == ["Olga Lindner"]
    stop_digest(person=cast.olga, by=cast.olga, now=NOW)
    assert names() == []
    resume_digest(person=cast.olga, by=cast.olga, now=NOW)
    assert names() == ["Olga Lindner"]
    cast.olga.email = ""
    cast.olga.save()
    assert names() == []


@pytest.mark.parametrize(
    ("zone", "now", "turn"),
    [
        (ZURICH, SEVEN - timedelta(hours=7), Turn(MONDAY, SEVEN)),  # Sunday's midnight looks ahead
        (ZURICH, SEVEN, Turn(MONDAY, SEVEN)),
        (NEW_YORK, SEVEN - timedelta(hours=7), Turn(MONDAY, datetime(2026, 3, 2, 12, tzinfo=UTC))),
        (AUCKLAND, SEVEN, Turn(MONDAY, SEVEN)),  # it is evening there: at once
        (ZURICH, SEVEN + timedelta(days=4), Turn(MONDAY, SEVEN + timedelta(days=4))),  # made up for
        (ZURICH, SEVEN + timedelta(days=6, hours=1), Turn(date(2026, 3, 9), SEVEN + timedelta(days=7))),
    ],
)
def test_every_zone_has_its_monday_morning(cast, zone, now, turn):
    assert turn_of(zone, now) == turn


def test_the_organisation_chooses_the_day_and_a_week_that_is_over_is_let_be(cast):
    choose(key="digest_weekday", value=3, by=cast.mina, now=NOW)
    assert turn_of(ZURICH, SEVEN) is None
    thursday = SEVEN + timedelta(days=3)
    assert turn_of(ZURICH, SEVEN + timedelta(days=2, hours=2)) == Turn(MONDAY, thursday)
    assert turn_of(ZURICH, thursday + timedelta(days=3)) == Turn(MONDAY, thursday + timedelta(days=3))


def test_at_most_one_a_week_however_often_the_worker_asks(cast):
    assert send_digests(now=SEVEN) == 2
    assert [send_digests(now=SEVEN + timedelta(hours=hours)) for hours in (0, 5, 24, 120)] == [0, 0, 0, 0]
    assert send_digests(now=SEVEN + timedelta(days=7)) == 2
    weeks = list(Digest.objects.filter(person=cast.olga).values_list("week_of", flat=True))
    assert weeks == [date(2026, 3, 9), MONDAY]


def test_a_worker_that_was_down_on_monday_writes_it_later_that_week(cast):
    assert send_digests(now=SEVEN + timedelta(days=3)) == 2
    assert set(OutgoingMessage.objects.values_list("due_at", flat=True)) == {SEVEN + timedelta(days=3)}
    assert send_digests(now=SEVEN + timedelta(days=4)) == 0


def test_the_worker_does_it_once_a_day_beside_what_the_rooms_owe(cast):
    assert "home.send_digests" in run_ticks(now=SEVEN)
    assert run_ticks(now=SEVEN + timedelta(hours=1)) == []
    assert Digest.objects.count() == 2


def test_it_holds_numbers_and_ids_and_no_words(cast):
    encounter = met(cast, cast.olga, 12, [cast.petra])
    fix_now(remark=noted(encounter, cast.olga, 40, text="A secret."), by=cast.olga, now=ago(40))
    about = issue(cast, "Waiting at noon")
    feedback = said(cast, about, 5, "Eleven of us were in the queue and one window was open.")
    coming = soon(cast, cast.olga, 3, [cast.rosa])
    send_digests(now=NOW)
    digest = Digest.objects.get(person=cast.olga)
    mention = feedback.mentions.get()
    guest = encounter.guests.get()
    assert digest.next_encounter == coming
    assert digest.figures == {
        "days": 12, "depth": "conversing", "spoken": True, "resolved": 1, "of": 1,
        "waiting": {
            "hand_overs": 0, "fixes": 0, "offers": 0, "decisions": 0, "promises": 0, "encounters": 1,
            "remarks": 1, "verdicts": 0,
        },
        "changes": [],
        "unheard": [{
            "issue": about.pk, "mention": mention.pk, "times": 1,
            "format": cast.visit.pk, "unit": cast.north.pk, "here": 1, "all": 1,
        }],
        "thank": [{"guest": guest.pk}],
        "passed_on": 0, "changed": 0, "published": [], "zone": "Europe/Zurich",
    }  # fmt: skip


def test_the_mail_says_it_all_on_one_screen(cast):
    encounter = met(cast, cast.olga, 12, [cast.petra])
    done = noted(encounter, cast.olga, 40, text="Nobody called me back.")
    accept(hand_over=hand_over(remark=done, to=cast.sven, by=cast.olga, now=ago(9)), by=cast.sven, now=ago(2))
    said(cast, issue(cast, "Waiting at noon"), 5, "Eleven of us were in the queue and one window was open.")
    soon(cast, cast.olga, 3, [cast.rosa])
    send_digests(now=NOW)
    subject, words = mail_to(cast.olga)
    assert subject == "Your week: last customer met 12 days ago"
    for line in (
        "Dear Olga Lindner,",
        "Last customer met: 12 days ago, in conversation.",
        "Of 1 thing you raised, 0 resolved.",
        "Thursday 5 March, 10:00 · Visit, North",
        "Rosa Conti",
        "- 1 encounter to finish",
        "- Sven Olsen took it over from you",
        "- Waiting at noon",
        "  “Eleven of us were in the queue and one window was open.”",
        "  You could hear this first-hand: Visit, North. It was said there.",
        "Petra Frei, who gave you their time on 18 February",
    ):
        assert line in words.splitlines()
    assert "/c/stop/" in words
    assert "\n\n\n" not in words


def test_who_met_nobody_is_nudged_and_not_blamed(cast):
    send_digests(now=NOW)
    subject, words = mail_to(cast.rolf)
    assert subject == "Your week: whom could you meet?"
    assert "you have not met a customer yet. Half an hour beside somebody" in words


def test_who_only_watched_is_told_so(cast):
    met(cast, cast.rolf, 4, depth="beside")
    send_digests(now=NOW)
    subject, words = mail_to(cast.rolf)
    assert subject == "Your week: whom could you speak with?"
    assert "You have not spoken with a customer yet." in words


def test_who_may_not_read_the_words_gets_the_issue_alone(cast):
    met(cast, cast.fay, 4)
    said(cast, issue(cast, "Waiting at noon"), 5, "Eleven of us were in the queue and one window was open.")
    send_digests(now=NOW)
    _, words = mail_to(cast.fay)
    assert "- Waiting at noon" in words
    assert "Eleven" not in words


def test_what_was_erased_or_undone_since_it_was_written_does_not_leave(cast):
    encounter = met(cast, cast.olga, 12, [cast.petra])
    feedback = said(
        cast, issue(cast, "Waiting"), 5, "Eleven of us were in the queue and one window was open."
    )
    coming = soon(cast, cast.olga, 3, [cast.rosa])
    send_digests(now=NOW)
    Verbatim.objects.filter(pk=feedback.verbatim_id).update(text="", erased_at=NOW)
    feedback.mentions.all().delete()
    encounter.guests.all().delete()
    coming.outcome, coming.outcome_at = "cancelled", NOW
    coming.save()
    _, words = mail_to(cast.olga)
    for gone in ("Eleven", "- Waiting", "THANK", "Rosa Conti"):
        assert gone not in words


def test_praise_is_thanked_for_unless_its_giver_wants_peace(cast):
    report(
        text="You remembered my name.", kind=Kind.COMPLIMENT, unit=cast.north, by=cast.fay, now=ago(2),
        customer=cast.quentin,
    )  # fmt: skip
    send_digests(now=NOW)
    assert "Quentin Roy, who praised us on 28 February" in mail_to(cast.olga)[1]
    restrict(customer=cast.quentin, kind=RestrictionKind.VULNERABLE, by=cast.mina, now=NOW)
    send_digests(now=NOW + timedelta(days=7))
    later = OutgoingMessage.objects.filter(person=cast.olga).latest("id")
    assert "Quentin" not in words_of(later, "en")[1]


def test_what_waits_to_leave_stays_when_its_reader_stops_it(cast):
    send_digests(now=NOW)
    stop_digest(person=cast.olga, by=cast.olga, now=NOW)
    assert send_messages(now=NOW) == 1
    stopped = OutgoingMessage.objects.get(person=cast.olga)
    assert (stopped.sent_at, stopped.error) == (None, "stopped")
    assert not OutgoingMessage.objects.failed().exists()


def test_stopping_twice_and_taking_up_twice_are_harmless(cast):
    first = stop_digest(person=cast.olga, by=cast.olga, now=NOW)
    assert stop_digest(person=cast.olga, by=cast.olga, now=NOW + timedelta(days=1)) == first
    taken_up = [resume_digest(person=cast.olga, by=cast.olga, now=NOW) for _ in range(2)]
    assert taken_up == [True, False]
    assert MailStop.objects.filter(resumed_at=None).count() == 0


def test_it_is_switched_off_and_on_at_the_foot_of_the_page(cast):
    browser = client_for(cast.olga)
    assert "This also comes to you by mail, once a week." in browser.get("/").content.decode()
    browser.post("/weekly-mail/", {"off": ""})
    assert weekly_mail(cast.olga, NOW) == "off"
    assert "The weekly mail is off." in browser.get("/").content.decode()
    browser.post("/weekly-mail/", {"on": ""})
    assert weekly_mail(cast.olga, NOW) == "on"
    assert browser.get("/weekly-mail/").status_code == 405
    assert weekly_mail(cast.ada, NOW) == ""
    assert "weekly mail" not in client_for(cast.ada).get("/").content.decode()

"""A customer is asked to come once, in their language, and answers by a link of their own."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from coalface.customers.actions import NoConsent, Restricted, TooSoon, erase, restrict, withdraw_consent
from coalface.meet.actions import (
    Busy,
    NothingProposed,
    answer_invitation,
    ask_guest,
    call_off,
    customer_cancelled,
    decline_other_time,
    delegate,
    draw_another,
    hold,
    never_again,
    remind_guests,
    say_asked,
    take_other_time,
    we_did_not_come,
)
from coalface.meet.queries import Kept, coming, invitation_of, kept, secret_of
from coalface.plan.actions import plan_encounter
from coalface.records.models import (
    Approach,
    ContactRestriction,
    Encounter,
    Guest,
    GuestInvitation,
    OutgoingMessage,
    Policy,
)
from coalface.shell.links import Forged
from coalface.worker.actions import drain, send_messages
from tests.meet import kinds, planned
from tests.meet.coming import IN_TEN_DAYS, again, agree_to_mail, asked, drawn, link
from tests.people import NOW, client_for

A_DAY = timedelta(days=1)


def to_customers():
    return list(OutgoingMessage.objects.exclude(customer=None).values_list("template", flat=True))


def to_ours():
    rows = OutgoingMessage.objects.exclude(person=None).exclude(template="plan/invitation")
    return list(rows.order_by("person__name").values_list("person__name", "template"))


@pytest.mark.database
def test_drawn_and_asked_they_are_reached_out_to_once_and_written_to_in_their_language(cast):
    invitation = asked(cast, NOW)
    assert ask_guest(guest=invitation.guest, by=cast.mina, now=NOW) == invitation
    assert (Approach.objects.count(), to_customers(), invitation.language) == (1, ["meet/come"], "fr")
    assert kinds(invitation.guest.encounter) == ["encounter.planned", "guest.asked_to_come"]
    assert send_messages(now=NOW) == 1
    (sent,) = mail.outbox
    assert sent.to == [invitation.guest.customer.email]
    assert link(invitation) in sent.body and "Europe/Zurich" not in sent.subject
    assert "Olga Lindner" in sent.body and "Lindner & Co" in sent.body


def test_who_was_planned_by_hand_is_approached_when_they_are_asked(cast):
    agree_to_mail(cast.petra)
    guest = planned(cast).guests.get()
    ask_guest(guest=guest, by=cast.mina, now=NOW)
    assert Approach.objects.get().channel == "email"
    other = plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=NOW + IN_TEN_DAYS,
        person=cast.rolf,
        customers=[cast.petra],
        chosen_by="person",
        by=cast.mina,
        now=NOW + A_DAY,
    )
    with pytest.raises(TooSoon):
        ask_guest(guest=other.guests.get(), by=cast.mina, now=NOW + A_DAY)


def test_nobody_is_asked_who_did_not_agree_or_is_to_be_left_alone(cast):
    guest = drawn(cast, NOW)
    for consent in guest.customer.consents.filter(purpose="conversation"):
        withdraw_consent(consent=consent, by=cast.mina, now=NOW)
    with pytest.raises(NoConsent):
        ask_guest(guest=guest, by=cast.mina, now=NOW)
    restrict(customer=guest.customer, kind="legal_dispute", by=cast.mina, now=NOW)
    with pytest.raises(Restricted):
        ask_guest(guest=guest, by=cast.mina, now=NOW)
    assert to_customers() == []


def test_without_a_yes_to_mails_one_of_us_asks_and_writes_down_what_they_said(cast):
    invitation = asked(cast, NOW, mail=False)
    assert (invitation.sent_at, to_customers()) == (None, [])
    assert [one.state for one in coming(invitation.guest.encounter)] == ["to_ask"]
    for days in (0, 1):
        say_asked(invitation=invitation, by=cast.olga, now=NOW + days * A_DAY)
    assert again(invitation).sent_at == NOW
    answer_invitation(invitation=invitation, answer="comes", by=cast.olga, now=NOW)
    assert [one.state for one in coming(invitation.guest.encounter)] == ["comes"]
    assert to_ours() == [("Mina Aziz", "meet/guest_answer")]  # who heard it knows it


@pytest.mark.database
def test_another_time_is_taken_and_said_to_them(cast):
    invitation = asked(cast, NOW)
    meeting, wish = invitation.guest.encounter, NOW + timedelta(days=12)
    for _ in range(2):
        answer_invitation(invitation=invitation, answer="other_time", other_start=wish, now=NOW + A_DAY)
    assert to_ours() == [("Mina Aziz", "meet/guest_answer"), ("Olga Lindner", "meet/guest_answer")]
    take_other_time(invitation=again(invitation), by=cast.olga, now=NOW + A_DAY)
    now = again(invitation)
    assert (again(meeting).starts_at, now.answer, now.other_start) == (wish, "comes", None)
    assert to_customers() == ["meet/come", "meet/come_changed"]
    with pytest.raises(NothingProposed):
        take_other_time(invitation=now, by=cast.olga, now=NOW + A_DAY)


def test_nobody_of_us_is_to_be_at_two_places_at_once(cast):
    invitation = asked(cast, NOW)
    wish = NOW + timedelta(days=12)
    plan_encounter(
        format=cast.visit,
        unit=cast.south,
        starts_at=wish + timedelta(minutes=20),
        person=cast.olga,
        customers=[],
        chosen_by="person",
        by=cast.olga,
        now=NOW,
    )
    answer_invitation(invitation=invitation, answer="other_time", other_start=wish, now=NOW)
    with pytest.raises(Busy):
        take_other_time(invitation=again(invitation), by=cast.olga, now=NOW)
    decline_other_time(invitation=again(invitation), by=cast.olga, now=NOW)
    now = again(invitation)
    assert (now.answer, now.other_start, to_customers()) == ("none", None, ["meet/come", "meet/come_changed"])


@pytest.mark.database
def test_who_says_no_frees_the_seat_and_somebody_else_is_drawn(cast):
    invitation = asked(cast, NOW)
    meeting, first = invitation.guest.encounter, invitation.guest.customer
    answer_invitation(invitation=invitation, answer="declines", now=NOW)
    other = draw_another(encounter=meeting, channel="phone", seed=7, by=cast.mina, now=NOW)
    assert other.customer != first and other.encounter == meeting
    assert again(meeting).assignment.customer == other.customer
    assert [one.state for one in coming(meeting)] and Guest.objects.get(pk=invitation.guest_id).came is False
    page = Client().get(link(invitation))
    assert page.context["state"] in {"taken", "over"}


@pytest.mark.database
def test_never_holds_at_once_and_calls_off_everything_else(cast):
    Policy.objects.create(key="approach_gap_days", value=0, set_by=cast.mina, set_at=NOW)
    invitation = asked(cast, NOW)
    customer = invitation.guest.customer
    other = plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=NOW + timedelta(days=20),
        person=cast.rolf,
        customers=[customer],
        chosen_by="person",
        by=cast.rolf,
        now=NOW,
    )
    second = ask_guest(guest=other.guests.get(), by=cast.rolf, now=NOW)
    for _ in range(2):
        never_again(invitation=invitation, now=NOW + A_DAY)
    assert ContactRestriction.objects.get().kind == "do_not_contact"
    assert [again(one).answer for one in (invitation, second)] == ["never", "never"]
    assert set(Guest.objects.values_list("came", flat=True)) == {False}
    assert send_messages(now=NOW + A_DAY) == 3  # to Mina, Olga and Rolf, and none to the customer
    drain(now=NOW + A_DAY)
    assert {to[0] for to in (one.to for one in mail.outbox)} == {
        "mina@lindner.example",
        "olga@lindner.example",
        "rolf@lindner.example",
    }


def test_restricted_after_being_invited_they_hear_nothing_more_and_ours_are_told(cast):
    invitation = asked(cast, NOW)
    restrict(customer=invitation.guest.customer, kind="negotiation", by=cast.mina, now=NOW + A_DAY)
    drain(now=NOW + A_DAY)
    drain(now=NOW + A_DAY)
    assert again(invitation).called_off_at == NOW + A_DAY
    assert Guest.objects.get().came is False
    assert to_ours() == [("Mina Aziz", "meet/guest_answer"), ("Olga Lindner", "meet/guest_answer")]
    assert OutgoingMessage.objects.get(template="meet/come").error == "stopped"
    assert Client().get(link(invitation)).context["state"] == "called_off"


def test_a_restriction_that_ends_before_changes_nothing(cast):
    invitation = asked(cast, NOW)
    day = (NOW + timedelta(days=3)).date()
    restrict(customer=invitation.guest.customer, kind="negotiation", until_on=day, by=cast.mina, now=NOW)
    drain(now=NOW)
    assert again(invitation).called_off_at is None


@pytest.mark.database
def test_who_comes_is_reminded_once_and_who_is_silent_is_asked_once_more(cast):
    invitation = asked(cast, NOW)
    assert [remind_guests(now=NOW + days * A_DAY) for days in (6, 7, 7.5)] == [0, 1, 0]
    answer_invitation(invitation=invitation, answer="comes", now=NOW + timedelta(days=7.6))
    assert [remind_guests(now=NOW + days * A_DAY) for days in (7.9, 8.2, 9)] == [0, 1, 0]
    assert to_customers() == ["meet/come", "meet/come", "meet/come_reminder"]
    assert kinds(invitation.guest.encounter)[-1] == "guest.reminded"


def test_what_we_call_off_is_ours_and_they_are_told_with_an_apology(cast):
    invitation = asked(cast, NOW)
    answer_invitation(invitation=invitation, answer="comes", now=NOW)
    call_off(encounter=invitation.guest.encounter, outcome="cancelled", by=cast.olga, now=NOW + A_DAY)
    for _ in range(2):
        drain(now=NOW + A_DAY)
    assert again(invitation).called_off_at == NOW + A_DAY
    assert to_customers() == ["meet/come", "meet/come_changed"]


def test_what_they_called_off_is_theirs_and_nobody_writes_to_them(cast):
    invitation = asked(cast, NOW)
    customer_cancelled(encounter=invitation.guest.encounter, by=cast.olga, now=NOW + A_DAY)
    drain(now=NOW + A_DAY)
    assert (again(invitation).answer, again(invitation).called_off_at) == ("declines", None)
    assert to_customers() == ["meet/come"]


def test_when_we_do_not_come_the_customer_was_there_and_gets_an_apology(cast):
    invitation = asked(cast, NOW)
    then = NOW + IN_TEN_DAYS + timedelta(hours=1)
    we_did_not_come(encounter=invitation.guest.encounter, by=cast.olga, now=then)
    drain(now=then)
    assert (Guest.objects.get().came, Encounter.objects.get().outcome) == (True, "no_show")
    assert to_customers() == ["meet/come", "meet/come_changed"]


def test_each_appointment_counts_once_on_the_side_that_did_not_keep_it(cast):
    Policy.objects.create(key="smallest_group", value=3, set_by=cast.mina, set_at=NOW)
    then = NOW + timedelta(hours=2)
    hold(encounter=planned(cast), by=cast.olga, now=then)
    hold(encounter=planned(cast, cast.rolf), by=cast.rolf, now=then)
    call_off(encounter=planned(cast), outcome="cancelled", by=cast.olga, now=then)
    call_off(encounter=planned(cast), outcome="no_show", by=cast.olga, now=then)
    customer_cancelled(encounter=planned(cast), by=cast.olga, now=then)
    we_did_not_come(encounter=planned(cast), by=cast.olga, now=then)
    everywhere = {"encounter__unit__path__startswith": cast.root.path}
    from django.db.models import Q

    assert kept(Q(**everywhere), then) is None
    hold(encounter=planned(cast, cast.sven), by=cast.sven, now=then)
    assert kept(Q(**everywhere), then) == Kept(
        kept=3, we_cancelled=1, we_did_not_come=1, they_cancelled=1, they_did_not_come=1
    )


def test_whoever_stands_in_brings_the_link_and_the_answer_along(cast):
    invitation = asked(cast, NOW)
    answer_invitation(invitation=invitation, answer="comes", now=NOW)
    delegate(encounter=invitation.guest.encounter, to=cast.rolf, by=cast.olga, now=NOW + A_DAY)
    drain(now=NOW + A_DAY)
    now = invitation_of(secret_of(invitation))
    assert (now.answer, now.guest.encounter.attendances.get().person) == ("comes", cast.rolf)
    assert to_customers() == ["meet/come"]


def test_links_that_lead_nowhere(cast):
    invitation = asked(cast, NOW)
    secret = secret_of(invitation)
    for forged in ("x", secret[:-1], secret.swapcase()):
        with pytest.raises(Forged):
            invitation_of(forged)
    assert Client().get(reverse("meet_public:come", args=["x"])).status_code == 404
    erase(customer=invitation.guest.customer, by=cast.mina, now=NOW)
    with pytest.raises(Forged):
        invitation_of(secret)
    assert OutgoingMessage.objects.get(template="meet/come").about == {}


def test_the_page_takes_each_answer_in_their_language_and_lets_them_think_again(cast):
    now = timezone.now()
    invitation = asked(cast, now)
    address, browser = link(invitation), Client(enforce_csrf_checks=True)
    page = browser.get(address)
    assert (page.status_code, page.headers["Content-Language"]) == (200, "fr")
    assert page.headers["Cache-Control"] == "no-store" and not browser.cookies
    assert browser.post(address, {"answer": "comes"}).url == address
    assert again(invitation).answer == "comes"
    entry = browser.get(reverse("meet_public:come_calendar", args=[secret_of(invitation)]))
    assert entry.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert invitation.guest.customer.name.encode() not in entry.content
    [event] = Calendar.from_ical(entry.content).events
    meeting = invitation.guest.encounter
    assert (event.start, event["LOCATION"], "Olga Lindner" in event["DESCRIPTION"], event["URL"]) == (
        meeting.starts_at,
        "North",
        True,
        f"http://localhost:8000{address}",
    )
    wish = {"answer": "other_time", "day": (now + timedelta(days=14)).date().isoformat(), "time": "15:00"}
    assert browser.post(address + "?in=pl", wish).url == address + "?in=pl"
    assert again(invitation).other_start.astimezone(page_zone()).hour == 15
    past = browser.post(address, wish | {"day": "2020-01-01"})
    assert past.context["form"].errors.keys() == {"day"}
    assert browser.post(address, {"answer": "other_time"}).context["form"].errors.keys() == {"day", "time"}
    assert browser.post(address, {"answer": "nonsense"}).status_code == 200
    browser.post(address, {"answer": "declines"})
    assert again(invitation).answer == "declines"
    browser.post(address, {"answer": "never"})
    assert browser.get(address).context["state"] == "never"
    browser.post(address, {"answer": "comes"})
    assert again(invitation).answer == "never"


def page_zone():
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Zurich")


def test_on_the_day_itself_nothing_changes_but_never_is_always_heard(cast):
    now = timezone.now()
    invitation = asked(cast, now)
    Encounter.objects.update(starts_at=now + timedelta(seconds=30))
    browser = Client()
    browser.post(link(invitation), {"answer": "comes"})
    assert (again(invitation).answer, browser.get(link(invitation)).context["state"]) == ("none", "too_late")
    browser.post(link(invitation), {"answer": "never"})
    assert again(invitation).answer == "never"


def test_a_flood_of_answers_has_to_wait(cast):
    invitation = asked(cast, timezone.now())
    browser = Client()
    states = {browser.post(link(invitation), {"answer": "comes"}).status_code for _ in range(102)}
    assert states == {302, 429}
    assert GuestInvitation.objects.get().answer == "comes"


def test_who_looks_after_it_sees_the_answers(cast):
    invitation = asked(cast, timezone.now())
    page = client_for(cast.mina).get(reverse("meet:encounter", args=[invitation.guest.encounter_id]))
    assert page.status_code == 200

"""The customer's side: thanked by mail the day after, two questions, and an answer nobody sees by itself."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalface.customers.actions import restrict, withdraw_consent
from coalface.meet.actions import answer_about_us, ask_guests, take_part
from coalface.meet.queries import code_of, guest_of, token_of
from coalface.records.models import Approach, Customer, Format, Guest, OutgoingMessage
from coalface.shell.links import Expired, Forged
from coalface.worker.actions import send_messages
from tests.meet import LATER, at, count, held, kinds, planned, said
from tests.people import client_for

NEXT_DAY = LATER + timedelta(days=1)


def guest_at(met):
    return met.guests.select_related("customer", "encounter__format").get()


def heard(token, step=""):
    return reverse("meet_public:heard", args=[token]) + (f"?step={step}" if step else "")


def test_the_day_after_she_is_thanked_once_by_name_of_who_met_her(cast):
    met = held(cast)
    assert ask_guests(now=LATER + timedelta(hours=3)) == 0
    assert [ask_guests(now=NEXT_DAY + timedelta(days=days)) for days in (0, 1)] == [1, 0]
    assert send_messages(now=NEXT_DAY) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["petra@home.example"], "Thank you for your time. Did we listen?")
    assert "Dear Petra Frei," in sent.body and "Olga Lindner" in sent.body
    assert heard(token_of(guest_at(met))) in sent.body
    assert guest_at(met).asked_at == NEXT_DAY
    assert kinds(met)[-1] == "guest.asked"
    assert not Approach.objects.exists()


def test_at_night_the_mail_waits_for_the_morning(cast):
    held(cast)
    midnight = NEXT_DAY.replace(hour=0, minute=5)
    ask_guests(now=midnight)
    assert OutgoingMessage.objects.get().due_at.hour in (8, 9)
    assert OutgoingMessage.objects.get().due_at > midnight


def test_who_must_not_or_cannot_be_written_to_is_left_alone(cast):
    for spoil in (_restricted, _no_consent, _erased, _no_address, _did_not_come, _long_ago, _incognito):
        held(cast)
        spoil(cast)
        assert ask_guests(now=NEXT_DAY) == 0, spoil.__name__
        Guest.objects.all().delete()
    assert not OutgoingMessage.objects.exists()


def _restricted(cast):
    day = NEXT_DAY.date() + timedelta(days=1)
    restrict(customer=cast.petra, kind="negotiation", until_on=day, by=cast.mina, now=LATER)


def _no_consent(cast):
    cast.petra.restrictions.all().delete()
    for consent in cast.petra.consents.filter(channel="email"):
        withdraw_consent(consent=consent, by=cast.mina, now=LATER)


def _erased(cast):
    Customer.objects.filter(pk=cast.petra.pk).update(erased_at=LATER)


def _no_address(cast):
    cast.petra.consents.update(withdrawn_at=None)
    Customer.objects.filter(pk=cast.petra.pk).update(erased_at=None, email="")


def _did_not_come(cast):
    Customer.objects.filter(pk=cast.petra.pk).update(email="petra@home.example")
    Guest.objects.update(came=False)


def _incognito(cast):
    Format.objects.update(kind="incognito")


def _long_ago(cast):
    Format.objects.update(kind="conversation")
    type(planned(cast)).objects.filter(outcome="held").update(outcome_at=LATER - timedelta(days=20))


def test_two_taps_in_her_language_and_thanks(cast):
    met = held_just_now(cast)
    Customer.objects.filter(pk=cast.petra.pk).update(language="de")
    token, browser = token_of(guest_at(met)), Client()
    page = browser.get(heard(token))
    assert page.status_code == 200 and page.context["step"] == "listened"
    first = browser.post(heard(token), {"listened": "yes"})
    assert first.url == heard(token, "sale")
    assert browser.get(first.url).context["step"] == "sale"
    second = browser.post(heard(token), {"felt_like_a_sale": "no"})
    assert browser.get(second.url).context["step"] == "thanks"
    guest = guest_at(met)
    assert (guest.listened, guest.felt_like_a_sale) == (True, False)
    assert browser.post(heard(token), {"listened": "perhaps"}).status_code == 200
    assert (kinds(guest), kinds(met)[-1]) == (["guest.answered"] * 2, "encounter.held")


def test_she_may_think_again_and_the_page_never_shows_what_was_said(cast):
    met = held_just_now(cast)
    guest, browser = guest_at(met), Client()
    before = browser.get(heard(token_of(guest)))
    assert before.status_code == 200
    for yes in (True, True, False):
        answer_about_us(guest=guest, listened=yes, now=NEXT_DAY)
    now = guest_at(met)
    assert (now.listened, now.answered_at, kinds(guest)) == (False, NEXT_DAY, ["guest.answered"] * 2)
    after = browser.get(heard(token_of(guest)))
    assert _without_token(before.content) == _without_token(after.content)


def _without_token(page):
    return [line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line]


def test_the_encounter_page_says_nothing_of_her_answer(cast):
    met, olga = held(cast), client_for(cast.olga)
    said(met, cast.olga)
    before = olga.get(at("encounter", met.pk))
    answer_about_us(guest=guest_at(met), listened=False, felt_like_a_sale=True, now=LATER)
    after = olga.get(at("encounter", met.pk))
    assert after.context["events"] == before.context["events"]


def test_links_that_lead_nowhere(cast):
    met = held(cast)
    guest = guest_at(met)
    for token in ("forged", token_of(guest)[:-1], code_of(guest) + "x"):
        with pytest.raises(Forged):
            guest_of(token, NEXT_DAY)
    with pytest.raises(Expired):
        guest_of(token_of(guest), LATER + timedelta(days=91))
    with pytest.raises(Expired):
        guest_of(code_of(guest), LATER + timedelta(days=1, hours=1))
    assert guest_of(token_of(guest), LATER + timedelta(days=90)) == guest
    assert Client().get(heard("forged")).status_code == 404
    Customer.objects.filter(pk=cast.petra.pk).update(erased_at=LATER)
    assert Client().get(heard(token_of(guest))).status_code == 404


def test_after_ninety_days_the_page_says_so(cast):
    met = held(cast)
    type(met).objects.filter(pk=met.pk).update(outcome_at=LATER - timedelta(days=1000))
    assert Client().get(heard(token_of(guest_at(met)))).status_code == 410
    assert client_for(cast.olga).get(at("heard_code", met.pk, guest_at(met).pk)).status_code == 410


@pytest.mark.parametrize("kind", ["conversation", "incognito"])
def test_on_the_spot_by_a_code(cast, kind):
    met, olga = held_just_now(cast, kind), client_for(cast.olga)
    page = olga.get(at("encounter", met.pk)).content.decode()
    code = olga.get(at("heard_code", met.pk, guest_at(met).pk))
    assert ("Ask the guest about us, now" in page) is (kind == "conversation")
    if kind == "conversation":
        assert code["Content-Type"] == "image/svg+xml" and code["Cache-Control"] == "private, no-store"
        assert code.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
        assert Client().get(heard(code_of(guest_at(met)))).status_code == 200
    else:
        assert code.status_code == 410
    assert client_for(cast.rolf).get(at("heard_code", met.pk, guest_at(met).pk)).status_code == 403


def held_just_now(cast, kind="conversation"):
    met = held(cast)
    Format.objects.update(kind=kind)
    type(met).objects.filter(pk=met.pk).update(outcome_at=timezone.now())
    return met


def test_an_answer_on_our_own_device_does_not_keep_her_from_the_last_word(cast):
    met = held(cast)
    answer_about_us(guest=guest_at(met), listened=True, now=LATER)
    assert ask_guests(now=NEXT_DAY) == 1


def test_codes_for_three_guests_ask_as_much_as_for_one(cast):
    asked = []
    for guests in ([cast.petra], [cast.petra, cast.quentin, cast.rosa]):
        met = held(cast, cast.olga, *guests)
        type(met).objects.filter(pk=met.pk).update(outcome_at=timezone.now())
        asked.append(count(client_for(cast.olga), at("encounter", met.pk)))
    assert asked == [24] * 2


def test_the_public_page_asks_as_much_when_three_of_us_were_there(cast):
    met, asked = held_just_now(cast), []
    for _ in range(2):
        asked.append(count(Client(), heard(token_of(guest_at(met)))))
        for person in (cast.sven, cast.fay):
            take_part(encounter=met, person=person, depth="beside", minutes=9, by=cast.olga, now=LATER)
    assert asked == [2] * 2


def test_of_a_group_only_who_is_known_to_have_come_is_thanked(cast):
    met = held(cast)
    met.format.kind = "focus_group"
    met.format.save()
    assert ask_guests(now=NEXT_DAY) == 0
    met.guests.update(came=True)
    assert ask_guests(now=NEXT_DAY) == 1

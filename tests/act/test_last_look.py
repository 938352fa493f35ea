"""A letter is looked at once more at the moment it leaves: who said no meanwhile gets none."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coalface.act.actions import send_news, send_what_lies
from coalface.act.queries import Told, told
from coalface.customers.actions import (
    NewConsent,
    ask_to_be_forgotten,
    carry_out,
    change,
    record_consents,
    restrict,
    withdraw_consent,
)
from coalface.customers.queries import state_of
from coalface.records.models import (
    Channel,
    Customer,
    Event,
    OutgoingMessage,
    Purpose,
    RestrictionKind,
    Telling,
)
from coalface.worker.actions import drain, retry_message, send_messages
from coalface.worker.queries import failed_messages
from tests.act.test_telling import LATER, live, raised
from tests.people import client_for, welcome

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEXT = LATER + timedelta(days=91)


def withdraw(cast, customer):
    consent = customer.consents.get(channel=Channel.EMAIL, purpose=Purpose.TELLING, withdrawn_at=None)
    withdraw_consent(consent=consent, by=cast.mina, now=LATER)


def written(cast, *customers):
    """A fix whose letters are written and wait."""
    fix = live(cast, raised(cast, "The bell", *customers))
    send_news(fix=fix, news="shipped", by=cast.mina, now=LATER)
    drain(now=LATER)
    return fix


def kept_back(fix):
    rows = Event.objects.filter(kind="telling.kept_back", about_id=str(fix.pk)).order_by("id")
    return [row.payload["bar"] for row in rows]


def test_who_says_no_between_the_writing_and_the_sending_gets_no_letter_and_the_fix_says_so(cast, mailbox):
    alone, gone, mute = welcome("Alone Ash", "Gone Gill", "Mute May", unit=cast.north)
    fix = written(cast, cast.petra, cast.rosa, alone, gone, mute)
    assert OutgoingMessage.objects.filter(customer__isnull=False).count() == 5
    withdraw(cast, cast.rosa)
    restrict(customer=alone, kind=RestrictionKind.DO_NOT_CONTACT, by=cast.mina, now=LATER)
    carry_out(wish=ask_to_be_forgotten(customer=gone, by=cast.mina, now=LATER), by=cast.mina, now=LATER)
    change(customer=mute, seen=state_of(mute), email="", by=cast.mina, now=LATER)
    send_messages(now=LATER)
    there = sorted(mail["To"] for mail in mailbox.mails)
    assert there == ["fay@lindner.example", "petra@home.example"]
    assert sorted(kept_back(fix)) == ["no_address", "no_consent", "restricted"]
    assert told(fix, LATER) == Told(
        1, 1, {"no_address": 1, "restricted": 1, "no_consent": 1}, 0, "shipped", None
    )
    assert list(failed_messages()) == []
    page = client_for(cast.mina).get(reverse("act:fix", args=[fix.pk])).content.decode()
    assert "A letter to a customer was not sent: no consent" in page


def test_who_agrees_again_gets_the_letter_once_the_cap_lets_it_go(cast, mailbox):
    fix = written(cast, cast.petra)
    withdraw(cast, cast.petra)
    send_messages(now=LATER)
    row = NewConsent(customer=cast.petra, channel=Channel.EMAIL, purpose=Purpose.TELLING, wording="2026-01")
    record_consents(rows=[row], by=cast.mina, now=LATER)
    for now in (LATER + timedelta(days=1), NEXT, NEXT + timedelta(days=1)):
        send_what_lies(now=now)
        drain(now=now)
        send_messages(now=now)
    assert len(mailbox.to("petra@home.example")) == 1
    assert Telling.objects.filter(customer=cast.petra, fix=fix).count() == 1
    assert OutgoingMessage.objects.get(customer=cast.petra).sent_at == NEXT


def test_an_address_that_bounces_is_written_to_no_more_until_there_is_another(cast, mailbox):
    mailbox.strangers = {"petra@home.example"}
    fix = written(cast, cast.petra)
    send_messages(now=LATER)
    assert kept_back(fix) == ["refused"]
    assert told(fix, LATER).not_told == {"refused": 1}
    assert [one.customer for one in failed_messages()] == [cast.petra]
    send_what_lies(now=NEXT)
    drain(now=NEXT)
    assert OutgoingMessage.objects.filter(customer=cast.petra, gave_up_at=None).count() == 0
    customer = Customer.objects.get(pk=cast.petra.pk)
    change(customer=customer, seen=state_of(customer), email="petra@new.example", by=cast.mina, now=NEXT)
    send_what_lies(now=NEXT)
    drain(now=NEXT)
    send_messages(now=NEXT)
    assert len(mailbox.to("petra@new.example")) == 1
    assert list(failed_messages()) == []


def test_a_person_may_try_an_address_that_bounced_once_more(cast, mailbox):
    mailbox.strangers = {"petra@home.example"}
    fix = written(cast, cast.petra)
    send_messages(now=LATER)
    mailbox.strangers = set()
    [message] = failed_messages()
    retry_message(message=message, by=cast.mina, now=LATER)
    assert send_messages(now=LATER) == 1
    assert told(fix, LATER) == Told(1, 1, {}, 0, "shipped", None)

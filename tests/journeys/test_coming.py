"""From the draw to the day: asked by mail in her language, another time, taken, reminded, met."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from coalface.meet.actions import ask_guest, hold, remind_guests
from coalface.records.models import Customer, Encounter, Guest
from coalface.worker.actions import drain, send_messages
from tests.meet import at
from tests.meet.coming import agree_to_mail, drawn
from tests.people import client_for


@pytest.mark.journey
@pytest.mark.database
def test_she_proposes_another_time_it_is_taken_and_she_comes(cast, mailbox):
    now = timezone.now()
    agree_to_mail(cast.petra, cast.quentin, cast.rosa)
    Customer.objects.update(language="de")
    guest = drawn(cast, now)
    ask_guest(guest=guest, by=cast.mina, now=now)
    send_messages(now=now)
    (asked,) = mailbox.to(guest.customer.email)
    address = re.search(r"/c/come/\S+", asked).group()
    customer = Client()
    assert customer.get(address).headers["Content-Language"] == "de"
    day = (now + timedelta(days=12)).astimezone(ZoneInfo("Europe/Zurich")).date()
    wish = {"answer": "other_time", "day": day.isoformat(), "time": "15:00"}
    assert customer.post(address, wish).status_code == 302

    send_messages(now=now + timedelta(minutes=1))
    assert len(mailbox.to("olga@lindner.example")) == len(mailbox.to("mina@lindner.example")) == 1
    client_for(cast.olga).post(at("settle_other_time", guest.pk), {"take": "yes"})
    meeting = Encounter.objects.get(pk=guest.encounter_id)
    assert meeting.starts_at.astimezone(ZoneInfo("Europe/Zurich")).strftime("%H:%M") == "15:00"
    send_messages(now=timezone.now() + timedelta(minutes=1))
    assert len(mailbox.to(guest.customer.email)) == 2

    assert remind_guests(now=meeting.starts_at - timedelta(hours=40)) == 1
    send_messages(now=meeting.starts_at - timedelta(hours=20))
    assert address in mailbox.to(guest.customer.email)[2]
    then = meeting.starts_at + timedelta(minutes=30)
    hold(encounter=meeting, by=cast.olga, now=then)
    drain(now=then)
    send_messages(now=then)
    assert len(mailbox.to(guest.customer.email)) == 3
    assert Guest.objects.get(pk=guest.pk).came is None and customer.get(address).context["state"] == "over"

"""Mail leaves once, through a real server, in the receiver's language; what fails is tried again or shown."""

import re
import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.test import Client

from coalface.home.actions import send_digests
from coalface.meet import actions as meet
from coalface.plan.actions import plan_encounter
from coalface.records.models import OutgoingMessage, Remark
from coalface.worker.actions import retry_message, send_messages
from tests.measure import met
from tests.people import NOW, Cast, client_for


class Mailbox(Message):
    """Keeps what arrives; refuses those it does not know."""

    def __init__(self) -> None:
        super().__init__()
        self.mails = []
        self.strangers = set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (its own name)
        if address in self.strangers:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message) -> None:
        self.mails.append(message)


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield box
    server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def offer_a_hand_over(cast: Cast) -> OutgoingMessage:
    encounter = plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=NOW,
        person=cast.olga,
        customers=[cast.petra],
        chosen_by="person",
        by=cast.olga,
        now=NOW,
    )
    meet.hold(encounter=encounter, by=cast.olga, now=NOW)
    remark = meet.note_remark(
        id="019570a0-0000-7000-8000-000000000001",
        encounter=encounter,
        kind="complaint",
        text="Nobody called me back.",
        customer=cast.petra,
        by=cast.olga,
        now=NOW,
    )
    meet.hand_over(remark=Remark.objects.get(pk=remark.pk), to=cast.sven, by=cast.olga, now=NOW)
    return OutgoingMessage.objects.get(person=cast.sven)


def test_a_message_arrives_once_with_its_own_id(cast: Cast, mailbox: Mailbox):
    message = offer_a_hand_over(cast)
    assert send_messages(now=NOW) == 1
    assert send_messages(now=NOW + timedelta(hours=1)) == 0
    [mail] = mailbox.mails
    assert mail["To"] == "sven@lindner.example"
    assert mail["Message-ID"] == f"<{message.key}@localhost>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"]


def test_the_weekly_mail_offers_one_click_out_in_either_language(cast: Cast, mailbox: Mailbox):
    cast.rolf.language = "de"
    cast.rolf.save()
    for person in (cast.olga, cast.rolf):
        met(cast, person, 12, [cast.petra])
    send_digests(now=NOW)
    assert send_messages(now=NOW) == 2
    english, german = sorted(mailbox.mails, key=lambda mail: mail["To"])
    assert (english["To"], german["To"]) == ("olga@lindner.example", "rolf@lindner.example")
    assert "Last customer met: 12 days ago, in conversation." in text_of(english)
    assert "Letzte Begegnung: vor 12 Tagen, im Gespräch." in text_of(german)
    assert english["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [way_out] = re.findall(r"^<http://localhost:8000(/c/stop/\S+/)>$", english["List-Unsubscribe"].strip())
    assert f"http://localhost:8000{way_out}" in text_of(english)
    assert (
        Client(enforce_csrf_checks=True).post(way_out, {"List-Unsubscribe": "One-Click"}).status_code == 200
    )
    send_digests(now=NOW + timedelta(days=7))
    assert send_messages(now=NOW + timedelta(days=7)) == 1
    assert mailbox.mails[-1]["To"] == "rolf@lindner.example"


def test_other_mails_offer_no_such_click(cast: Cast, mailbox: Mailbox):
    offer_a_hand_over(cast)
    send_messages(now=NOW)
    assert mailbox.mails[0]["List-Unsubscribe"] is None


def text_of(mail) -> str:
    """The words of a mail, decoded."""
    return mail.get_payload(decode=True).decode()


def test_without_a_server_it_waits_and_goes_later(cast: Cast, settings):
    offer_a_hand_over(cast)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    assert send_messages(now=NOW) == 0
    waiting = OutgoingMessage.objects.get()
    assert (waiting.tries, waiting.error, waiting.due_at) == (
        1,
        "ConnectionRefusedError",
        NOW + timedelta(minutes=2),
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_messages(now=NOW + timedelta(minutes=3)) == 1


def test_whom_the_server_refuses_is_shown_to_a_person_at_once(cast: Cast, mailbox: Mailbox):
    offer_a_hand_over(cast)
    mailbox.strangers = {"sven@lindner.example"}
    assert send_messages(now=NOW) == 0
    refused = OutgoingMessage.objects.get()
    assert (refused.gave_up_at, refused.error) == (NOW, "SMTPRecipientsRefused")
    assert "SMTPRecipientsRefused" in client_for(cast.ada).get("/worker/").content.decode()
    mailbox.strangers = set()
    retry_message(message=refused, by=cast.ada, now=NOW)
    assert send_messages(now=NOW) == 1


def test_a_name_that_no_header_can_hold_stops_nobody_elses_mail(cast: Cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    broken = offer_a_hand_over(cast)
    cast.olga.name = "Olga\rBcc: everybody@lindner.example"
    cast.olga.save()
    fine = OutgoingMessage.objects.create(
        key="later", template="meet/hand_over", person=cast.mina, about=broken.about, due_at=NOW
    )
    OutgoingMessage.objects.filter(pk=fine.pk).update(template="account/nothing_here")
    assert send_messages(now=NOW) == 0
    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.gave_up_at, broken.error) == (NOW, "bad_header")
    assert fine.error == "no_template"

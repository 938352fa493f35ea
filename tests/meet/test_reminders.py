"""The link in a reminder by which it comes no more: one click, or a page with one button."""

import pytest
from django.core import mail
from django.test import Client

from coalface.meet.actions import remind_to_note
from coalface.meet.queries import no_reminders_address
from coalface.records.models import MailStop, OutgoingMessage
from coalface.worker.actions import send_messages
from tests.meet import held, kinds
from tests.meet.test_replies import AT_NIGHT
from tests.people import Cast

TWO_DAYS_ON = AT_NIGHT.replace(day=AT_NIGHT.day + 2)


@pytest.fixture
def address(cast: Cast) -> str:
    """The way out of Olga's reminder."""
    return no_reminders_address(held(cast).attendances.get())


def test_the_mail_says_how_and_its_headers_too(cast: Cast, address: str):
    assert (remind_to_note(now=AT_NIGHT), send_messages(now=TWO_DAYS_ON)) == (1, 1)
    (sent,) = mail.outbox
    assert sent.body.strip().endswith(address)
    assert sent.extra_headers["List-Unsubscribe"].endswith(f"{address}>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_without_a_cookie_and_not_even_the_waiting_one_leaves(cast: Cast, address: str):
    remind_to_note(now=AT_NIGHT)
    program = Client(enforce_csrf_checks=True)
    for _press in range(2):
        answer = program.post(address, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies) == (200, {})
    assert (send_messages(now=TWO_DAYS_ON), mail.outbox) == (0, [])
    held(cast)
    assert remind_to_note(now=AT_NIGHT) == 0
    assert (OutgoingMessage.objects.failed().count(), MailStop.objects.count()) == (0, 1)
    assert kinds(cast.olga)[-1] == "reminders.stopped"


def test_looking_stops_nothing_and_it_can_be_taken_up_again(cast: Cast, address: str):
    browser = Client()
    assert "Stop the reminders?" in browser.get(address).content.decode()
    assert not MailStop.objects.exists()
    assert "No reminders any more" in browser.post(address).content.decode()
    for _press in range(2):
        assert "Stop the reminders?" in browser.post(address, {"again": "yes"}).content.decode()
    assert not MailStop.objects.in_force().exists()
    assert remind_to_note(now=AT_NIGHT) == 1


@pytest.mark.parametrize("token", ["forged", "1.forged", "999"])
def test_a_link_that_was_not_made_here(cast: Cast, token: str):
    assert Client().post(f"/c/no-reminders/{token}/").status_code == 404
    assert not MailStop.objects.exists()


def test_the_page_speaks_the_language_of_its_reader(cast: Cast, address: str):
    type(cast.olga).objects.filter(pk=cast.olga.pk).update(language="de")
    assert '<html lang="de">' in Client().get(address).content.decode()

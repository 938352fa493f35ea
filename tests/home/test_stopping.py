"""The link in a weekly mail that stops it: one click of a mail program, or a page with one button."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coalface.home.actions import send_digests
from coalface.home.queries.mailing import is_stopped, stop_address
from coalface.records.models import Digest, MailStop
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(cast):
    """The way out of Olga's mail."""
    send_digests(now=NOW)
    return stop_address(Digest.objects.get(person=cast.olga))


def test_one_click_of_a_mail_program_without_a_cookie(cast, address):
    program = Client(enforce_csrf_checks=True)
    for _press in range(2):
        answer = program.post(address, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies) == (200, {})
    assert is_stopped(cast.olga)
    assert MailStop.objects.count() == 1


def test_looking_at_the_page_stops_nothing(cast, address):
    assert "Stop the weekly mail?" in Client().get(address).content.decode()
    assert not is_stopped(cast.olga)


def test_a_person_stops_it_and_takes_it_up_again(cast, address):
    browser = Client()
    assert "Send it again" in browser.post(address).content.decode()
    assert "Send it again" in browser.get(address).content.decode()
    assert "The weekly mail comes again" in browser.post(address, {"again": "yes"}).content.decode()
    assert not is_stopped(cast.olga)


def test_the_page_speaks_the_language_of_its_reader(cast, address):
    cast.olga.language = "de"
    cast.olga.save()
    assert '<html lang="de">' in Client().get(address).content.decode()
    cast.olga.language = "rm"
    cast.olga.save()
    assert '<html lang="en">' in Client().get(address).content.decode()


@pytest.mark.parametrize("token", ["forged", "1.forged", "999"])
def test_a_link_that_was_not_made_here(cast, address, token):
    for answer in (Client().get(f"/c/stop/{token}/"), Client().post(f"/c/stop/{token}/")):
        assert answer.status_code == 404
        assert "This link is not complete" in answer.content.decode()
    assert not MailStop.objects.exists()


def test_a_link_whose_mail_is_gone_or_very_old(cast, address):
    Digest.objects.update(made_at=timezone.now() - timedelta(days=731))
    assert Client().post(address).status_code == 410
    assert "This link is too old" in Client().get(address).content.decode()
    Digest.objects.all().delete()
    assert Client().post(address).status_code == 404

"""A customer without account, JavaScript and cookies says it, looks it up, adds to it, takes it back."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from coalface.hear.actions import open_place
from coalface.hear.queries import heard
from coalface.permissions import Right, rights_of
from coalface.records.models import Mention, Receipt
from coalface.worker.actions import drain, send_messages
from tests.journeys.conftest import Clock
from tests.journeys.reading import Page, Reader
from tests.people import Cast
from tests.understand import issue_of

WORDS = "The till was closed and the line was long."


def numbers_on(page: Page) -> dict[str, str]:
    """Number and secret as somebody copies them by hand."""
    number = re.search(r"Number (\d{3} \d{3} \d{3})", page.words)
    secret = re.search(r"Secret ([A-Z2-9]{4} [A-Z2-9]{4} [A-Z2-9]{4})", page.words)
    return {"number": number[1], "secret": secret[1].lower()}


def looked_up(customer: Reader, numbers: dict[str, str]) -> Page:
    page = customer.open(reverse("say:look"))
    return customer.send(page, reverse("say:look"), **numbers)


def in_the_inbox(cast: Cast, clock: Clock) -> list[str]:
    within = rights_of(cast.olga, clock.now).within(Right.SEE_FEEDBACK)
    return [row.verbatim.text for row in heard(within=within)]


def test_what_somebody_says_at_a_poster_is_answered_and_can_be_taken_back(cast: Cast, clock: Clock):
    issue_of(cast, "Tills are closed at noon", "till was closed")
    place = open_place(unit=cast.north, name="At the till", by=cast.mina, now=clock.now, code="k7mqp2")
    customer = Reader()
    page = customer.open("/c/say/K7MQP2/")
    assert page.says("What would you like to tell us?", "At the till", "Without an account")
    page = customer.send(page, "", kind="complaint", text=WORDS)
    assert page.says("Thank you. It has arrived.")
    assert not customer.client.cookies
    numbers = numbers_on(page)
    page = customer.send(page, f"{reverse('say:answer_me')}?in=en", email="somebody@home.example")
    assert page.says("We will answer to somebody@home.example.")
    assert in_the_inbox(cast, clock) == [WORDS]
    assert Receipt.objects.get().place == place

    assert looked_up(customer, numbers).says(WORDS, "Somebody will read it")
    drain(now=clock.wait(hours=1))
    page = looked_up(customer, numbers)
    assert page.says("sorted to what others say, too: Tills are closed at noon", "Nobody has taken it on yet")
    page = customer.send(page, f"{reverse('say:add')}?in=en", text="On Friday, too.")
    assert page.says("Added.", "On Friday, too.")

    olga = Reader(cast.olga)
    inside = reverse("hear:feedback", args=[Receipt.objects.get().feedback_id])
    page = olga.open(inside)
    assert page.says(WORDS, "On Friday, too.", "They left an address")
    page = olga.send(page, f"{inside}answer/", text="From Monday on a second till is open.")
    assert page.says("Olga Lindner answered on")
    send_messages(now=clock.wait(hours=1))
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["somebody@home.example"], "Our answer to you")
    assert "From Monday on a second till is open." in letter.body
    page = looked_up(customer, numbers)
    assert page.says("Olga Lindner answered", "From Monday on a second till is open.")

    page = customer.send(page, f"{reverse('say:take_back')}?in=en")
    assert page.says("Taken back. It counts no more.")
    drain(now=clock.wait(hours=1))
    assert in_the_inbox(cast, clock) == []
    assert not Mention.objects.exists()
    assert Receipt.objects.get().email == ""
    page = customer.send(page, f"{reverse('say:forget')}?in=en")
    assert page.says("Your words will be erased by April 1, 2026 at the latest.")


def test_who_comes_with_another_secret_sees_nothing(cast: Cast, clock: Clock):
    customer = Reader()
    page = customer.send(customer.open(reverse("say:say")), "", kind="idea", text="A bench at the door.")
    numbers = numbers_on(page)
    wrong = looked_up(customer, numbers | {"secret": "AAAA BBBB CCCC"})
    assert wrong.says("Number and secret do not fit together")
    assert not wrong.says("A bench")
    for _ in range(20):
        wrong = looked_up(customer, numbers | {"secret": "AAAA BBBB CCCC"})
    assert (wrong.status, wrong.says("This was tried very often just now")) == (429, True)
    assert not looked_up(customer, numbers).says("A bench at the door.")
    clock.wait(minutes=11)
    assert looked_up(customer, numbers).says("A bench at the door.")


@pytest.mark.parametrize("language", ["fr", "es", "nl", "pl"])
def test_a_browser_that_speaks_another_language_is_answered_in_it(cast: Cast, language: str):
    customer = Reader()
    page = customer.client.get(reverse("say:say"), headers={"accept-language": f"{language}-CH, en;q=0.5"})
    assert f'<html lang="{language}">' in page.content.decode()
    assert "What would you like to tell us?" not in page.content.decode()
    page = customer.client.get(f"{reverse('say:say')}?in=en", headers={"accept-language": language})
    assert "What would you like to tell us?" in page.content.decode()

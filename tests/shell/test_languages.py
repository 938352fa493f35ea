"""Which language a page for customers speaks."""

import pytest
from django.test import RequestFactory

from coalface.shell.languages import chosen, in_their_words


@pytest.mark.parametrize(
    ("header", "asked", "found"),
    [
        ("fr-CH, fr;q=0.9, en;q=0.8", "", "fr"),
        ("it-CH, pl;q=0.5", "", "pl"),
        ("it, rm", "", ""),
        ("", "", ""),
        ("fr", "?in=nl", "nl"),
        ("fr", "?in=tlh", "fr"),
    ],
)
def test_the_address_first_and_then_the_browser(header: str, asked: str, found: str):
    request = RequestFactory().get(f"/c/say/{asked}", headers={"accept-language": header})
    assert chosen(request) == found


def test_what_somebody_chose_stays_in_the_address():
    factory = RequestFactory()
    assert in_their_words(factory.get("/c/say/?in=pl"), "/c/say/look/") == "/c/say/look/?in=pl"
    assert in_their_words(factory.get("/c/say/?in=%22%3E"), "/c/say/look/") == "/c/say/look/"

"""Words come from catalogues: plurals are right, and the pseudo-locale finds what is not translatable."""

import calendar
import re

import pytest
from django.test import Client

from coalface.records.history import note
from coalface.records.models import Customer, Format, Person, Unit
from coalface.worker.actions import expand
from tests.people import NOW, Cast, client_for

PSEUDO = "en-xa"
NO_WORDS = re.compile(r"<head>.*?</head>|<(script|style|svg)\b.*?</\1>|<[^>]+>|&\w+;|&#x?\w+;", re.S)
TRANSLATED = re.compile(r"⟦.*?⟧", re.S)
DATES = {*calendar.day_name, *calendar.month_name}  # Django's own words


@pytest.mark.parametrize(
    ("waiting", "sentence"),
    [
        (0, "0 more wait for their turn."),
        (1, "1 more waits for its turn."),
        (2, "2 more wait for their turn."),
    ],
)
def test_one_and_many_are_told_apart(cast: Cast, waiting: int, sentence: str):
    expand(now=NOW)
    for _ in range(waiting):
        note("bell.rung", about=cast.root, by=None, at=NOW)
    expand(now=NOW, reactions={"bell.rung": {"tests.answer": print}})
    assert sentence in client_for(cast.ada).get("/worker/").content.decode()


def test_a_german_browser_reads_german(client: Client, db: None):
    page = client.get("/accounts/login/", headers={"accept-language": "de"})
    assert page["Content-Language"] == "de"
    assert "Anmelden" in page.content.decode()


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text))


def left_in_english(page: str) -> set[str]:
    return words_in(TRANSLATED.sub(" ", NO_WORDS.sub(" ", page))) - DATES - {"Coalface"}


def names() -> set[str]:
    """What people wrote themselves: names of people, customers, places, formats and segments."""
    named = [str(row) for model in (Person, Customer, Unit, Format) for row in model.objects.all()]
    return words_in(" ".join([*named, *Customer.objects.values_list("segment", flat=True)]))


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/meet/",
        "/people/",
        "/customers/",
        "/plan/",
        "/programme/",
        "/act/",
        "/verify/",
        "/worker/",
        "/understand/",
        "/hear/",
        "/hear/research/",
        "/import/",
        "/meet/thank/",
        "/people/tokens/",
        "/customers/duplicates/",
        "/customers/wishes/",
        "/search/",
    ],
)
def test_the_pseudo_locale_finds_nothing_untranslatable(cast: Cast, settings, address: str):
    settings.LANGUAGES = [*settings.LANGUAGES, (PSEUDO, "Pseudo")]
    page = client_for(cast.mina).get(address, headers={"accept-language": PSEUDO})
    assert page["Content-Language"] == PSEUDO
    assert left_in_english(page.content.decode()) - names() == set()


def test_what_nobody_made_translatable_is_found():
    assert left_in_english("<p>⟦Mÿ wéék··⟧ and <b class='x'>⟦ñö⟧</b> Monday</p>") == {"and"}

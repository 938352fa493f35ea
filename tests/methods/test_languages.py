"""Which language a text is in; nothing rather than a guess."""

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalface.methods.languages import COMMON, Language, detect

pytest.importorskip("lingua", reason="the extra `text` is not installed")
UNKNOWN = Language("", 0.0)


def codes(*texts, among=COMMON):
    return [found.code for found in detect(texts, among)]


def test_the_languages_of_our_customers_are_told_apart():
    assert codes(
        "The branch was lovely but the app crashed twice",
        "Die Beraterin war super, aber die App ist eine Katastrophe",
        "Accueil parfait, par contre les frais sont indécents",
        "La tarjeta no funciona desde ayer por la mañana",
        "De kaart werkt niet en niemand neemt de telefoon op",
        "Karta nie działa i nikt nie odbiera telefonu",
        "La carta non funziona e nessuno risponde",
        "O cartão não funciona e ninguém atende",
    ) == ["en", "de", "fr", "es", "nl", "pl", "it", "pt"]


def test_dialects_count_as_their_language():
    assert codes("D Wartezyt isch viel z lang gsi", "Mei Kartn geht ned") == ["de", "de"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "ok",
        "12345 67,50",
        "😡😡👍",
        "\u200b\u200d\ufeff",
        "https://example.org/the/and/of",
        "anna.roth@example.org",
        "x" * 1_000_000,
        "\ud800\udfff",
    ],
)
def test_what_says_too_little_is_unknown(text):
    assert detect([text]) == [UNKNOWN]


@pytest.mark.parametrize(
    "text",
    [
        "Kartım çalışmıyor ve kimse telefona bakmıyor",
        "Kortet fungerar inte och ingen svarar",
        "Cardul meu nu funcționează de ieri",
        "Karta nefunguje a nikdo nezvedá telefon",
        "A kártyám nem működik, és senki sem veszi fel a telefont",
        "التطبيق لا يعمل ولا أحد يجيب",
        "アプリが動きません。誰も電話に出ません。",
        "Приложение не работает",
        "Η εφαρμογή δεν λειτουργεί",
    ],
)
def test_a_language_nobody_configured_is_unknown(text):
    assert detect([text]) == [UNKNOWN]


def test_a_text_that_begins_in_one_language_and_ends_in_another_is_unknown():
    assert codes("The app crashed yesterday. Heute geht gar nichts mehr, auch die Karte nicht.") == [""]


def test_a_text_in_two_scripts_is_unknown():
    assert [one.code for one in detect(["很好 very good staff", "Привет great app"])] == ["", ""]


SHORT = {
    "en": ["TOO SLOW AND TOO EXPENSIVE", "my card was blocked", "flight was late again"],
    "de": ["DIE APP STUERZT STAENDIG AB", "warum geht keiner ran", "der bus kommt nie"],
    "fr": ["la chambre etait sale", "PLUS JAMAIS CHEZ VOUS", "le personnel est tres gentil"],
    "": ["ok super top", "WLAN Hotel App", "super service merci danke"],
}


def test_short_texts_in_capitals_or_without_accents_are_told_rightly_or_not_at_all():
    found = {code: {one.code for one in detect(texts)} for code, texts in SHORT.items()}
    assert {code: codes - {""} for code, codes in found.items()} == {code: {code} - {""} for code in SHORT}


def test_another_choice_of_languages_is_kept_to():
    turkish, german = "Kartım çalışmıyor ve kimse telefona bakmıyor", "Die Karte wurde gesperrt"
    assert codes(turkish, german, among=("tr", "en")) == ["tr", ""]
    assert codes(german, turkish, among=("de-CH", "xx")) == ["de", ""]
    assert codes(german, among=()) == [""]


def test_marks_and_what_nobody_sees_change_nothing():
    plain, dressed = (
        "Die Karte wurde gestern gesperrt",
        "<p>Die <b>Kar\u00adte</b>\u200b wurde gestern gesperrt</p>",
    )
    assert detect([plain]) == detect([dressed])
    assert codes("Die Ko\u0308chin ha\u0308tte gern die scho\u0308ne Karte zuru\u0308ck") == ["de"]


@given(st.text(max_size=60))
def test_no_text_raises(text):
    [found] = detect([text])
    assert found == UNKNOWN or (found.code in COMMON and 0.8 <= found.confidence <= 1)


def test_two_thousand_texts_take_about_a_second():
    began = time.thread_time()
    detect(["Die Beraterin war sehr freundlich, aber die App stürzt seit gestern dauernd ab."] * 2_000)
    assert time.thread_time() - began < 5


def test_without_its_library_everything_is_unknown(monkeypatch):
    monkeypatch.setitem(sys.modules, "lingua", None)
    assert detect(["Die Karte wurde gesperrt"]) == [UNKNOWN]

"""The compiled catalogues say what their sources say."""

import gettext
import subprocess
from pathlib import Path

import polib
import pytest
from scripts.translations import PUBLIC, public_words

from coalface import settings
from tests.house.rules.source import PACKAGE

CATALOGUES = sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po"))


def compiled(catalogue: Path) -> dict:
    """What a compiled catalogue holds, whichever version of gettext wrote it."""
    with catalogue.open("rb") as file:
        return gettext.GNUTranslations(file)._catalog


def stale(source: Path, fresh: Path) -> bool:
    """Whether the compiled catalogue beside a source differs from what the source compiles to."""
    subprocess.run(["msgfmt", "--check", "-o", fresh, source], check=True, capture_output=True)
    beside = source.with_suffix(".mo")
    return not beside.exists() or compiled(beside) != compiled(fresh)


@pytest.mark.parametrize("source", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_compiled_translation_is_fresh(source: Path, tmp_path: Path):
    assert not stale(source, tmp_path / "fresh.mo"), (
        f"run django-admin compilemessages: {source.name} is newer"
    )


def test_a_stale_translation_is_found(tmp_path: Path):
    source = tmp_path / "django.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    source.write_text(head + 'msgid "fix"\nmsgstr "Abhilfe"\n')
    assert stale(source, tmp_path / "fresh.mo")
    subprocess.run(["msgfmt", "-o", source.with_suffix(".mo"), source], check=True)
    assert not stale(source, tmp_path / "fresh.mo")
    source.write_text(head + 'msgid "fix"\nmsgstr "Lösung"\n')
    assert stale(source, tmp_path / "fresh.mo")


def words_in(catalogue: polib.POFile) -> set[tuple[str | None, str]]:
    return {(entry.msgctxt, entry.msgid) for entry in catalogue}


def untranslated(catalogue: polib.POFile) -> list[str]:
    """What a customer would read in English; a form of plural that is missing counts, too."""
    forms = int(catalogue.metadata["Plural-Forms"].split("nplurals=")[1][0])
    left = [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()]
    plurals = [entry for entry in catalogue if entry.msgid_plural]
    return left + [
        entry.msgid for entry in plurals if len(list(filter(None, entry.msgstr_plural.values()))) < forms
    ]


@pytest.fixture(scope="module")
def read_by_customers() -> set[tuple[str | None, str]]:
    return words_in(public_words())


def test_customers_are_spoken_to_in_six_languages():
    assert ["en", "de", *PUBLIC] == settings.PUBLIC_LANGUAGES


@pytest.mark.parametrize("language", PUBLIC)
def test_everything_customers_read_is_there_in_their_language(language: str, read_by_customers: set):
    catalogue = polib.pofile(str(PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"))
    assert words_in(catalogue) == read_by_customers, "run scripts/translations.py"
    assert untranslated(catalogue) == []


def test_a_missing_form_of_plural_is_found():
    catalogue = polib.POFile()
    catalogue.metadata = {"Plural-Forms": PUBLIC["pl"]}
    two_of_three = {0: "sekunda", 1: "sekundy"}
    catalogue.append(polib.POEntry(msgid="second", msgid_plural="seconds", msgstr_plural=two_of_three))
    assert untranslated(catalogue) == ["second"]


def test_words_in_a_template_and_in_a_form_are_found(tmp_path: Path):
    page = tmp_path / "hear" / "templates" / "hear" / "say" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text('{% load i18n %}{% translate "Tell us" context "poster" %}{# no words #}')
    (tmp_path / "hear" / "views").mkdir()
    (tmp_path / "hear" / "views" / "saying.py").write_text('_("Thank you")')
    assert words_in(public_words(tmp_path)) == {("poster", "Tell us"), (None, "Thank you")}

"""The compiled catalogues say what their sources say."""

import gettext
import subprocess
from pathlib import Path

import pytest

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

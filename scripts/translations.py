"""Collects every translatable string, keeps the German catalogue, writes the pseudo-locale, compiles both.

Run it with the environment's Python after changing words: `.venv/bin/python scripts/translations.py`.
"""

import os
import re
import sys
from pathlib import Path

import django
import polib
from django.conf import settings
from django.core.management import call_command

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "coalface"
PSEUDO = "en_XA"
ACCENTED = str.maketrans("aeiouyAEIOUYcnszCNSZ", "àéîöûÿÀÉÎÖÛŸçñšžÇÑŠŽ")
# what must survive: %(name)s, {name}, tags, entities, and strftime-like parts
KEPT = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{[^}]*\}|<[^>]+>|&\w+;")


def pseudo(words: str) -> str:
    """The words accented and a third longer between marks, so that what nobody translates stands out."""
    if not words.strip():
        return words
    parts = KEPT.split(words)
    kept = [*KEPT.findall(words), ""]
    accented = "".join(part.translate(ACCENTED) + keep for part, keep in zip(parts, kept, strict=True))
    head, tail = ("\n" * words.startswith("\n")), ("\n" * words.endswith("\n"))
    return f"{head}⟦{accented.strip(chr(10))}{'·' * (len(words) // 3)}⟧{tail}"


def fill_pseudo_locale(path: Path) -> None:
    """Give every string of the catalogue its pseudo translation."""
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        if entry.msgid_plural:
            entry.msgstr_plural = {0: pseudo(entry.msgid), 1: pseudo(entry.msgid_plural)}
        else:
            entry.msgstr = pseudo(entry.msgid)
    keep(catalogue, PSEUDO)


def merge(path: Path, further: list[Path]) -> None:
    """Take over translations of other catalogues where this one has none."""
    others = [entry for file in further for entry in polib.pofile(str(file)) if entry.translated()]
    known = {(entry.msgctxt, entry.msgid): entry for entry in others}
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        other = known.get((entry.msgctxt, entry.msgid))
        if other and (not entry.translated() or entry.fuzzy):
            entry.msgstr, entry.msgstr_plural = other.msgstr, other.msgstr_plural
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    keep(catalogue, "de")


def keep(catalogue: polib.POFile, language: str) -> None:
    """Save a catalogue under a head that does not change from day to day."""
    catalogue.header = f"Coalface in {language}."
    catalogue.metadata_is_fuzzy = False
    catalogue.metadata = {
        "Project-Id-Version": "coalface",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    catalogue.save()


def main() -> None:
    """Collect, merge catalogues named on the command line into the German one, fill, compile."""
    if not settings.configured:
        settings.configure(USE_I18N=True, LOCALE_PATHS=[PACKAGE / "locale"])
    django.setup()
    os.chdir(PACKAGE)
    (PACKAGE / "locale").mkdir(exist_ok=True)
    call_command("makemessages", locale=["de", PSEUDO], no_location=True, no_wrap=True, verbosity=0)
    german = PACKAGE / "locale" / "de" / "LC_MESSAGES" / "django.po"
    merge(german, [Path(further) for further in sys.argv[1:]])
    fill_pseudo_locale(PACKAGE / "locale" / PSEUDO / "LC_MESSAGES" / "django.po")
    call_command("compilemessages", locale=["de", PSEUDO], verbosity=0)
    done = polib.pofile(str(german))
    print(f"German: {len(done.translated_entries())} of {len(done)} strings.")


if __name__ == "__main__":
    main()

"""Collects every translatable string, keeps the catalogues, writes the pseudo-locale, compiles all.

Inside pages are there in English and German; what customers read is there in four languages more, and only
that is collected into their catalogues.

Run it with the environment's Python after changing words: `.venv/bin/python scripts/translations.py`.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from django.conf import settings
from django.core.management import call_command
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "coalface"
PSEUDO = "en_XA"
# How each of the languages counts (gettext's formula); Polish has three forms.
TWO_FORMS = "nplurals=2; plural=(n != 1);"
PUBLIC = {
    "fr": "nplurals=2; plural=(n > 1);",
    "es": TWO_FORMS,
    "nl": TWO_FORMS,
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
# What customers read: pages under /c/, the poster that leads there, and mails to them.
READ_BY_CUSTOMERS = (
    "act/templates/act/heard/heard.html",
    "act/templates/act/heard/no_news*.html",
    "act/templates/act/heard/poster.html",
    "act/templates/act/mail/told_customer.txt",
    "hear/forms/saying.py",
    "hear/templates/hear/mail/answer.txt",
    "hear/templates/hear/poster.html",
    "hear/templates/hear/say/*.html",
    "hear/views/receipts.py",
    "hear/views/saying.py",
    "meet/forms/coming.py",
    "meet/forms/questions.py",
    "meet/templates/meet/ask.html",
    "meet/templates/meet/ask_gone.html",
    "meet/templates/meet/come/*.html",
    "meet/templates/meet/heard.html",
    "meet/templates/meet/heard_gone.html",
    "meet/templates/meet/mail/come*.txt",
    "meet/templates/meet/mail/heard.txt",
    "meet/views/coming.py",
    "meet/views/questions.py",
    "shell/templates/shell/components/languages.html",
    "shell/templates/shell/components/optional.html",
    "shell/templates/shell/customer.html",
    "shell/templates/shell/link_gone.html",
    "verify/templates/verify/better.html",
    "verify/templates/verify/better_gone.html",
    "verify/templates/verify/mail/better.txt",
)
KEYWORDS = (
    "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2", "npgettext:1c,2,3",
    "npgettext_lazy:1c,2,3",
)  # fmt: skip
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


def public_words(package: Path = PACKAGE) -> polib.POFile:
    """Every string of the pages, posters and mails that customers read."""
    with tempfile.TemporaryDirectory() as folder:
        sources = [str(path) for path in _as_python(package, Path(folder))]
        keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
        command = ["xgettext", "-L", "Python", "--from-code=UTF-8", "--no-location", "--no-wrap", "-o", "-"]
        read = subprocess.run([*command, *keywords, *sources], capture_output=True, text=True, check=True)
    return polib.pofile(read.stdout.replace("charset=CHARSET", "charset=UTF-8"))


def _as_python(package: Path, folder: Path) -> Iterator[Path]:
    """The files customers read, those that are templates as Python that says the same words."""
    for pattern in READ_BY_CUSTOMERS:
        for path in sorted(package.glob(pattern)):
            text = path.read_text(encoding="utf-8")
            copy = folder / f"{path.relative_to(package).as_posix().replace('/', '-')}.py"
            copy.write_text(text if path.suffix == ".py" else templatize(text), encoding="utf-8")
            yield copy


def keep_public(language: str) -> None:
    """Bring a public catalogue up to date: what is new waits to be translated, what is gone goes."""
    path = PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    held = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt, entry.msgid): entry for entry in held}
    catalogue = polib.POFile(wrapwidth=0)
    for entry in public_words():
        if there := known.get((entry.msgctxt, entry.msgid)):
            entry.msgstr, entry.msgstr_plural = there.msgstr, there.msgstr_plural
        catalogue.append(entry)
    catalogue.fpath = str(path)
    keep(catalogue, language, PUBLIC[language])
    print(f"{language}: {len(catalogue.translated_entries())} of {len(catalogue)} public strings.")


def keep(catalogue: polib.POFile, language: str, plural: str = TWO_FORMS) -> None:
    """Save a catalogue under a head that does not change from day to day."""
    catalogue.header = f"Coalface in {language}."
    catalogue.metadata_is_fuzzy = False
    catalogue.metadata = {
        "Project-Id-Version": "coalface",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural,
    }
    catalogue.save(catalogue.fpath)


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
    for language in PUBLIC:
        keep_public(language)
    call_command("compilemessages", locale=["de", PSEUDO, *PUBLIC], verbosity=0)
    done = polib.pofile(str(german))
    print(f"German: {len(done.translated_entries())} of {len(done)} strings.")


if __name__ == "__main__":
    main()

"""The names of the months in the languages that lists come in."""

from functools import cache
from typing import Final
from unicodedata import combining, normalize

LANGUAGES: Final = (
    "en",
    "de",
    "de_AT",
    "fr",
    "es",
    "nl",
    "pl",
    "it",
    "pt",
    "cs",
    "da",
    "sv",
    "nb",
)


def month_of(name: str) -> int:
    """The number of a month by its name or its beginning; 0 where there is none of that name."""
    return _names().get(_folded(name), 0)


def _folded(name: str) -> str:
    bare = "".join(letter for letter in normalize("NFKD", name.lower()) if not combining(letter))
    return bare.rstrip(".").replace("ł", "l")


@cache
def _names() -> dict[str, int]:
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for month, name in get_month_names(width, context, language).items():
                    names.setdefault(_folded(name), month)
    usual = {"sept": 9, "mrz": 3, "maerz": 3, "mrt": 3, "jaen": 1, "okt": 10, "dez": 12, "mai": 5}
    return usual | names

"""Yes and no in the languages that lists come in."""

from typing import Final

from .cells import NOTHING, Cell

YES: Final = frozenset(
    [
        "yes",
        "y",
        "true",
        "t",
        "1",
        "1.0",
        "x",
        "✓",
        "✔",
        "☑",
        "on",
        "ja",
        "j",
        "wahr",
        "richtig",
        "oui",
        "o",
        "vrai",
        "si",
        "sí",
        "s",
        "verdadero",
        "waar",
        "tak",
        "prawda",
        "vero",
        "sì",
        "sim",
    ]
)
NO: Final = frozenset(
    [
        "no",
        "n",
        "false",
        "f",
        "0",
        "0.0",
        "-",
        "–",
        "✗",
        "✘",
        "☐",
        "off",
        "nein",
        "falsch",
        "non",
        "faux",
        "falso",
        "nee",
        "onwaar",
        "nie",
        "fałsz",
        "nao",
        "não",
    ]
)


def yes_no(written: str) -> Cell:
    """True or False; an empty cell says neither."""
    bare = written.strip().lower().rstrip(".!")
    if not bare:
        return NOTHING
    if bare in YES:
        return Cell(True)
    return Cell(False) if bare in NO else Cell(reason="not_yes_or_no")

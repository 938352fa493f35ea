"""What a column of a file may mean."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a row can say: `of` is text, day, moment, number, money, email, phone, yes_no, choice, unit, person, customer or key."""

    name: str
    label: Any
    of: str = "text"
    required: bool = False
    called: tuple[str, ...] = ()
    help: Any = ""


def recognised(header, rows, fields):
    """Field name → column, by the names."""
    found = {}
    for field in fields:
        names = {each.casefold() for each in (field.name, *field.called)}
        column = next((each for each in header if each.strip().casefold() in names), None)
        if column and column not in found.values():
            found[field.name] = column
    return found

"""Which column is which field: by what it is called, in several languages, and by what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from .reading import Row


@dataclass(frozen=True, slots=True)
class Field:
    """Something a row can say: its name here, its words for people, and what its column may be called."""

    name: str
    label: str  # lazy
    of: str  # text, day, moment, number, money, email, phone, yes_no, choice, unit, person, customer, key
    required: bool = False
    called: tuple[str, ...] = ()
    help: str = ""


def recognised(header: Sequence[str], rows: Sequence[Row], fields: Sequence[Field]) -> dict[str, str]:
    """For each field that is sure its column; each column at most once."""
    return {}

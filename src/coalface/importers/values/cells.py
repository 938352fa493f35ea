"""What one cell came to: a value, or why not and how it could be mended."""

from dataclasses import dataclass
from typing import Any, Final
from unicodedata import category

# What a person can agree to, and what it does; the words for the page are beside the page.
MENDINGS: Final = (
    "swap_day_month",  # the date read in the other order
    "serial_date",  # the number as a spreadsheet counts days
    "swap_decimal_mark",  # the number read with the other mark
    "fix_email",  # the address without its slip
    "add_zero",  # the phone number with the zero a spreadsheet took
    "split_contact",  # an address and a phone number, each into its own field
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value; None with no reason is an empty cell.

    `gives` is what the mending would put in place: the field's own text under "", and under "email" or
    "phone" what belongs into such a field.
    """

    value: Any = None
    reason: str = ""
    mending: str = ""
    gives: tuple[tuple[str, str], ...] = ()


NOTHING: Final = Cell()


def text(written: str, *, most: int = 100_000) -> Cell:
    """Words as they are, without blanks around them; characters that no text holds are refused."""
    bare = written.strip()
    if not bare:
        return NOTHING
    if "\0" in bare:
        return Cell(reason="nul_byte")
    if not bare.isascii() and any(category(letter) == "Cs" for letter in bare):
        return Cell(reason="broken_character")
    if len(bare) > most:
        return Cell(reason="too_long")
    return Cell(bare)

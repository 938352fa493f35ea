"""What cells mean, decided by whole columns; a value or a code, and what a mending would give."""

from .answers import yes_no
from .cells import MENDINGS, NOTHING, Cell, text
from .contacts import email, name, phone, turned_round
from .dates import DateEvidence, Dates, dates_of
from .numbers import Money, NumberEvidence, Numbers, numbers_of

__all__ = (
    "MENDINGS",
    "NOTHING",
    "Cell",
    "DateEvidence",
    "Dates",
    "Money",
    "NumberEvidence",
    "Numbers",
    "dates_of",
    "email",
    "name",
    "numbers_of",
    "phone",
    "text",
    "turned_round",
    "yes_no",
)

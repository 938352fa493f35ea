"""Taking in what reaches us, giving receipts for it, and answering."""

from .in_bulk import insert, next_ids
from .taking_in import (
    BY_OURSELVES,
    MOST_ROWS,
    IdTaken,
    NewFeedback,
    NoWords,
    TakenIn,
    TooManyRows,
    report,
    report_beside,
    take_in,
)

__all__ = (
    "BY_OURSELVES",
    "MOST_ROWS",
    "IdTaken",
    "NewFeedback",
    "NoWords",
    "TakenIn",
    "TooManyRows",
    "insert",
    "next_ids",
    "report",
    "report_beside",
    "take_in",
)

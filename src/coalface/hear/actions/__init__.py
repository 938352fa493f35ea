"""Taking in what reaches us, giving receipts for it, answering, and what a study found out."""

from .in_bulk import insert, next_ids
from .research import (
    AlreadyBrought,
    AlreadyMarked,
    AlreadyWithdrawn,
    NewReport,
    bring_report,
    forget_report,
    mark,
    withdraw_finding,
)
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
    "AlreadyBrought",
    "AlreadyMarked",
    "AlreadyWithdrawn",
    "IdTaken",
    "NewFeedback",
    "NewReport",
    "NoWords",
    "TakenIn",
    "TooManyRows",
    "bring_report",
    "forget_report",
    "insert",
    "mark",
    "next_ids",
    "report",
    "report_beside",
    "take_in",
    "withdraw_finding",
)

"""Taking in what reaches us, giving receipts for it, answering, and what a study found out."""

from .in_bulk import insert, next_ids
from .places import NoName, change_place, close_place, open_again, open_place
from .praise import NotPraise, pass_praise, tell_a_department
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
from .saying import Said, Withdrawn, add_words, answer, ask_for_answer, say, withdraw
from .taking_in import (
    BY_OURSELVES,
    MOST_ROWS,
    OURS,
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
    "OURS",
    "AlreadyBrought",
    "AlreadyMarked",
    "AlreadyWithdrawn",
    "IdTaken",
    "NewFeedback",
    "NewReport",
    "NoName",
    "NoWords",
    "NotPraise",
    "Said",
    "TakenIn",
    "TooManyRows",
    "Withdrawn",
    "add_words",
    "answer",
    "ask_for_answer",
    "bring_report",
    "change_place",
    "close_place",
    "forget_report",
    "insert",
    "mark",
    "next_ids",
    "open_again",
    "open_place",
    "pass_praise",
    "report",
    "report_beside",
    "say",
    "take_in",
    "tell_a_department",
    "withdraw",
    "withdraw_finding",
)

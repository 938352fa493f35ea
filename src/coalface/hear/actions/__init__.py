"""Taking in what reaches us, giving receipts for it, and answering."""

from .places import NoName, change_place, close_place, open_again, open_place
from .praise import NotPraise, pass_praise, tell_a_department
from .saying import (
    Said,
    Withdrawn,
    add_words,
    answer,
    ask_for_answer,
    say,
    withdraw,
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
    "IdTaken",
    "NewFeedback",
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
    "change_place",
    "close_place",
    "open_again",
    "open_place",
    "pass_praise",
    "report",
    "report_beside",
    "say",
    "take_in",
    "tell_a_department",
    "withdraw",
)

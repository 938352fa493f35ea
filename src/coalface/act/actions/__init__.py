"""Changing something because customers asked."""

from .fixes import (
    AlreadyDeclined,
    AlreadyShipped,
    MergedIssue,
    NoEvaluationPlan,
    NoReason,
    NotAccepted,
    NotItsOwner,
    accept_fix,
    decline_fix,
    open_fix,
    ship,
)
from .leaving import hand_on_fixes
from .publishing import NotEnded, publish_change, withdraw_change
from .telling import (
    NOT_REACHED,
    NothingToTell,
    leave_out,
    send_news,
    send_what_lies,
    tell_customer,
    tell_those_who_raised_it,
    write_letter,
    write_letters,
)

__all__ = [
    "NOT_REACHED",
    "AlreadyDeclined",
    "AlreadyShipped",
    "MergedIssue",
    "NoEvaluationPlan",
    "NoReason",
    "NotAccepted",
    "NotEnded",
    "NotItsOwner",
    "NothingToTell",
    "accept_fix",
    "decline_fix",
    "hand_on_fixes",
    "leave_out",
    "open_fix",
    "publish_change",
    "send_news",
    "send_what_lies",
    "ship",
    "tell_customer",
    "tell_those_who_raised_it",
    "withdraw_change",
    "write_letter",
    "write_letters",
]

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
from .telling import NOT_REACHED, tell_customer, tell_those_who_raised_it

__all__ = [
    "NOT_REACHED",
    "AlreadyDeclined",
    "AlreadyShipped",
    "MergedIssue",
    "NoEvaluationPlan",
    "NoReason",
    "NotAccepted",
    "NotItsOwner",
    "accept_fix",
    "decline_fix",
    "hand_on_fixes",
    "open_fix",
    "ship",
    "tell_customer",
    "tell_those_who_raised_it",
]

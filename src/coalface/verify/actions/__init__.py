"""Registering how a fix will be judged, judging it, and asking those who raised it."""

from .amending import NoReasonForIt, NothingAmended, amend_plan
from .asking import AlreadyDecided, Asked, answer, ask_due, ask_those_who_raised_it
from .exposures import NewExposure, OverlappingExposure, record_exposures
from .judging import NotByCounts, NotByItsOwner, NotShipped, TooEarly, judge, judge_due
from .leaving import hand_on_judging
from .plans import BaselineNotOver, NoControl, NothingLeft, ask_customers_instead, register_plan
from .reopening import reopen, reopen_what_did_not_last

__all__ = (
    "AlreadyDecided",
    "Asked",
    "BaselineNotOver",
    "NewExposure",
    "NoControl",
    "NoReasonForIt",
    "NotByCounts",
    "NotByItsOwner",
    "NotShipped",
    "NothingAmended",
    "NothingLeft",
    "OverlappingExposure",
    "TooEarly",
    "amend_plan",
    "answer",
    "ask_customers_instead",
    "ask_due",
    "ask_those_who_raised_it",
    "hand_on_judging",
    "judge",
    "judge_due",
    "record_exposures",
    "register_plan",
    "reopen",
    "reopen_what_did_not_last",
)

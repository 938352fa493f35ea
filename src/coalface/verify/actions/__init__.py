"""Registering how a fix will be judged, judging it, and asking those who raised it."""

from .asking import AlreadyDecided, Asked, answer, ask_those_who_raised_it
from .exposures import NewExposure, OverlappingExposure, record_exposures
from .judging import NotByCounts, NotByItsOwner, NotShipped, TooEarly, judge, judge_due
from .leaving import hand_on_judging
from .plans import BaselineNotOver, NothingLeft, ask_customers_instead, register_plan

__all__ = (
    "AlreadyDecided",
    "Asked",
    "BaselineNotOver",
    "NewExposure",
    "NotByCounts",
    "NotByItsOwner",
    "NotShipped",
    "NothingLeft",
    "OverlappingExposure",
    "TooEarly",
    "answer",
    "ask_customers_instead",
    "ask_those_who_raised_it",
    "hand_on_judging",
    "judge",
    "judge_due",
    "record_exposures",
    "register_plan",
)

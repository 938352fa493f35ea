"""Pages of whether fixes worked, and the one on which a customer says so."""

from .amending import amend
from .better import better
from .exposures import exposures
from .plans import register, register_customers
from .reopening import reopen
from .verdicts import ask, index, judge, verdict

__all__ = [
    "amend",
    "ask",
    "better",
    "exposures",
    "index",
    "judge",
    "register",
    "register_customers",
    "reopen",
    "verdict",
]

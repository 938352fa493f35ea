"""Finding out what customers experience, and who of us knows it."""

from .having_read import say_read, take_back_reading
from .issues import (
    AlreadyConfirmed,
    CannotMerge,
    KeyTaken,
    NoTitle,
    UnderEvaluation,
    add_touchpoint,
    confirm_issue,
    merge,
    propose_issue,
)
from .mentions import AlreadySettled, NothingSeen, NotStanding, forget_withdrawn, mark_finding, see, settle
from .routes import BadPhrase, Merged, TooManyPhrases, set_route
from .sorting import sort_feedback, sort_remark, sort_unsure_again

__all__ = (
    "AlreadyConfirmed",
    "AlreadySettled",
    "BadPhrase",
    "CannotMerge",
    "KeyTaken",
    "Merged",
    "NoTitle",
    "NotStanding",
    "NothingSeen",
    "TooManyPhrases",
    "UnderEvaluation",
    "add_touchpoint",
    "confirm_issue",
    "forget_withdrawn",
    "mark_finding",
    "merge",
    "propose_issue",
    "say_read",
    "see",
    "set_route",
    "settle",
    "sort_feedback",
    "sort_remark",
    "sort_unsure_again",
    "take_back_reading",
)

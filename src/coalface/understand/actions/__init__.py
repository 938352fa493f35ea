"""Finding out what customers experience, and who of us knows it."""

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
from .reading import Mark, read_some
from .routes import BadPhrase, Merged, TooManyPhrases, set_route
from .sorting import sort_feedback, sort_remark, sort_unsure_again

__all__ = (
    "AlreadyConfirmed",
    "AlreadySettled",
    "BadPhrase",
    "CannotMerge",
    "KeyTaken",
    "Mark",
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
    "read_some",
    "see",
    "set_route",
    "settle",
    "sort_feedback",
    "sort_remark",
    "sort_unsure_again",
)

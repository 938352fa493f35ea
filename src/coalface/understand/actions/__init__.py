"""Finding out what customers experience, and who of us knows it."""

from .checking import check_sorting
from .deciding import AlreadySettled, NothingToUndo, NotStanding, settle, settle_as_new, unsettle
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
from .learning import keep_up, learn, sort_read
from .mentions import NothingSeen, forget_withdrawn, mark_finding, see
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
    "NothingToUndo",
    "TooManyPhrases",
    "UnderEvaluation",
    "add_touchpoint",
    "check_sorting",
    "confirm_issue",
    "forget_withdrawn",
    "keep_up",
    "learn",
    "mark_finding",
    "merge",
    "propose_issue",
    "see",
    "set_route",
    "settle",
    "settle_as_new",
    "sort_feedback",
    "sort_read",
    "sort_remark",
    "sort_unsure_again",
    "unsettle",
)

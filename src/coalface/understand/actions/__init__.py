"""Finding out what customers experience, and who of us knows it."""

from .competitors import (
    AlreadyNamed,
    NameTaken,
    NoName,
    NotLookedFor,
    add_competitor,
    change_competitor,
    end_competitor,
    hand_on_competitors,
    say_whom,
)
from .finding_competitors import find_competitors, look_for_competitor
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
    "AlreadyNamed",
    "AlreadySettled",
    "BadPhrase",
    "CannotMerge",
    "KeyTaken",
    "Merged",
    "NameTaken",
    "NoName",
    "NoTitle",
    "NotLookedFor",
    "NotStanding",
    "NothingSeen",
    "TooManyPhrases",
    "UnderEvaluation",
    "add_competitor",
    "add_touchpoint",
    "change_competitor",
    "confirm_issue",
    "end_competitor",
    "find_competitors",
    "forget_withdrawn",
    "hand_on_competitors",
    "look_for_competitor",
    "mark_finding",
    "merge",
    "propose_issue",
    "say_read",
    "say_whom",
    "see",
    "set_route",
    "settle",
    "sort_feedback",
    "sort_remark",
    "sort_unsure_again",
    "take_back_reading",
)

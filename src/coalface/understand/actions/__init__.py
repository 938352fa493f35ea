"""Finding out what customers experience, and who of us knows it."""

from .cohorts import DoesNotFit, NoCounts, correct_cohort, count_cohort, remove_cohort
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
from .journey import (
    AlreadyLinked,
    Circle,
    InUse,
    NoName,
    answer_for,
    change_touchpoint,
    connect,
    disconnect,
    move_touchpoint,
    reconnect,
    remove_touchpoint,
)
from .mentions import AlreadySettled, NothingSeen, NotStanding, forget_withdrawn, mark_finding, see, settle
from .moments import judge_touchpoints
from .routes import BadPhrase, Merged, TooManyPhrases, set_route
from .sorting import sort_feedback, sort_remark, sort_unsure_again

__all__ = (
    "AlreadyConfirmed",
    "AlreadyLinked",
    "AlreadySettled",
    "BadPhrase",
    "CannotMerge",
    "Circle",
    "DoesNotFit",
    "InUse",
    "KeyTaken",
    "Merged",
    "NoCounts",
    "NoName",
    "NoTitle",
    "NotStanding",
    "NothingSeen",
    "TooManyPhrases",
    "UnderEvaluation",
    "add_touchpoint",
    "answer_for",
    "change_touchpoint",
    "confirm_issue",
    "connect",
    "correct_cohort",
    "count_cohort",
    "disconnect",
    "forget_withdrawn",
    "judge_touchpoints",
    "mark_finding",
    "merge",
    "move_touchpoint",
    "propose_issue",
    "reconnect",
    "remove_cohort",
    "remove_touchpoint",
    "see",
    "set_route",
    "settle",
    "sort_feedback",
    "sort_remark",
    "sort_unsure_again",
)

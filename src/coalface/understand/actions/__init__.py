"""Finding out what customers experience, and who of us knows it."""

from .checking import check_sorting
from .cohorts import DoesNotFit, NoCounts, correct_cohort, count_cohort, remove_cohort
from .deciding import AlreadySettled, NothingToUndo, NotStanding, settle, settle_as_new, unsettle
from .discovering import AlreadyWanted, discover_weekly, search_soon, want_themes
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
from .learning import keep_up, learn, sort_read
from .mentions import NothingSeen, forget_withdrawn, mark_finding, see
from .moments import judge_touchpoints
from .reading import Mark, read_some
from .routes import BadPhrase, Merged, TooManyPhrases, set_route
from .sorting import sort_feedback, sort_remark, sort_unsure_again
from .themes import (
    AlreadyDecided,
    NothingToSplit,
    SameTheme,
    confirm_theme,
    decline_theme,
    join_issue,
    merge_themes,
    split_theme,
)
from .undoing import BuiltUpon, undo_last

__all__ = (
    "AlreadyConfirmed",
    "AlreadyDecided",
    "AlreadyLinked",
    "AlreadySettled",
    "AlreadyWanted",
    "BadPhrase",
    "BuiltUpon",
    "CannotMerge",
    "Circle",
    "DoesNotFit",
    "InUse",
    "KeyTaken",
    "Mark",
    "Merged",
    "NoCounts",
    "NoName",
    "NoTitle",
    "NotStanding",
    "NothingSeen",
    "NothingToSplit",
    "NothingToUndo",
    "SameTheme",
    "TooManyPhrases",
    "UnderEvaluation",
    "add_touchpoint",
    "answer_for",
    "change_touchpoint",
    "check_sorting",
    "confirm_issue",
    "confirm_theme",
    "connect",
    "correct_cohort",
    "count_cohort",
    "decline_theme",
    "disconnect",
    "discover_weekly",
    "forget_withdrawn",
    "join_issue",
    "judge_touchpoints",
    "keep_up",
    "learn",
    "mark_finding",
    "merge",
    "merge_themes",
    "move_touchpoint",
    "propose_issue",
    "read_some",
    "reconnect",
    "remove_cohort",
    "remove_touchpoint",
    "say_read",
    "search_soon",
    "see",
    "set_route",
    "settle",
    "settle_as_new",
    "sort_feedback",
    "sort_read",
    "sort_remark",
    "sort_unsure_again",
    "split_theme",
    "take_back_reading",
    "undo_last",
    "unsettle",
    "want_themes",
)

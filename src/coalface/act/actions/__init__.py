"""Changing something because customers asked."""

from .changing import DecisionWaits, change_fix, change_lane
from .decisions import (
    NoDecider,
    NothingToDecide,
    NotInTheFuture,
    NotTheirsToDecide,
    ask_for_decision,
    decide,
)
from .fixes import (
    MergedIssue,
    NeedsOthersFirst,
    NoEvaluationPlan,
    NotAccepted,
    NotDecided,
    Size,
    decline_fix,
    open_fix,
    ship,
)
from .leaving import hand_on_fixes
from .merging import CannotMergeFixes, InACircle, merge_fixes, set_needs
from .offers import (
    AlreadyAnswered,
    AlreadyOffered,
    AlreadyTheirs,
    HasLeft,
    NotAsked,
    accept_fix,
    expire_offers,
    offer_fix,
    return_fix,
    take_back,
)
from .standing import AlreadyDeclined, AlreadyMerged, AlreadyShipped, NoReason, NotItsOwner, WouldJudgeIt
from .telling import NOT_REACHED, tell_customer, tell_those_who_raised_it

__all__ = [
    "NOT_REACHED",
    "AlreadyAnswered",
    "AlreadyDeclined",
    "AlreadyMerged",
    "AlreadyOffered",
    "AlreadyShipped",
    "AlreadyTheirs",
    "CannotMergeFixes",
    "DecisionWaits",
    "HasLeft",
    "InACircle",
    "MergedIssue",
    "NeedsOthersFirst",
    "NoDecider",
    "NoEvaluationPlan",
    "NoReason",
    "NotAccepted",
    "NotAsked",
    "NotDecided",
    "NotInTheFuture",
    "NotItsOwner",
    "NotTheirsToDecide",
    "NothingToDecide",
    "Size",
    "WouldJudgeIt",
    "accept_fix",
    "ask_for_decision",
    "change_fix",
    "change_lane",
    "decide",
    "decline_fix",
    "expire_offers",
    "hand_on_fixes",
    "merge_fixes",
    "offer_fix",
    "open_fix",
    "return_fix",
    "set_needs",
    "ship",
    "take_back",
    "tell_customer",
    "tell_those_who_raised_it",
]

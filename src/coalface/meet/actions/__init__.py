"""Holding an encounter, writing down what was said, and answering for it."""

from .answers import (
    Finished,
    HasLeft,
    NoReason,
    ToOneself,
    decline,
    fix_now,
    hand_over,
    keep,
    mark_told,
    own,
    pass_on,
)
from .encounters import (
    AlreadyDecided,
    AlreadyFinished,
    IdTaken,
    NotHeld,
    StillOpen,
    WasHeld,
    call_off,
    drop_in,
    finish,
    hold,
)
from .hand_overs import AlreadyAnswered, NotYours, TakenBack, accept, give_back, return_unanswered
from .promises import AlreadySettled, InThePast, promise, settle_promise
from .remarks import NoWords, note_remark
from .thanks import NotThere, thank

__all__ = (
    "AlreadyAnswered",
    "AlreadyDecided",
    "AlreadyFinished",
    "AlreadySettled",
    "Finished",
    "HasLeft",
    "IdTaken",
    "InThePast",
    "NoReason",
    "NoWords",
    "NotHeld",
    "NotThere",
    "NotYours",
    "StillOpen",
    "TakenBack",
    "ToOneself",
    "WasHeld",
    "accept",
    "call_off",
    "decline",
    "drop_in",
    "finish",
    "fix_now",
    "give_back",
    "hand_over",
    "hold",
    "keep",
    "mark_told",
    "note_remark",
    "own",
    "pass_on",
    "promise",
    "return_unanswered",
    "settle_promise",
    "thank",
)

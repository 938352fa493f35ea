"""Holding an encounter, writing down what was said, and answering for it."""

from .answers import (
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
from .asking import answer_about_us, ask_guests
from .attendances import CalledOff, HasWritten, NobodyLeft, take_no_part, take_part
from .encounters import (
    AlreadyDecided,
    AlreadyFinished,
    Finished,
    HasLeft,
    IdTaken,
    NotHeld,
    NotReady,
    StillOpen,
    WasHeld,
    call_off,
    drop_in,
    finish,
    hold,
)
from .hand_overs import AlreadyAnswered, NotYours, TakenBack, accept, give_back, return_unanswered
from .onlookers import AlreadySaid, say_onlookers
from .promises import AlreadySettled, InThePast, promise, settle_promise
from .reflections import NotTheirs, keep_to_oneself, reflect, share_reflection
from .remarks import NoWords, note_remark, say_kind
from .thanks import NotThere, thank

__all__ = (
    "AlreadyAnswered",
    "AlreadyDecided",
    "AlreadyFinished",
    "AlreadySaid",
    "AlreadySettled",
    "CalledOff",
    "Finished",
    "HasLeft",
    "HasWritten",
    "IdTaken",
    "InThePast",
    "NoReason",
    "NoWords",
    "NobodyLeft",
    "NotHeld",
    "NotReady",
    "NotTheirs",
    "NotThere",
    "NotYours",
    "StillOpen",
    "TakenBack",
    "ToOneself",
    "WasHeld",
    "accept",
    "answer_about_us",
    "ask_guests",
    "call_off",
    "decline",
    "drop_in",
    "finish",
    "fix_now",
    "give_back",
    "hand_over",
    "hold",
    "keep",
    "keep_to_oneself",
    "mark_told",
    "note_remark",
    "own",
    "pass_on",
    "promise",
    "reflect",
    "return_unanswered",
    "say_kind",
    "say_onlookers",
    "settle_promise",
    "share_reflection",
    "take_no_part",
    "take_part",
    "thank",
)

"""The pages of the room."""

from .encounters import call_off, encounter, finish, hold, note, promise
from .hand_overs import answer_hand_over, hand_overs
from .lists import drop_in, index
from .remarks import dispose, remark, remarks, settle_promise, tell
from .transcripts import (
    bring_in,
    change_kind,
    name_voices,
    remove_transcript,
    settle_passage,
    take_back,
    transcript,
)

__all__ = (
    "answer_hand_over",
    "bring_in",
    "call_off",
    "change_kind",
    "dispose",
    "drop_in",
    "encounter",
    "finish",
    "hand_overs",
    "hold",
    "index",
    "name_voices",
    "note",
    "promise",
    "remark",
    "remarks",
    "remove_transcript",
    "settle_passage",
    "settle_promise",
    "take_back",
    "tell",
    "transcript",
)

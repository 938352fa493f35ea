"""The pages of the room."""

from .closing import onlookers, say_kind, take_no_part, take_part
from .encounters import call_off, encounter, finish, hold, note, promise
from .hand_overs import answer_hand_over, hand_overs
from .heard import heard, heard_code
from .lists import drop_in, index
from .reflections import reflect, reflections, share
from .remarks import dispose, remark, remarks, settle_promise, tell

__all__ = (
    "answer_hand_over",
    "call_off",
    "dispose",
    "drop_in",
    "encounter",
    "finish",
    "hand_overs",
    "heard",
    "heard_code",
    "hold",
    "index",
    "note",
    "onlookers",
    "promise",
    "reflect",
    "reflections",
    "remark",
    "remarks",
    "say_kind",
    "settle_promise",
    "share",
    "take_no_part",
    "take_part",
    "tell",
)

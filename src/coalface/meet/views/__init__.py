"""The pages of the room."""

from .care import care_item, care_sheet, judge_item, raise_item
from .encounters import call_off, encounter, finish, hold, note, promise
from .hand_overs import answer_hand_over, hand_overs
from .listening import call, draw_calls, inform_agent, no_such_call
from .lists import drop_in, index
from .photos import photo
from .remarks import dispose, remark, remarks, settle_promise, tell
from .second_versions import second_versions, settle_second_version
from .shifts import agree_to_shift, describe_shift, in_the_way, induct, prepare_shift, shift
from .walks import add_step, step, undo_step

__all__ = (
    "add_step",
    "agree_to_shift",
    "answer_hand_over",
    "call",
    "call_off",
    "care_item",
    "care_sheet",
    "describe_shift",
    "dispose",
    "draw_calls",
    "drop_in",
    "encounter",
    "finish",
    "hand_overs",
    "hold",
    "in_the_way",
    "index",
    "induct",
    "inform_agent",
    "judge_item",
    "no_such_call",
    "note",
    "photo",
    "prepare_shift",
    "promise",
    "raise_item",
    "remark",
    "remarks",
    "second_versions",
    "settle_promise",
    "settle_second_version",
    "shift",
    "step",
    "tell",
    "undo_step",
)

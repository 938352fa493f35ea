"""The pages of the room."""

from .encounters import call_off, encounter, finish, hold, note, promise
from .guests import draw_guests, give_tokens, invite, seat, set_quota, sheet, take_back
from .hand_overs import answer_hand_over, hand_overs
from .incognito import disclose
from .lists import drop_in, index
from .questions import answer_question, ask, poster, question_list, stop_questions
from .remarks import dispose, remark, remarks, settle_promise, tell

__all__ = (
    "answer_hand_over",
    "answer_question",
    "ask",
    "call_off",
    "disclose",
    "dispose",
    "draw_guests",
    "drop_in",
    "encounter",
    "finish",
    "give_tokens",
    "hand_overs",
    "hold",
    "index",
    "invite",
    "note",
    "poster",
    "promise",
    "question_list",
    "remark",
    "remarks",
    "seat",
    "set_quota",
    "settle_promise",
    "sheet",
    "stop_questions",
    "take_back",
    "tell",
)

"""The pages of the room."""

from .asking import heard, heard_code
from .capture import capture, capture_manifest, capture_worker
from .care import care_item, care_sheet, judge_item, raise_item
from .closing import onlookers, say_kind, take_no_part, take_part
from .coming import come, come_calendar
from .encounters import call_off, encounter, finish, hold, note, promise
from .guests import draw_guests, give_tokens, invite, seat, set_quota, sheet, take_back_invitation, token_list
from .hand_overs import answer_hand_over, hand_overs
from .incognito import disclose
from .inviting import ask_all, ask_guest, draw_another, guest_words, settle_other_time
from .listening import call, draw_calls, inform_agent, no_such_call
from .lists import drop_in, index
from .photos import add_photo, photo
from .questions import answer_question, ask, poster, question_list, stop_questions
from .reflections import reflect, reflections, share
from .remarks import dispose, remark, remarks, settle_promise, tell
from .reminders import stop_reminding
from .seating import ask_ours, seat_tables, seat_tables_again, tables, tables_sheet
from .second_versions import second_versions, settle_second_version
from .shifts import agree_to_shift, describe_shift, in_the_way, induct, prepare_shift, shift
from .thanking import another_call, thank_one, thank_somebody
from .transcripts import bring_in, name_voices, remove_transcript, settle_passage, take_back, transcript
from .walks import add_step, step, undo_step

__all__ = (
    "add_photo",
    "add_step",
    "agree_to_shift",
    "another_call",
    "answer_hand_over",
    "answer_question",
    "ask",
    "ask_all",
    "ask_guest",
    "ask_ours",
    "bring_in",
    "call",
    "call_off",
    "capture",
    "capture_manifest",
    "capture_worker",
    "care_item",
    "care_sheet",
    "come",
    "come_calendar",
    "describe_shift",
    "disclose",
    "dispose",
    "draw_another",
    "draw_calls",
    "draw_guests",
    "drop_in",
    "encounter",
    "finish",
    "give_tokens",
    "guest_words",
    "hand_overs",
    "heard",
    "heard_code",
    "hold",
    "in_the_way",
    "index",
    "induct",
    "inform_agent",
    "invite",
    "judge_item",
    "name_voices",
    "no_such_call",
    "note",
    "onlookers",
    "photo",
    "poster",
    "prepare_shift",
    "promise",
    "question_list",
    "raise_item",
    "reflect",
    "reflections",
    "remark",
    "remarks",
    "remove_transcript",
    "say_kind",
    "seat",
    "seat_tables",
    "seat_tables_again",
    "second_versions",
    "set_quota",
    "settle_other_time",
    "settle_passage",
    "settle_promise",
    "settle_second_version",
    "share",
    "sheet",
    "shift",
    "step",
    "stop_questions",
    "stop_reminding",
    "tables",
    "tables_sheet",
    "take_back",
    "take_back_invitation",
    "take_no_part",
    "take_part",
    "tell",
    "thank_one",
    "thank_somebody",
    "token_list",
    "transcript",
    "undo_step",
)

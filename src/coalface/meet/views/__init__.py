"""The pages of the room."""

from .capture import capture, capture_manifest, capture_worker
from .encounters import call_off, encounter, finish, hold, note, promise
from .hand_overs import answer_hand_over, hand_overs
from .lists import drop_in, index
from .photos import photo
from .remarks import dispose, remark, remarks, settle_promise, tell
from .second_versions import second_versions, settle_second_version

__all__ = (
    "answer_hand_over",
    "call_off",
    "capture",
    "capture_manifest",
    "capture_worker",
    "dispose",
    "drop_in",
    "encounter",
    "finish",
    "hand_overs",
    "hold",
    "index",
    "note",
    "photo",
    "promise",
    "remark",
    "remarks",
    "second_versions",
    "settle_promise",
    "settle_second_version",
    "tell",
)

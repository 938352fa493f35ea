"""What an encounter page, its lists and other rooms ask about what was said and what became of it."""

from .asking import Expired, Forged, code_of, guest_of, guests_to_ask, may_show_code, token_of
from .brief import Brief, briefs
from .capture import to_capture
from .care import CareWalk, care_walk_of
from .encounters import (
    STATES,
    Left,
    at_a_glance,
    attended,
    counts_by_state,
    encounters_of,
    history,
    in_state,
    shown,
    still_open,
)
from .hand_overs import held_by, praise_for, waiting_for
from .listening import call_draw_of, calls_of
from .names import colleagues, customers_called, people_called
from .photos import PhotoState, arriving_path, photo_state, photos_of, picture_path, received, with_photos
from .readiness import BEFORE_HOLDING, wanted_before_finishing, wanted_before_holding
from .recordings import not_agreed_to_recording
from .reflections import own_reflection, reflections_of, shared_reflections
from .remarks import RESOLVED, Fate, fates, next_sequence, remark_states
from .replies import attendance_for, heard_nothing, reply_token
from .second_versions import first_versions, second_versions_for
from .shifts import IN_THE_WAY, IN_THE_WAY_MAIL, Readiness, checklist, in_the_way, shift_of, was_told_of
from .transcripts import (
    Standing,
    around,
    guests_of,
    next_proposal,
    passages_of,
    remark_id_of,
    settled_last,
    standing,
    transcripts_of,
    voices_of,
)
from .walks import Compared, Totals, Walk, next_order, steps_of, walk_before, walk_of

__all__ = (
    "BEFORE_HOLDING",
    "IN_THE_WAY",
    "IN_THE_WAY_MAIL",
    "RESOLVED",
    "STATES",
    "Brief",
    "CareWalk",
    "Compared",
    "Expired",
    "Fate",
    "Forged",
    "Left",
    "PhotoState",
    "Readiness",
    "Standing",
    "Totals",
    "Walk",
    "around",
    "arriving_path",
    "at_a_glance",
    "attendance_for",
    "attended",
    "briefs",
    "call_draw_of",
    "calls_of",
    "care_walk_of",
    "checklist",
    "code_of",
    "colleagues",
    "counts_by_state",
    "customers_called",
    "encounters_of",
    "fates",
    "first_versions",
    "guest_of",
    "guests_of",
    "guests_to_ask",
    "heard_nothing",
    "held_by",
    "history",
    "in_state",
    "in_the_way",
    "may_show_code",
    "next_order",
    "next_proposal",
    "next_sequence",
    "not_agreed_to_recording",
    "own_reflection",
    "passages_of",
    "people_called",
    "photo_state",
    "photos_of",
    "picture_path",
    "praise_for",
    "received",
    "reflections_of",
    "remark_id_of",
    "remark_states",
    "reply_token",
    "second_versions_for",
    "settled_last",
    "shared_reflections",
    "shift_of",
    "shown",
    "standing",
    "steps_of",
    "still_open",
    "to_capture",
    "token_of",
    "transcripts_of",
    "voices_of",
    "waiting_for",
    "walk_before",
    "walk_of",
    "wanted_before_finishing",
    "wanted_before_holding",
    "was_told_of",
    "with_photos",
)

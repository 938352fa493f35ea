"""What an encounter page, its lists and other rooms ask about what was said and what became of it."""

from .brief import Brief, briefs
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
from .names import colleagues, customers_called, people_called
from .readiness import wanted_before_finishing, wanted_before_holding
from .recordings import not_agreed_to_recording
from .remarks import RESOLVED, Fate, fates, next_sequence, remark_states
from .replies import attendance_for, heard_nothing, reply_token
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

__all__ = (
    "RESOLVED",
    "STATES",
    "Brief",
    "Fate",
    "Left",
    "Standing",
    "around",
    "at_a_glance",
    "attendance_for",
    "attended",
    "briefs",
    "colleagues",
    "counts_by_state",
    "customers_called",
    "encounters_of",
    "fates",
    "guests_of",
    "heard_nothing",
    "held_by",
    "history",
    "in_state",
    "next_proposal",
    "next_sequence",
    "not_agreed_to_recording",
    "passages_of",
    "people_called",
    "praise_for",
    "remark_id_of",
    "remark_states",
    "reply_token",
    "settled_last",
    "shown",
    "standing",
    "still_open",
    "transcripts_of",
    "voices_of",
    "waiting_for",
    "wanted_before_finishing",
    "wanted_before_holding",
)

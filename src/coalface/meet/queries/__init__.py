"""What an encounter page, its lists and other rooms ask about what was said and what became of it."""

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
from .photos import (
    PhotoState,
    arriving_path,
    photo_state,
    photos_of,
    picture_path,
    received,
    with_photos,
)
from .readiness import wanted_before_finishing, wanted_before_holding
from .remarks import RESOLVED, Fate, fates, next_sequence, remark_states
from .second_versions import first_versions, second_versions_for
from .shifts import IN_THE_WAY, IN_THE_WAY_MAIL, Readiness, checklist, in_the_way, shift_of, was_told_of
from .walks import Compared, Totals, Walk, next_order, steps_of, walk_before, walk_of

__all__ = (
    "IN_THE_WAY",
    "IN_THE_WAY_MAIL",
    "RESOLVED",
    "STATES",
    "Brief",
    "CareWalk",
    "Compared",
    "Fate",
    "Left",
    "PhotoState",
    "Readiness",
    "Totals",
    "Walk",
    "arriving_path",
    "at_a_glance",
    "attended",
    "briefs",
    "call_draw_of",
    "calls_of",
    "care_walk_of",
    "checklist",
    "colleagues",
    "counts_by_state",
    "customers_called",
    "encounters_of",
    "fates",
    "first_versions",
    "held_by",
    "history",
    "in_state",
    "in_the_way",
    "next_order",
    "next_sequence",
    "people_called",
    "photo_state",
    "photos_of",
    "picture_path",
    "praise_for",
    "received",
    "remark_states",
    "second_versions_for",
    "shift_of",
    "shown",
    "steps_of",
    "still_open",
    "to_capture",
    "waiting_for",
    "walk_before",
    "walk_of",
    "wanted_before_finishing",
    "wanted_before_holding",
    "was_told_of",
    "with_photos",
)

"""What an encounter page, its lists and other rooms ask about what was said and what became of it."""

from .brief import Brief, briefs
from .capture import to_capture
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

__all__ = (
    "RESOLVED",
    "STATES",
    "Brief",
    "Fate",
    "Left",
    "PhotoState",
    "arriving_path",
    "at_a_glance",
    "attended",
    "briefs",
    "colleagues",
    "counts_by_state",
    "customers_called",
    "encounters_of",
    "fates",
    "first_versions",
    "held_by",
    "history",
    "in_state",
    "next_sequence",
    "people_called",
    "photo_state",
    "photos_of",
    "picture_path",
    "praise_for",
    "received",
    "remark_states",
    "second_versions_for",
    "shown",
    "still_open",
    "to_capture",
    "waiting_for",
    "wanted_before_finishing",
    "wanted_before_holding",
    "with_photos",
)

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
from .remarks import RESOLVED, Fate, fates, next_sequence, remark_states

__all__ = (
    "RESOLVED",
    "STATES",
    "Brief",
    "Fate",
    "Left",
    "at_a_glance",
    "attended",
    "briefs",
    "colleagues",
    "counts_by_state",
    "customers_called",
    "encounters_of",
    "fates",
    "held_by",
    "history",
    "in_state",
    "next_sequence",
    "people_called",
    "praise_for",
    "remark_states",
    "shown",
    "still_open",
    "waiting_for",
    "wanted_before_finishing",
    "wanted_before_holding",
)

"""What an encounter page, its lists and other rooms ask about what was said and what became of it."""

from .asking import (
    Expired,
    Forged,
    code_of,
    guest_of,
    guests_to_ask,
    may_show_code,
    token_of,
)
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
from .reflections import own_reflection, reflections_of, shared_reflections
from .remarks import RESOLVED, Fate, fates, next_sequence, remark_states

__all__ = (
    "RESOLVED",
    "STATES",
    "Brief",
    "Expired",
    "Fate",
    "Forged",
    "Left",
    "at_a_glance",
    "attended",
    "briefs",
    "code_of",
    "colleagues",
    "counts_by_state",
    "customers_called",
    "encounters_of",
    "fates",
    "guest_of",
    "guests_to_ask",
    "held_by",
    "history",
    "in_state",
    "may_show_code",
    "next_sequence",
    "own_reflection",
    "people_called",
    "praise_for",
    "reflections_of",
    "remark_states",
    "shared_reflections",
    "shown",
    "still_open",
    "token_of",
    "waiting_for",
    "wanted_before_finishing",
    "wanted_before_holding",
)

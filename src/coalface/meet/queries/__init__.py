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
from .guests import (
    Quota,
    Table,
    Tokens,
    draw_of,
    findable,
    guests_of,
    quotable,
    quotas,
    seats_left,
    tables,
    tokens,
)
from .hand_overs import held_by, praise_for, waiting_for
from .names import colleagues, customers_called, people_called
from .outcomes import Outcomes, my_outcomes, our_outcomes
from .questions import NotALink, encounter_of, question_state, question_token, questions
from .readiness import wanted_before_finishing, wanted_before_holding
from .remarks import RESOLVED, Fate, Heard, fates, heard, next_sequence, remark_states

__all__ = (
    "RESOLVED",
    "STATES",
    "Brief",
    "Fate",
    "Heard",
    "Left",
    "NotALink",
    "Outcomes",
    "Quota",
    "Table",
    "Tokens",
    "at_a_glance",
    "attended",
    "briefs",
    "colleagues",
    "counts_by_state",
    "customers_called",
    "draw_of",
    "encounter_of",
    "encounters_of",
    "fates",
    "findable",
    "guests_of",
    "heard",
    "held_by",
    "history",
    "in_state",
    "my_outcomes",
    "next_sequence",
    "our_outcomes",
    "people_called",
    "praise_for",
    "question_state",
    "question_token",
    "questions",
    "quotable",
    "quotas",
    "remark_states",
    "seats_left",
    "shown",
    "still_open",
    "tables",
    "tokens",
    "waiting_for",
    "wanted_before_finishing",
    "wanted_before_holding",
)

"""What is known about whether fixes worked, and what the numbers say."""

from .answers import EXPIRES_AFTER, answer_of, answers_to, settled, token_of
from .counts import Window, covered_until, day_of, known_exposure, mentions_in, shipped_on, zone_of
from .evidence import Weighed, weigh
from .plans import (
    EXPOSURES,
    Suggestion,
    due_for_judging,
    first_guess,
    judges,
    look_back,
    measures,
    recorded_exposures,
    suggest,
)
from .verdicts import (
    VERDICTS,
    VERDICTS_OF_A_FIX,
    Line,
    against_before,
    customers_judge,
    decidable_on,
    fix_to_judge,
    judged_by_counts,
    lines,
    weekly,
)

__all__ = (
    "EXPIRES_AFTER",
    "EXPOSURES",
    "VERDICTS",
    "VERDICTS_OF_A_FIX",
    "Line",
    "Suggestion",
    "Weighed",
    "Window",
    "against_before",
    "answer_of",
    "answers_to",
    "covered_until",
    "customers_judge",
    "day_of",
    "decidable_on",
    "due_for_judging",
    "first_guess",
    "fix_to_judge",
    "judged_by_counts",
    "judges",
    "known_exposure",
    "lines",
    "look_back",
    "measures",
    "mentions_in",
    "recorded_exposures",
    "settled",
    "shipped_on",
    "suggest",
    "token_of",
    "weekly",
    "weigh",
    "zone_of",
)

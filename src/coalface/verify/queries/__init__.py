"""What is known about whether fixes worked, and what the numbers say."""

from .answers import EXPIRES_AFTER, answer_of, answers_to, settled, token_of
from .controls import Alike, Before, count_before, issues_alike, overlaps, units_alike
from .counts import Window, covered_until, day_of, known_exposure, mentions_in, shipped_on, zone_of
from .deciding import Decidable, decidable
from .due import due_for_judging
from .evidence import Weighed, weigh
from .plans import (
    EXPOSURES,
    Suggestion,
    judges,
    look_back,
    measures,
    recorded_exposures,
    suggest,
)
from .seals import broken_seal, digest_of, registered_fields
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
    "Alike",
    "Before",
    "Decidable",
    "Line",
    "Suggestion",
    "Weighed",
    "Window",
    "against_before",
    "answer_of",
    "answers_to",
    "broken_seal",
    "count_before",
    "covered_until",
    "customers_judge",
    "day_of",
    "decidable",
    "decidable_on",
    "digest_of",
    "due_for_judging",
    "fix_to_judge",
    "issues_alike",
    "judged_by_counts",
    "judges",
    "known_exposure",
    "lines",
    "look_back",
    "measures",
    "mentions_in",
    "overlaps",
    "recorded_exposures",
    "registered_fields",
    "settled",
    "shipped_on",
    "suggest",
    "token_of",
    "units_alike",
    "weekly",
    "weigh",
    "zone_of",
)

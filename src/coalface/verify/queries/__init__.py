"""What is known about whether fixes worked, and what the numbers say."""

from coalface.act.queries import day_of, decidable_on, zone_of

from .answers import EXPIRES_AFTER, answer_of, answers_to, settled, token_of
from .controls import Alike, Before, chosen_controls, count_before, issues_alike, overlaps, units_alike
from .counts import ENDS, Window, covered_until, known_exposure, mentions_in, shipped_on
from .deciding import Decidable, Foreseen, decidable, foresee
from .due import due_for_asking, due_for_judging, to_ask
from .evidence import Weighed, weigh
from .plans import (
    EXPOSURES,
    Suggestion,
    asked_instead,
    judges,
    look_back,
    measures,
    recorded_exposures,
    suggest,
)
from .said import amendments_of, bars_of, before_of, controls_named, warnings_of
from .seals import broken_seal, digest_of, registered_fields
from .verdicts import (
    VERDICTS,
    VERDICTS_OF_A_FIX,
    Line,
    against_before,
    customers_judge,
    fix_to_judge,
    judged_by_counts,
    lines,
    weekly,
)

__all__ = (
    "ENDS",
    "EXPIRES_AFTER",
    "EXPOSURES",
    "VERDICTS",
    "VERDICTS_OF_A_FIX",
    "Alike",
    "Before",
    "Decidable",
    "Foreseen",
    "Line",
    "Suggestion",
    "Weighed",
    "Window",
    "against_before",
    "amendments_of",
    "answer_of",
    "answers_to",
    "asked_instead",
    "bars_of",
    "before_of",
    "broken_seal",
    "chosen_controls",
    "controls_named",
    "count_before",
    "covered_until",
    "customers_judge",
    "day_of",
    "decidable",
    "decidable_on",
    "digest_of",
    "due_for_asking",
    "due_for_judging",
    "fix_to_judge",
    "foresee",
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
    "to_ask",
    "token_of",
    "units_alike",
    "warnings_of",
    "weekly",
    "weigh",
    "zone_of",
)

"""What the ledger says about issues, and about what was said."""

from .checks import latest_checks
from .days import midnight
from .issues import (
    ISSUES,
    PLACES,
    QUARTER,
    TOUCHPOINTS,
    YEAR,
    Known,
    SaidIn,
    awareness_of,
    issue_with_all,
    issues,
    labels_leading_nowhere,
    mentions_of,
    quotes,
    touchpoints,
    unsure,
    weeks_of,
    where_said,
)
from .learned import how_much_is_decided
from .lines import MENTIONS, Line, line_of
from .triage import done_since, last_decision, pile, suggestions, waiting_one, words_around

__all__ = (
    "ISSUES",
    "MENTIONS",
    "PLACES",
    "QUARTER",
    "TOUCHPOINTS",
    "YEAR",
    "Known",
    "Line",
    "SaidIn",
    "awareness_of",
    "done_since",
    "how_much_is_decided",
    "issue_with_all",
    "issues",
    "labels_leading_nowhere",
    "last_decision",
    "latest_checks",
    "line_of",
    "mentions_of",
    "midnight",
    "pile",
    "quotes",
    "suggestions",
    "touchpoints",
    "unsure",
    "waiting_one",
    "weeks_of",
    "where_said",
    "words_around",
)

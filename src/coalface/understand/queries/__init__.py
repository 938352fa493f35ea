"""What the ledger says about issues, and about what was said."""

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
from .lines import MENTIONS, Line, line_of

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
    "issue_with_all",
    "issues",
    "labels_leading_nowhere",
    "line_of",
    "mentions_of",
    "midnight",
    "quotes",
    "touchpoints",
    "unsure",
    "weeks_of",
    "where_said",
)

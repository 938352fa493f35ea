"""What the ledger says about issues, and about what was said."""

from .days import midnight
from .decisions import last_decision
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
from .searches import Search, is_wanted, last_search
from .theme_lines import THEME_CLAUSES, Quote, clauses_of, quotes_for, telling_quotes
from .themes import (
    THEMES,
    Place,
    Proposal,
    places_of_themes,
    proposals,
    waiting_themes,
    weeks_of_theme,
)
from .unnamed import Unnamed, waiting_clauses

__all__ = (
    "ISSUES",
    "MENTIONS",
    "PLACES",
    "QUARTER",
    "THEMES",
    "THEME_CLAUSES",
    "TOUCHPOINTS",
    "YEAR",
    "Known",
    "Line",
    "Place",
    "Proposal",
    "Quote",
    "SaidIn",
    "Search",
    "Unnamed",
    "awareness_of",
    "clauses_of",
    "is_wanted",
    "issue_with_all",
    "issues",
    "labels_leading_nowhere",
    "last_decision",
    "last_search",
    "line_of",
    "mentions_of",
    "midnight",
    "places_of_themes",
    "proposals",
    "quotes",
    "quotes_for",
    "telling_quotes",
    "touchpoints",
    "unsure",
    "waiting_clauses",
    "waiting_themes",
    "weeks_of",
    "weeks_of_theme",
    "where_said",
)

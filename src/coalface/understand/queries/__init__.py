"""What the ledger says about issues, and about what was said."""

from .days import YEAR, midnight
from .decisions import last_decision
from .having_read import HavingRead, having_read
from .issues import (
    ISSUES,
    QUARTER,
    TOUCHPOINTS,
    Known,
    awareness_of,
    issue_with_all,
    issues,
    labels_leading_nowhere,
    touchpoints,
    unsure,
)
from .lines import MENTIONS, Line, line_of
from .named_by import PLACE_RATES, SEGMENT_RATES, NamedBy, Rate, Worth, named_by
from .said import Narrowed, has_words, mentions_of, quotes
from .searches import Search, is_wanted, last_search
from .sorted_how import SORTED, SortedHow, sorted_how, unsure_of
from .sources import HEARD_BY, SOURCES, HeardBy, heard_by
from .theme_lines import THEME_CLAUSES, Quote, clauses_of, quotes_for, telling_quotes
from .themes import THEMES, Place, Proposal, places_of_themes, proposals, waiting_themes, weeks_of_theme
from .unnamed import Unnamed, waiting_clauses
from .volume import weekly, weeks_of

__all__ = (
    "HEARD_BY",
    "ISSUES",
    "MENTIONS",
    "PLACE_RATES",
    "QUARTER",
    "SEGMENT_RATES",
    "SORTED",
    "SOURCES",
    "THEMES",
    "THEME_CLAUSES",
    "TOUCHPOINTS",
    "YEAR",
    "HavingRead",
    "HeardBy",
    "Known",
    "Line",
    "NamedBy",
    "Narrowed",
    "Place",
    "Proposal",
    "Quote",
    "Rate",
    "Search",
    "SortedHow",
    "Unnamed",
    "Worth",
    "awareness_of",
    "clauses_of",
    "has_words",
    "having_read",
    "heard_by",
    "is_wanted",
    "issue_with_all",
    "issues",
    "labels_leading_nowhere",
    "last_decision",
    "last_search",
    "line_of",
    "mentions_of",
    "midnight",
    "named_by",
    "places_of_themes",
    "proposals",
    "quotes",
    "quotes_for",
    "sorted_how",
    "telling_quotes",
    "touchpoints",
    "unsure",
    "unsure_of",
    "waiting_clauses",
    "waiting_themes",
    "weekly",
    "weeks_of",
    "weeks_of_theme",
)

"""What the ledger says about issues, and about what was said."""

from .checks import latest_checks
from .days import YEAR, midnight
from .decisions import last_decision
from .having_read import HavingRead, having_read
from .issues import (
    ISSUES,
    QUARTER,
    Known,
    awareness_of,
    counted,
    issue_with_all,
    issues,
    labels_leading_nowhere,
    touchpoints,
    unsure,
)
from .journey import (
    LINKS,
    WAY,
    Journey,
    Reached,
    Stop,
    chains,
    cohort_by,
    counted_at,
    counts_of,
    in_order,
    journey,
    split_of,
    step_from,
)
from .learned import how_much_is_decided
from .lines import MENTIONS, Line, line_of
from .moments import MONTHS, judgements_now, months_of, quotes_at, ratings_of
from .named_by import PLACE_RATES, SEGMENT_RATES, NamedBy, Rate, Worth, named_by
from .said import Narrowed, has_words, mentions_of, quotes
from .searches import Search, is_wanted, last_search
from .sorted_how import SORTED, SortedHow, sorted_how, unsure_of
from .sources import HEARD_BY, SOURCES, HeardBy, heard_by
from .theme_lines import THEME_CLAUSES, Quote, clauses_of, quotes_for, telling_quotes
from .themes import THEMES, Place, Proposal, places_of_themes, proposals, waiting_themes, weeks_of_theme
from .triage import done_since, last_decision, pile, suggestions, waiting_one, words_around
from .unnamed import Unnamed, waiting_clauses
from .volume import weekly, weeks_of

__all__ = (
    "HEARD_BY",
    "ISSUES",
    "LINKS",
    "MENTIONS",
    "MONTHS",
    "PLACE_RATES",
    "QUARTER",
    "SEGMENT_RATES",
    "SORTED",
    "SOURCES",
    "THEMES",
    "THEME_CLAUSES",
    "WAY",
    "YEAR",
    "HavingRead",
    "HeardBy",
    "Journey",
    "Known",
    "Line",
    "NamedBy",
    "Narrowed",
    "Place",
    "Proposal",
    "Quote",
    "Rate",
    "Reached",
    "Search",
    "SortedHow",
    "Stop",
    "Unnamed",
    "Worth",
    "awareness_of",
    "chains",
    "clauses_of",
    "cohort_by",
    "counted",
    "counted_at",
    "counts_of",
    "done_since",
    "has_words",
    "having_read",
    "heard_by",
    "how_much_is_decided",
    "in_order",
    "is_wanted",
    "issue_with_all",
    "issues",
    "journey",
    "judgements_now",
    "labels_leading_nowhere",
    "last_decision",
    "last_search",
    "latest_checks",
    "line_of",
    "mentions_of",
    "midnight",
    "months_of",
    "named_by",
    "pile",
    "places_of_themes",
    "proposals",
    "quotes",
    "quotes_at",
    "quotes_for",
    "ratings_of",
    "sorted_how",
    "split_of",
    "step_from",
    "suggestions",
    "telling_quotes",
    "touchpoints",
    "unsure",
    "unsure_of",
    "waiting_clauses",
    "waiting_one",
    "waiting_themes",
    "weekly",
    "weeks_of",
    "weeks_of_theme",
    "words_around",
)

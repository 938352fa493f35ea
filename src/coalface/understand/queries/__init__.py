"""What the ledger says about issues, and about what was said."""

from .competitors import (
    COMPETITOR_WORDS,
    COMPETITORS,
    InParts,
    competitor,
    competitors,
    in_parts,
    whom_they_mean,
    words_about,
)
from .days import YEAR, midnight
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
from .sorted_how import SORTED, SortedHow, sorted_how, unsure_of
from .sources import HEARD_BY, SOURCES, HeardBy, heard_by
from .volume import weekly, weeks_of

__all__ = (
    "COMPETITORS",
    "COMPETITOR_WORDS",
    "HEARD_BY",
    "ISSUES",
    "MENTIONS",
    "PLACE_RATES",
    "QUARTER",
    "SEGMENT_RATES",
    "SORTED",
    "SOURCES",
    "TOUCHPOINTS",
    "YEAR",
    "HavingRead",
    "HeardBy",
    "InParts",
    "Known",
    "Line",
    "NamedBy",
    "Narrowed",
    "Rate",
    "SortedHow",
    "Worth",
    "awareness_of",
    "competitor",
    "competitors",
    "has_words",
    "having_read",
    "heard_by",
    "in_parts",
    "issue_with_all",
    "issues",
    "labels_leading_nowhere",
    "line_of",
    "mentions_of",
    "midnight",
    "named_by",
    "quotes",
    "sorted_how",
    "touchpoints",
    "unsure",
    "unsure_of",
    "weekly",
    "weeks_of",
    "whom_they_mean",
    "words_about",
)

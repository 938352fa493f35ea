"""What the hall shows: my week, the programme, both in one dictionary, and the week as a mail."""

from .mailing import digest_behind, is_stopped, weekly_mail
from .programme import Programme, programme
from .search import FOUND, NOUNS, Group, Line, found, line_of, search
from .summary import summary
from .week import Week, week, whom_to_ask

__all__ = (
    "FOUND",
    "NOUNS",
    "Group",
    "Line",
    "Programme",
    "Week",
    "digest_behind",
    "found",
    "is_stopped",
    "line_of",
    "programme",
    "search",
    "summary",
    "week",
    "weekly_mail",
    "whom_to_ask",
)

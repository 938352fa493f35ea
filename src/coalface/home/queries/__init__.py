"""What the hall shows: my week, the programme, both in one dictionary, and the week as a mail."""

from .mailing import digest_behind, is_stopped, weekly_mail
from .programme import Programme, programme
from .summary import summary
from .week import Week, week, whom_to_ask

__all__ = (
    "Programme",
    "Week",
    "digest_behind",
    "is_stopped",
    "programme",
    "summary",
    "week",
    "weekly_mail",
    "whom_to_ask",
)

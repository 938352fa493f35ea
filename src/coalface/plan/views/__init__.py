"""Pages for planning: who is due, the draw and why it fell on this customer, promises and ways of meeting."""

from .calendars import answer_proposal, calendar, feed, invitations, revoke_calendar
from .due import CHANCE, assignment, draw, index
from .encounters import encounter
from .formats import add_format, take_ready_formats
from .notices import notice_text, notices
from .promises import commit, exempt

__all__ = (
    "CHANCE",
    "add_format",
    "answer_proposal",
    "assignment",
    "calendar",
    "commit",
    "draw",
    "encounter",
    "exempt",
    "feed",
    "index",
    "invitations",
    "notice_text",
    "notices",
    "revoke_calendar",
    "take_ready_formats",
)

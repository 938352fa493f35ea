"""Pages for planning: who is due, the draw and why it fell on this customer, promises and ways of meeting."""

from .due import CHANCE, assignment, draw, index
from .encounters import encounter
from .formats import add_format, change_format, take_ready_formats
from .notices import notice_text, notices
from .promises import commit, exempt

__all__ = (
    "CHANCE",
    "add_format",
    "assignment",
    "change_format",
    "commit",
    "draw",
    "encounter",
    "exempt",
    "index",
    "notice_text",
    "notices",
    "take_ready_formats",
)

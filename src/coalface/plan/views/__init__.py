"""Pages for planning: who is due, the draw and why it fell on this customer, promises and ways of meeting."""

from .board import board, match
from .due import CHANCE, assignment, draw, index
from .encounters import encounter
from .formats import add_format, take_ready_formats
from .notices import notice_text, notices
from .plans import plan, plans
from .promises import commit, exempt, promises
from .slots import slot, slots

__all__ = (
    "CHANCE",
    "add_format",
    "assignment",
    "board",
    "commit",
    "draw",
    "encounter",
    "exempt",
    "index",
    "match",
    "notice_text",
    "notices",
    "plan",
    "plans",
    "promises",
    "slot",
    "slots",
    "take_ready_formats",
)

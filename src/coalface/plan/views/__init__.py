"""Pages for planning: who is due, the draw and why it fell on this customer, promises and ways of meeting."""

from .board import board, match
from .changing import lock, move, unlock, withdraw
from .due import CHANCE, assignment, draw, index
from .encounters import encounter
from .formats import add_format, take_ready_formats
from .making import discard, plan_again, publish, want_plan
from .notices import notice_text, notices
from .plans import plan, plans
from .promises import commit, exempt, promises
from .slots import offer_slots, slot, slots, take_back

__all__ = (
    "CHANCE",
    "add_format",
    "assignment",
    "board",
    "commit",
    "discard",
    "draw",
    "encounter",
    "exempt",
    "index",
    "lock",
    "match",
    "move",
    "notice_text",
    "notices",
    "offer_slots",
    "plan",
    "plan_again",
    "plans",
    "promises",
    "publish",
    "slot",
    "slots",
    "take_back",
    "take_ready_formats",
    "unlock",
    "want_plan",
    "withdraw",
)

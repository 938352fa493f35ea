"""Pages of what is being changed because customers asked."""

from .answers import accept, as_customers_read_it, decide, decline, give_back, ship, take_back
from .board import board, move
from .changing import ask, change, lane, merge, needs_first, offer
from .fixes import fix, index, open_fix

__all__ = [
    "accept",
    "as_customers_read_it",
    "ask",
    "board",
    "change",
    "decide",
    "decline",
    "fix",
    "give_back",
    "index",
    "lane",
    "merge",
    "move",
    "needs_first",
    "offer",
    "open_fix",
    "ship",
    "take_back",
]

"""Pages of what is being changed because customers asked."""

from .answers import accept, as_customers_read_it, decide, decline, give_back, ship, take_back
from .board import board, move
from .changing import ask, change, lane, merge, needs_first, offer
from .fixes import fix, index, open_fix
from .heard import heard, no_news, poster, publish, published, withdraw
from .telling import batch, leave_out, send_news, to_tell

__all__ = (
    "accept",
    "as_customers_read_it",
    "ask",
    "batch",
    "board",
    "change",
    "decide",
    "decline",
    "fix",
    "give_back",
    "heard",
    "index",
    "lane",
    "leave_out",
    "merge",
    "move",
    "needs_first",
    "no_news",
    "offer",
    "open_fix",
    "poster",
    "publish",
    "published",
    "send_news",
    "ship",
    "take_back",
    "to_tell",
    "withdraw",
)

"""Pages of what is being changed because customers asked, and of telling them."""

from .fixes import accept, decline, fix, index, open_fix, ship
from .heard import heard, no_news, poster, publish, published, withdraw
from .telling import batch, leave_out, send_news, to_tell

__all__ = [
    "accept",
    "batch",
    "decline",
    "fix",
    "heard",
    "index",
    "leave_out",
    "no_news",
    "open_fix",
    "poster",
    "publish",
    "published",
    "send_news",
    "ship",
    "to_tell",
    "withdraw",
]

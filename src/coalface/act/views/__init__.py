"""Pages of what is being changed because customers asked."""

from .fixes import accept, decline, fix, index, open_fix, ship

__all__ = [
    "accept",
    "decline",
    "fix",
    "index",
    "open_fix",
    "ship",
]

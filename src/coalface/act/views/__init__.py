"""Pages of what is being changed because customers asked."""

from .answers import accept, as_customers_read_it, decide, decline, give_back, ship, take_back
from .board import board, move
from .chain import chain_of_feedback, chain_of_fix, chain_of_issue, chain_of_remark
from .changing import ask, change, lane, merge, needs_first, offer
from .fixes import fix, index, open_fix
from .meetings import (
    add_point,
    call_meeting,
    cancel_meeting,
    close_meeting,
    meeting,
    meetings,
    open_meeting,
    present,
)
from .points import decide_point, move_point, point

__all__ = [
    "accept",
    "add_point",
    "as_customers_read_it",
    "ask",
    "board",
    "call_meeting",
    "cancel_meeting",
    "chain_of_feedback",
    "chain_of_fix",
    "chain_of_issue",
    "chain_of_remark",
    "change",
    "close_meeting",
    "decide",
    "decide_point",
    "decline",
    "fix",
    "give_back",
    "index",
    "lane",
    "meeting",
    "meetings",
    "merge",
    "move",
    "move_point",
    "needs_first",
    "offer",
    "open_fix",
    "open_meeting",
    "point",
    "present",
    "ship",
    "take_back",
]

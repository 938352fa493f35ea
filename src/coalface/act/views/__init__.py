"""Pages of what is being changed because customers asked."""

from .answers import accept, as_customers_read_it, decide, decline, give_back, ship, take_back
from .board import board, move, undo
from .chain import chain_of_feedback, chain_of_fix, chain_of_issue, chain_of_remark
from .changing import ask, change, lane, merge, needs_first, offer
from .costs import costs_of_encounter, costs_of_fix, take_back_cost
from .fixes import fix, index, open_fix
from .heard import heard, no_news, poster, publish, published, withdraw
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
from .opportunities import judge_adoption, opportunity, register_opportunity, validate
from .points import decide_point, move_point, point
from .telling import batch, leave_out, send_news, to_tell
from .whys import change_why, whys

__all__ = (
    "accept",
    "add_point",
    "as_customers_read_it",
    "ask",
    "batch",
    "board",
    "call_meeting",
    "cancel_meeting",
    "chain_of_feedback",
    "chain_of_fix",
    "chain_of_issue",
    "chain_of_remark",
    "change",
    "change_why",
    "close_meeting",
    "costs_of_encounter",
    "costs_of_fix",
    "decide",
    "decide_point",
    "decline",
    "fix",
    "give_back",
    "heard",
    "index",
    "judge_adoption",
    "lane",
    "leave_out",
    "meeting",
    "meetings",
    "merge",
    "move",
    "move_point",
    "needs_first",
    "no_news",
    "offer",
    "open_fix",
    "open_meeting",
    "opportunity",
    "point",
    "poster",
    "present",
    "publish",
    "published",
    "register_opportunity",
    "send_news",
    "ship",
    "take_back",
    "take_back_cost",
    "to_tell",
    "undo",
    "validate",
    "whys",
    "withdraw",
)

"""Pages for planning: who is due, the draw and why it fell on this customer, promises and ways of meeting."""

from .board import board, match
from .calendars import answer_proposal, calendar, feed, invitations, revoke_calendar
from .changing import lock, move, unlock, withdraw
from .due import CHANCE, assignment, draw, index
from .encounters import encounter
from .formats import add_format, change_format, take_ready_formats
from .making import discard, plan_again, publish, want_plan
from .notices import notice_text, notices
from .plans import plan, plan_changes, plans
from .promises import commit, exempt, promises
from .remedies import add_seats, take_remedy
from .replacing import replace_customer
from .slots import offer_slots, slot, slots, take_back
from .times import (
    be_away,
    be_back,
    connect_calendar,
    hours,
    hours_of_person,
    hours_of_unit,
    leave_calendar,
    my_times,
)

__all__ = (
    "CHANCE",
    "add_format",
    "add_seats",
    "answer_proposal",
    "assignment",
    "be_away",
    "be_back",
    "board",
    "calendar",
    "change_format",
    "commit",
    "connect_calendar",
    "discard",
    "draw",
    "encounter",
    "exempt",
    "feed",
    "hours",
    "hours_of_person",
    "hours_of_unit",
    "index",
    "invitations",
    "leave_calendar",
    "lock",
    "match",
    "move",
    "my_times",
    "notice_text",
    "notices",
    "offer_slots",
    "plan",
    "plan_again",
    "plan_changes",
    "plans",
    "promises",
    "publish",
    "replace_customer",
    "revoke_calendar",
    "slot",
    "slots",
    "take_back",
    "take_ready_formats",
    "take_remedy",
    "unlock",
    "want_plan",
    "withdraw",
)

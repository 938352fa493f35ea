"""Pages for planning: who is due, the draw and why it fell on this customer, promises and ways of meeting."""

from .calendars import answer_proposal, calendar, feed, invitations, revoke_calendar
from .due import CHANCE, assignment, draw, index
from .encounters import encounter
from .formats import add_format, change_format, take_ready_formats
from .notices import notice_text, notices
from .promises import commit, exempt
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
    "answer_proposal",
    "assignment",
    "be_away",
    "be_back",
    "calendar",
    "change_format",
    "commit",
    "connect_calendar",
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
    "my_times",
    "notice_text",
    "notices",
    "revoke_calendar",
    "take_ready_formats",
)

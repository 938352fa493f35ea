"""Deciding who meets whom and when."""

from .calendars import (
    CalendarRefused,
    NotConnected,
    SeveralCalendars,
    join_calendar,
    leave_calendar,
    look_at_calendars,
    refresh_calendars,
)
from .commitments import (
    EndsBeforeItStarts,
    NoJob,
    NotADay,
    RemoteNotOffered,
    commit_job,
    commit_level,
    commit_person,
    end_commitments,
    exempt,
)
from .drawing import NobodyToDraw, draw, draw_once
from .encounters import MustBeAnnounced, NoGuestsBeforehand, plan_encounter, plan_once
from .feeds import make_feed, mark_read, revoke_feed, shut_feeds
from .formats import KeyTaken, NewFormat, add_format, add_formats, change_format
from .inviting import keep_time, resume_invitations, stop_invitations, tell_calendars
from .moving import DoubleBooked, NothingProposed, NotPlanned, move_encounter, take_new_time
from .notices import NoText, NotPublishedYet, file_notice
from .replies import take_answers
from .times import NotTheirs, be_away, be_back, set_hours_of_person, set_hours_of_unit

__all__ = (
    "CalendarRefused",
    "DoubleBooked",
    "EndsBeforeItStarts",
    "KeyTaken",
    "MustBeAnnounced",
    "NewFormat",
    "NoGuestsBeforehand",
    "NoJob",
    "NoText",
    "NobodyToDraw",
    "NotADay",
    "NotConnected",
    "NotPlanned",
    "NotPublishedYet",
    "NotTheirs",
    "NothingProposed",
    "RemoteNotOffered",
    "SeveralCalendars",
    "add_format",
    "add_formats",
    "be_away",
    "be_back",
    "change_format",
    "commit_job",
    "commit_level",
    "commit_person",
    "draw",
    "draw_once",
    "end_commitments",
    "exempt",
    "file_notice",
    "join_calendar",
    "keep_time",
    "leave_calendar",
    "look_at_calendars",
    "make_feed",
    "mark_read",
    "move_encounter",
    "plan_encounter",
    "plan_once",
    "refresh_calendars",
    "resume_invitations",
    "revoke_feed",
    "set_hours_of_person",
    "set_hours_of_unit",
    "shut_feeds",
    "stop_invitations",
    "take_answers",
    "take_new_time",
    "tell_calendars",
)

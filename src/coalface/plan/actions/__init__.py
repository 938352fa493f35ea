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
    NotADay,
    RemoteNotOffered,
    commit_level,
    commit_person,
    end_commitments,
    exempt,
)
from .drawing import NobodyToDraw, draw, draw_once
from .encounters import MustBeAnnounced, NoGuestsBeforehand, plan_encounter, plan_once
from .formats import KeyTaken, NewFormat, add_format, add_formats
from .notices import NoText, NotPublishedYet, file_notice
from .times import NotTheirs, be_away, be_back, set_hours_of_person, set_hours_of_unit

__all__ = (
    "CalendarRefused",
    "EndsBeforeItStarts",
    "KeyTaken",
    "MustBeAnnounced",
    "NewFormat",
    "NoGuestsBeforehand",
    "NoText",
    "NobodyToDraw",
    "NotADay",
    "NotConnected",
    "NotPublishedYet",
    "NotTheirs",
    "RemoteNotOffered",
    "SeveralCalendars",
    "add_format",
    "add_formats",
    "be_away",
    "be_back",
    "commit_level",
    "commit_person",
    "draw",
    "draw_once",
    "end_commitments",
    "exempt",
    "file_notice",
    "join_calendar",
    "leave_calendar",
    "look_at_calendars",
    "plan_encounter",
    "plan_once",
    "refresh_calendars",
    "set_hours_of_person",
    "set_hours_of_unit",
)

"""Deciding who meets whom and when."""

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
from .feeds import make_feed, mark_read, revoke_feed, shut_feeds
from .formats import KeyTaken, NewFormat, add_format, add_formats
from .inviting import keep_time, resume_invitations, stop_invitations, tell_calendars
from .moving import DoubleBooked, NothingProposed, NotPlanned, move_encounter, take_new_time
from .notices import NoText, NotPublishedYet, file_notice
from .replies import take_answers

__all__ = (
    "DoubleBooked",
    "EndsBeforeItStarts",
    "KeyTaken",
    "MustBeAnnounced",
    "NewFormat",
    "NoGuestsBeforehand",
    "NoText",
    "NobodyToDraw",
    "NotADay",
    "NotPlanned",
    "NotPublishedYet",
    "NothingProposed",
    "RemoteNotOffered",
    "add_format",
    "add_formats",
    "commit_level",
    "commit_person",
    "draw",
    "draw_once",
    "end_commitments",
    "exempt",
    "file_notice",
    "keep_time",
    "make_feed",
    "mark_read",
    "move_encounter",
    "plan_encounter",
    "plan_once",
    "resume_invitations",
    "revoke_feed",
    "shut_feeds",
    "stop_invitations",
    "take_answers",
    "take_new_time",
    "tell_calendars",
)

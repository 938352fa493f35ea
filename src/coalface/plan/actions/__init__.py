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
from .formats import KeyTaken, NewFormat, add_format, add_formats
from .notices import NoText, NotPublishedYet, file_notice

__all__ = (
    "EndsBeforeItStarts",
    "KeyTaken",
    "MustBeAnnounced",
    "NewFormat",
    "NoGuestsBeforehand",
    "NoText",
    "NobodyToDraw",
    "NotADay",
    "NotPublishedYet",
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
    "plan_encounter",
    "plan_once",
)

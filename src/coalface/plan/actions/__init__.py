"""Deciding who meets whom and when."""

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
from .formats import KeyTaken, NewFormat, add_format, add_formats, change_format
from .notices import NoText, NotPublishedYet, file_notice

__all__ = (
    "EndsBeforeItStarts",
    "KeyTaken",
    "MustBeAnnounced",
    "NewFormat",
    "NoGuestsBeforehand",
    "NoJob",
    "NoText",
    "NobodyToDraw",
    "NotADay",
    "NotPublishedYet",
    "RemoteNotOffered",
    "add_format",
    "add_formats",
    "change_format",
    "commit_job",
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

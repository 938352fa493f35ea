"""Who is due, whom they could meet, and in which ways."""

from .due import Due, due, jobs_held
from .field import LOOK_BACK, Field, the_field
from .formats import Used, remote_formats, used_so_far
from .lists import DRAWS, FORMATS, TURNS, drawn
from .notices import NOTICES, incognito_from, notice_for, notices

__all__ = (
    "DRAWS",
    "FORMATS",
    "LOOK_BACK",
    "NOTICES",
    "TURNS",
    "Due",
    "Field",
    "Used",
    "drawn",
    "due",
    "incognito_from",
    "jobs_held",
    "notice_for",
    "notices",
    "remote_formats",
    "the_field",
    "used_so_far",
)

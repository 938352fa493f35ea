"""Who is due, whom they could meet, and in which ways."""

from .availability import free, zones_of
from .due import Due, due
from .field import LOOK_BACK, Field, the_field
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
    "drawn",
    "due",
    "free",
    "incognito_from",
    "notice_for",
    "notices",
    "the_field",
    "zones_of",
)

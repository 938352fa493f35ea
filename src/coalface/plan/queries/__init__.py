"""Who is due, whom they could meet, and in which ways."""

from .availability import free, zones_of
from .due import Due, due
from .field import LOOK_BACK, Field, the_field
from .lists import DRAWS, FORMATS, TURNS, drawn
from .notices import NOTICES, incognito_from, notice_for, notices
from .times import ABSENCES, HOURS, absences, calendar_of, hours_of_units, removed_by, week_of

__all__ = (
    "ABSENCES",
    "DRAWS",
    "FORMATS",
    "HOURS",
    "LOOK_BACK",
    "NOTICES",
    "TURNS",
    "Due",
    "Field",
    "absences",
    "calendar_of",
    "drawn",
    "due",
    "free",
    "hours_of_units",
    "incognito_from",
    "notice_for",
    "notices",
    "removed_by",
    "the_field",
    "week_of",
    "zones_of",
)

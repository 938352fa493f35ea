"""Who is due, whom they could meet, and in which ways."""

from .availability import free, zones_of
from .busy import is_busy
from .calendars import (
    INVITATION,
    cannot_come,
    changed_at,
    feed_at,
    in_calendar,
    no_invitations,
    own_feed,
    secret_digest,
    shows_nothing,
    tag_of,
    text_of,
    told_of,
    wants_invitations,
)
from .due import Due, due, jobs_held
from .field import LOOK_BACK, Field, the_field
from .formats import Used, remote_formats, used_so_far
from .lists import DRAWS, FORMATS, TURNS, drawn
from .notices import NOTICES, incognito_from, notice_for, notices
from .times import ABSENCES, HOURS, absences, calendar_of, hours_of_units, removed_by, week_of

__all__ = (
    "ABSENCES",
    "DRAWS",
    "FORMATS",
    "HOURS",
    "INVITATION",
    "LOOK_BACK",
    "NOTICES",
    "TURNS",
    "Due",
    "Field",
    "Used",
    "absences",
    "calendar_of",
    "cannot_come",
    "changed_at",
    "drawn",
    "due",
    "feed_at",
    "free",
    "hours_of_units",
    "in_calendar",
    "incognito_from",
    "is_busy",
    "jobs_held",
    "no_invitations",
    "notice_for",
    "notices",
    "own_feed",
    "remote_formats",
    "removed_by",
    "secret_digest",
    "shows_nothing",
    "tag_of",
    "text_of",
    "the_field",
    "told_of",
    "used_so_far",
    "wants_invitations",
    "week_of",
    "zones_of",
)

"""Who is due, whom they could meet, and in which ways."""

from .availability import free, zones_of
from .board import (
    MATCHES,
    Card,
    Week,
    cards_of,
    customers_of,
    likeliest_first,
    matches,
    open_seats,
    people_of,
    weeks,
)
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
from .changes import CHANGES, Change, changes, with_matches
from .due import Due, due, jobs_held
from .field import LOOK_BACK, Field, the_field
from .formats import Used, remote_formats, used_so_far
from .instead import instead_of
from .lists import DRAWS, FORMATS, TURNS, drawn
from .notices import NOTICES, incognito_from, notice_for, notices
from .offered import SLOTS, Follows, by_week, follows_from, offered, with_a_seat
from .plan_list import PLANS, Amounts, Staging, all_plans, amounts, gap_of, staging, state_of
from .plans import encounter_of
from .problem import served_by
from .promised import PROMISES, Promised, exempt_until, promises, with_keeping
from .remedies import impossible, remedies_within
from .times import ABSENCES, HOURS, absences, calendar_of, hours_of_units, removed_by, unread_in, week_of

__all__ = (
    "ABSENCES",
    "CHANGES",
    "DRAWS",
    "FORMATS",
    "HOURS",
    "INVITATION",
    "LOOK_BACK",
    "MATCHES",
    "NOTICES",
    "PLANS",
    "PROMISES",
    "SLOTS",
    "TURNS",
    "Amounts",
    "Card",
    "Change",
    "Due",
    "Field",
    "Follows",
    "Promised",
    "Staging",
    "Used",
    "Week",
    "absences",
    "all_plans",
    "amounts",
    "by_week",
    "calendar_of",
    "cannot_come",
    "cards_of",
    "changed_at",
    "changes",
    "customers_of",
    "drawn",
    "due",
    "encounter_of",
    "exempt_until",
    "feed_at",
    "follows_from",
    "free",
    "gap_of",
    "hours_of_units",
    "impossible",
    "in_calendar",
    "incognito_from",
    "instead_of",
    "is_busy",
    "jobs_held",
    "likeliest_first",
    "matches",
    "no_invitations",
    "notice_for",
    "notices",
    "offered",
    "open_seats",
    "own_feed",
    "people_of",
    "promises",
    "remedies_within",
    "remote_formats",
    "removed_by",
    "secret_digest",
    "served_by",
    "shows_nothing",
    "staging",
    "state_of",
    "tag_of",
    "text_of",
    "the_field",
    "told_of",
    "unread_in",
    "used_so_far",
    "wants_invitations",
    "week_of",
    "weeks",
    "with_a_seat",
    "with_keeping",
    "with_matches",
    "zones_of",
)

"""Who is due, whom they could meet, in which ways, and what is planned, offered and promised."""

from .board import MATCHES, Card, Week, cards_of, customers_of, matches, open_seats, people_of, weeks
from .due import Due, due
from .field import LOOK_BACK, Field, the_field
from .lists import DRAWS, FORMATS, TURNS, drawn
from .notices import NOTICES, incognito_from, notice_for, notices
from .offered import SLOTS, Follows, by_week, follows_from, offered, with_a_seat
from .plan_list import PLANS, Amounts, Staging, all_plans, amounts, gap_of, staging, state_of
from .promised import PROMISES, Promised, exempt_until, promises, with_keeping

__all__ = (
    "DRAWS",
    "FORMATS",
    "LOOK_BACK",
    "MATCHES",
    "NOTICES",
    "PLANS",
    "PROMISES",
    "SLOTS",
    "TURNS",
    "Amounts",
    "Card",
    "Due",
    "Field",
    "Follows",
    "Promised",
    "Staging",
    "Week",
    "all_plans",
    "amounts",
    "by_week",
    "cards_of",
    "customers_of",
    "drawn",
    "due",
    "exempt_until",
    "follows_from",
    "gap_of",
    "incognito_from",
    "matches",
    "notice_for",
    "notices",
    "offered",
    "open_seats",
    "people_of",
    "promises",
    "staging",
    "state_of",
    "the_field",
    "weeks",
    "with_a_seat",
    "with_keeping",
)

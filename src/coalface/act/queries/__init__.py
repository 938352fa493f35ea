"""What is being changed because customers asked, and who asked."""

from .agenda import Point, last_meeting, points_for
from .board import Card, Pillar, columns, moves
from .chain import (
    LINKS,
    WHOLE,
    Chain,
    Heard,
    Strand,
    chain_of_fix,
    chain_of_issue,
    chain_of_source,
    heard_before,
    heard_of,
    raised_before,
)
from .costs import Costs, costs_of
from .deciding import could_be_needed, could_become, may_decide, needed_in_turn, not_shipped_before
from .fixes import ALL, FIXES, WAITS, Asked, fixes, shipped_lately
from .meetings import MEETINGS, agenda_of, may_run, meetings, next_meeting_at
from .one_fix import fix_with_all, history, may, may_change, offered, owners, to_decide, waiting_for
from .opportunities import Standing, standing_of
from .raised import Said, customers_who_raised, mentions_of, people_who_noted, readable_for, words_about
from .telling import NOT_TOLD, Told, told

__all__ = [
    "ALL",
    "FIXES",
    "LINKS",
    "MEETINGS",
    "NOT_TOLD",
    "WAITS",
    "WHOLE",
    "Asked",
    "Card",
    "Chain",
    "Costs",
    "Heard",
    "Pillar",
    "Point",
    "Said",
    "Standing",
    "Strand",
    "Told",
    "agenda_of",
    "chain_of_fix",
    "chain_of_issue",
    "chain_of_source",
    "columns",
    "costs_of",
    "could_be_needed",
    "could_become",
    "customers_who_raised",
    "fix_with_all",
    "fixes",
    "heard_before",
    "heard_of",
    "history",
    "last_meeting",
    "may",
    "may_change",
    "may_decide",
    "may_run",
    "meetings",
    "mentions_of",
    "moves",
    "needed_in_turn",
    "next_meeting_at",
    "not_shipped_before",
    "offered",
    "owners",
    "people_who_noted",
    "points_for",
    "raised_before",
    "readable_for",
    "shipped_lately",
    "standing_of",
    "to_decide",
    "told",
    "waiting_for",
    "words_about",
]

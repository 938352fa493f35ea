"""What is being changed because customers asked, and who asked."""

from .board import Card, Pillar, columns, moves
from .deciding import could_be_needed, could_become, may_decide, needed_in_turn, not_shipped_before
from .fixes import ALL, FIXES, WAITS, Asked, fixes, shipped_lately
from .one_fix import fix_with_all, history, may, may_change, offered, owners, to_decide, waiting_for
from .raised import Said, customers_who_raised, mentions_of, people_who_noted, readable_for, words_about
from .telling import NOT_TOLD, Told, told

__all__ = [
    "ALL",
    "FIXES",
    "NOT_TOLD",
    "WAITS",
    "Asked",
    "Card",
    "Pillar",
    "Said",
    "Told",
    "columns",
    "could_be_needed",
    "could_become",
    "customers_who_raised",
    "fix_with_all",
    "fixes",
    "history",
    "may",
    "may_change",
    "may_decide",
    "mentions_of",
    "moves",
    "needed_in_turn",
    "not_shipped_before",
    "offered",
    "owners",
    "people_who_noted",
    "readable_for",
    "shipped_lately",
    "to_decide",
    "told",
    "waiting_for",
    "words_about",
]

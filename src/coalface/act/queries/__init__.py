"""What is being changed because customers asked, and who asked."""

from .fixes import FIXES, fix_with_all, fixes, history, may, owners, waiting_for
from .raised import Said, customers_who_raised, mentions_of, people_who_noted, readable_for, words_about
from .telling import NOT_TOLD, Told, told

__all__ = [
    "FIXES",
    "NOT_TOLD",
    "Said",
    "Told",
    "customers_who_raised",
    "fix_with_all",
    "fixes",
    "history",
    "may",
    "mentions_of",
    "owners",
    "people_who_noted",
    "readable_for",
    "told",
    "waiting_for",
    "words_about",
]

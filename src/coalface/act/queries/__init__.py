"""What is being changed because customers asked, and who asked."""

from .fixes import FIXES, fix_with_all, fixes, history, may, owners, waiting_for
from .heard import (
    ON_A_POSTER,
    PUBLISHED,
    branches,
    place_in,
    published,
    published_rows,
    published_since,
    words_of,
)
from .letters import (
    BATCHES,
    WAITING,
    Batch,
    batch_customers,
    batches,
    customer_behind,
    letter,
    letters,
    reachable_for,
)
from .news import ToTell, customers_to_tell, fixes_with_news, left_out, people_to_tell, raised_pairs
from .raised import Said, customers_who_raised, mentions_of, people_who_noted, readable_for, words_about
from .telling import NOT_TOLD, Told, told

__all__ = [
    "BATCHES",
    "FIXES",
    "NOT_TOLD",
    "ON_A_POSTER",
    "PUBLISHED",
    "WAITING",
    "Batch",
    "Said",
    "ToTell",
    "Told",
    "batch_customers",
    "batches",
    "branches",
    "customer_behind",
    "customers_to_tell",
    "customers_who_raised",
    "fix_with_all",
    "fixes",
    "fixes_with_news",
    "history",
    "left_out",
    "letter",
    "letters",
    "may",
    "mentions_of",
    "owners",
    "people_to_tell",
    "people_who_noted",
    "place_in",
    "published",
    "published_rows",
    "published_since",
    "raised_pairs",
    "reachable_for",
    "readable_for",
    "told",
    "waiting_for",
    "words_about",
    "words_of",
]

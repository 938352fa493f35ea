"""How near the organisation and each person are to customers, and who knows what customers say."""

from .chain import chain_figures
from .contact import contact_figures
from .costs import CostsAndGains, costs_and_gains
from .first_hand import FirstHand, first_hand
from .guests import Base, Fairness, base_of, fairness
from .heard import Heard, heard_by_my_guests, heard_figures
from .levels import GroupCoverage, LevelsKnow, awareness_figures, own_awareness, what_levels_know
from .meetings import (
    Meeting,
    Resolution,
    committed,
    counting_remarks,
    day_of,
    meetings,
    resolutions,
    root_unit,
)
from .mine import Last, Mine, mine
from .stored import (
    CHAIN,
    KNOWN,
    LATELY,
    SEGMENTS,
    STRETCHES,
    UNHEARD,
    Clock,
    KnownIssue,
    clocks,
    known_issues,
    newest,
    word_for,
)
from .told import told_figures
from .unheard import Unheard, unheard

__all__ = (
    "CHAIN",
    "KNOWN",
    "LATELY",
    "SEGMENTS",
    "STRETCHES",
    "UNHEARD",
    "Base",
    "Clock",
    "CostsAndGains",
    "Fairness",
    "FirstHand",
    "GroupCoverage",
    "Heard",
    "KnownIssue",
    "Last",
    "LevelsKnow",
    "Meeting",
    "Mine",
    "Resolution",
    "Unheard",
    "awareness_figures",
    "base_of",
    "chain_figures",
    "clocks",
    "committed",
    "contact_figures",
    "costs_and_gains",
    "counting_remarks",
    "day_of",
    "fairness",
    "first_hand",
    "heard_by_my_guests",
    "heard_figures",
    "known_issues",
    "meetings",
    "mine",
    "newest",
    "own_awareness",
    "resolutions",
    "root_unit",
    "told_figures",
    "unheard",
    "what_levels_know",
    "word_for",
)

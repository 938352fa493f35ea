"""Pages about customers: the directory, one customer at one glance, and what customers may wish."""

from .consent_rules import consent_rules, set_basis, write_wording
from .consents import record_consent, withdraw_consent
from .directory import add, index
from .editing import edit, join_household, leave_household
from .merging import choose_other, duplicates, merge, take_apart, tell_apart
from .page import customer
from .restrictions import lift, restrict
from .wishes import ask_to_be_forgotten, hand_out, refuse, wish, wishes

__all__ = (
    "add",
    "ask_to_be_forgotten",
    "choose_other",
    "consent_rules",
    "customer",
    "duplicates",
    "edit",
    "hand_out",
    "index",
    "join_household",
    "leave_household",
    "lift",
    "merge",
    "record_consent",
    "refuse",
    "restrict",
    "set_basis",
    "take_apart",
    "tell_apart",
    "wish",
    "wishes",
    "withdraw_consent",
    "write_wording",
)

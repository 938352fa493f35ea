"""Writing down who our customers are and what they agreed to, and the one door by which any is approached."""

from .approaches import TO_ACKNOWLEDGE, NoConsent, Restricted, TooSoon, acknowledge, approach, follow_up
from .changing import ChangedMeanwhile, NotInTheDirectory, change, trust_address
from .consent_rules import AlreadyShown, NeedsConsent, set_basis, write_wording
from .consents import (
    AlreadyAgreed,
    AlreadyWithdrawn,
    NewConsent,
    object_to,
    record_consents,
    withdraw_consent,
)
from .directory import AT_ONCE, NewCustomer, ReferenceTaken, TooManyAtOnce, add_customers, at_most_a_chunk
from .erased_files import finish_erasures
from .erasing import NothingToErase, carry_out, erase, erase_again, erase_receipt
from .handing_on import hand_on_customers
from .handing_out import hand_out
from .households import BelongsElsewhere, join_household, leave_household, make_household
from .meaning import forget_meaning
from .merging import CHOICES as MERGE_CHOICES
from .merging import CannotMerge, CannotTakeApart, merge, take_apart, tell_apart
from .proposing import propose_merges
from .purchases import (
    change_departures,
    change_purchases,
    change_referrals,
    take_in_departures,
    take_in_purchases,
    take_in_referrals,
)
from .restrictions import AlreadyOver, lift, restrict
from .wishes import REFUSALS, AlreadyAnswered, ask_to_be_forgotten, refuse_erasure

__all__ = (
    "AT_ONCE",
    "MERGE_CHOICES",
    "REFUSALS",
    "TO_ACKNOWLEDGE",
    "AlreadyAgreed",
    "AlreadyAnswered",
    "AlreadyOver",
    "AlreadyShown",
    "AlreadyWithdrawn",
    "BelongsElsewhere",
    "CannotMerge",
    "CannotTakeApart",
    "ChangedMeanwhile",
    "NeedsConsent",
    "NewConsent",
    "NewCustomer",
    "NoConsent",
    "NotInTheDirectory",
    "NothingToErase",
    "ReferenceTaken",
    "Restricted",
    "TooManyAtOnce",
    "TooSoon",
    "acknowledge",
    "add_customers",
    "approach",
    "ask_to_be_forgotten",
    "at_most_a_chunk",
    "carry_out",
    "change",
    "change_departures",
    "change_purchases",
    "change_referrals",
    "erase",
    "erase_again",
    "erase_receipt",
    "finish_erasures",
    "follow_up",
    "forget_meaning",
    "hand_on_customers",
    "hand_out",
    "join_household",
    "leave_household",
    "lift",
    "make_household",
    "merge",
    "object_to",
    "propose_merges",
    "record_consents",
    "refuse_erasure",
    "restrict",
    "set_basis",
    "take_apart",
    "take_in_departures",
    "take_in_purchases",
    "take_in_referrals",
    "tell_apart",
    "trust_address",
    "withdraw_consent",
    "write_wording",
)

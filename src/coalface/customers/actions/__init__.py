"""Writing down who our customers are and what they agreed to, and the one door by which any is approached."""

from .approaches import TO_ACKNOWLEDGE, NoConsent, Restricted, TooSoon, acknowledge, approach
from .consents import AlreadyAgreed, AlreadyWithdrawn, NewConsent, record_consents, withdraw_consent
from .directory import AT_ONCE, NewCustomer, ReferenceTaken, TooManyAtOnce, add_customers, at_most_a_chunk
from .erased_files import finish_erasures
from .erasing import NothingToErase, carry_out, erase, erase_again, erase_receipt
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
    "REFUSALS",
    "TO_ACKNOWLEDGE",
    "AlreadyAgreed",
    "AlreadyAnswered",
    "AlreadyOver",
    "AlreadyWithdrawn",
    "NewConsent",
    "NewCustomer",
    "NoConsent",
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
    "erase",
    "erase_again",
    "erase_receipt",
    "finish_erasures",
    "change_departures",
    "change_purchases",
    "change_referrals",
    "lift",
    "record_consents",
    "refuse_erasure",
    "restrict",
    "take_in_departures",
    "take_in_purchases",
    "take_in_referrals",
    "withdraw_consent",
)

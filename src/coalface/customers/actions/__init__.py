"""Writing down who our customers are and what they agreed to, and the one door by which any is approached."""

from .approaches import TO_ACKNOWLEDGE, NoConsent, Restricted, TooSoon, acknowledge, approach
from .consents import AlreadyAgreed, AlreadyWithdrawn, NewConsent, record_consents, withdraw_consent
from .directory import AT_ONCE, NewCustomer, ReferenceTaken, TooManyAtOnce, add_customers, at_most_a_chunk
from .purchases import (
    change_departures,
    change_purchases,
    change_referrals,
    take_in_departures,
    take_in_purchases,
    take_in_referrals,
)
from .restrictions import AlreadyOver, lift, restrict

__all__ = (
    "AT_ONCE",
    "TO_ACKNOWLEDGE",
    "AlreadyAgreed",
    "AlreadyOver",
    "AlreadyWithdrawn",
    "NewConsent",
    "NewCustomer",
    "NoConsent",
    "ReferenceTaken",
    "Restricted",
    "TooManyAtOnce",
    "TooSoon",
    "acknowledge",
    "add_customers",
    "approach",
    "at_most_a_chunk",
    "change_departures",
    "change_purchases",
    "change_referrals",
    "lift",
    "record_consents",
    "restrict",
    "take_in_departures",
    "take_in_purchases",
    "take_in_referrals",
    "withdraw_consent",
)

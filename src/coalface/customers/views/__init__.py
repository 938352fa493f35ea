"""Pages about customers: the directory, and one customer at one glance."""

from .consents import record_consent, withdraw_consent
from .directory import add, index
from .page import customer
from .restrictions import lift, restrict

__all__ = ("add", "customer", "index", "lift", "record_consent", "restrict", "withdraw_consent")

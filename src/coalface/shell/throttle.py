"""A public page answers everybody, but nobody all day long."""

from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest

from coalface.records.models import Account


def too_many(request: HttpRequest, *, what: str, most: int, seconds: int, now: datetime) -> bool:
    """Whether more than so many came from the sender's range of addresses in this stretch of time.

    The one that asks counts too. The count lives in the cache, which all web processes share.
    """
    sender = address_range(request.META.get("REMOTE_ADDR", ""))
    return _counted(f"{what}-{sender}", seconds, now) > most


def too_many_of(account: Account, *, what: str, most: int, seconds: int, now: datetime) -> bool:
    """The same of one account, wherever it sends from."""
    return _counted(f"{what}-account-{account.pk}", seconds, now) > most


def too_many_called(name: str, *, what: str, most: int, seconds: int, now: datetime) -> bool:
    """The same of a name somebody gives, whether it is anybody's or not; only its digest is kept."""
    return _counted(f"{what}-{sha256(name.encode()).hexdigest()[:32]}", seconds, now) > most


def _counted(of_whom: str, seconds: int, now: datetime) -> int:
    key = f"throttle-{of_whom}-{int(now.timestamp()) // seconds}"
    cache.add(key, 0, timeout=2 * seconds)
    try:
        return cache.incr(key)
    except ValueError:  # swept out of a full cache in this very moment
        return 1


def address_range(address: str) -> str:
    """The neighbours of an address, who often are the same house: /24 for version 4, /56 for version 6."""
    try:
        version = ip_address(address).version
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/{24 if version == 4 else 56}", strict=False)).replace("/", "-")

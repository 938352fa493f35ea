"""A public page answers everybody, but nobody all day long."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest

from coalface.records.models import Account

# One statement, whoever else counts at this moment: reading, adding one and writing would lose some of them.
# The rows live in the table of the cache, which all web processes share and which may be emptied at any time.
COUNT: Final = """INSERT INTO {table} (cache_key, value, expires) VALUES {rows}
ON CONFLICT (cache_key) DO UPDATE SET value = CAST(CAST({table}.value AS integer) + 1 AS text)
RETURNING cache_key, value"""
SWEEP: Final = "DELETE FROM {table} WHERE expires < %s"
SWEEP_ONE_IN: Final = 500


def too_many(request: HttpRequest, *, what: str, most: int, seconds: int, now: datetime) -> bool:
    """Whether more than so many came from the sender's range of addresses in this stretch of time.

    The one that asks counts too.
    """
    return counted([f"{what}-{sender_range(request)}"], seconds=seconds, now=now)[0] > most


def too_many_of(account: Account, *, what: str, most: int, seconds: int, now: datetime) -> bool:
    """The same of one account, wherever it sends from."""
    return counted([f"{what}-account-{account.pk}"], seconds=seconds, now=now)[0] > most


def too_many_called(name: str, *, what: str, most: int, seconds: int, now: datetime) -> bool:
    """The same of a name somebody gives, whether it is anybody's or not; only its digest is kept."""
    return counted([f"{what}-{sha256(name.encode()).hexdigest()[:32]}"], seconds=seconds, now=now)[0] > most


def counted(whom: Sequence[str], *, seconds: int, now: datetime) -> list[int]:
    """Count one more of each of these in this stretch of time, and say how many of each that makes."""
    keys = [cache.make_key(f"counted-{one}-{int(now.timestamp()) // seconds}") for one in whom]
    until = _as_kept(now + timedelta(seconds=2 * seconds))
    # always in the same order, so that two who count the same things never wait for each other
    rows = [value for key in sorted(set(keys)) for value in (key, "1", until)]
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT.format(table=_table(), rows=", ".join(["(%s, %s, %s)"] * (len(rows) // 3))), rows
        )
        found = {key: int(value) for key, value in cursor.fetchall()}
    if not random.randrange(SWEEP_ONE_IN):
        sweep(now=now)
    return [found[key] for key in keys]


def sweep(*, now: datetime) -> None:
    """Forget what was counted in stretches of time that are over."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP.format(table=_table()), [_as_kept(now)])


def _table() -> str:
    return connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])


def _as_kept(moment: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(moment.replace(microsecond=0))


def sender_range(request: HttpRequest) -> str:
    """The range of addresses a request comes from."""
    return address_range(sender(request))


def sender(request: HttpRequest) -> str:
    """The address a request comes from; what a header says of it is believed of our own proxies alone.

    Each proxy appends whom it heard from, so the last address that is none of ours is the sender; whatever
    stands before it the sender may have made up.
    """
    address = request.META.get("REMOTE_ADDR", "")
    header = request.headers.get("X-Forwarded-For", "")
    named = [one.strip() for one in header.split(",") if one.strip()]
    while named and _is_ours(address):
        address = named.pop()
    return address


def _is_ours(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in settings.TRUSTED_PROXIES)


def address_range(address: str) -> str:
    """The neighbours of an address, who often are the same house: /24 for version 4, /56 for version 6."""
    try:
        version = ip_address(address).version
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/{24 if version == 4 else 56}", strict=False)).replace("/", "-")


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be asked in this stretch of time, what is left, and in how many seconds it begins anew."""

    limit: int
    left: int
    renewed_in: int

    @property
    def spent(self) -> bool:
        """Whether the one that asks now is one too many."""
        return self.left < 0


def budget_of(who: str, *, most: int, seconds: int, now: datetime) -> Budget:
    """Count one more for somebody, and say where they stand."""
    (asked,) = counted([who], seconds=seconds, now=now)
    return Budget(most, most - asked, seconds - int(now.timestamp()) % seconds)

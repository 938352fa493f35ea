"""Counts as if somebody had asked so often already, in this stretch of time and the next."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection


def already(whom: str, times: int, *, seconds: int, now: datetime) -> None:
    """So often `whom` was counted; the next stretch too, should it begin while the test runs."""
    for stretch in (int(now.timestamp()) // seconds, int(now.timestamp()) // seconds + 1):
        until = connection.ops.adapt_datetimefield_value((now + timedelta(days=1)).replace(microsecond=0))
        row = [cache.make_key(f"counted-{whom}-{stretch}"), str(times), until]
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM cache WHERE cache_key = %s", row[:1])
            cursor.execute("INSERT INTO cache (cache_key, value, expires) VALUES (%s, %s, %s)", row)

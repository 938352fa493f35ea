"""Each demo company is built once, looked at by many tests, and rolled back."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction

from coalface.demo.actions import build_bank, build_shop
from coalface.demo.actions.bank_year import Year
from coalface.records.models import Unit

LAST_DAY = date(2026, 10, 30)
A_MONTH = 28


def keep_statistics(day: int, days: int) -> None:
    """What PostgreSQL does by itself for what was committed: know how large its tables have become."""
    if connection.vendor == "postgresql" and day % A_MONTH == 1:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@pytest.fixture(scope="package")
def open_ledger(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The test database, given back as it was."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def bank(open_ledger: None) -> Iterator[Year]:
    """Three Valleys Bank on the last day of its year."""
    with transaction.atomic():
        yield build_bank(until=LAST_DAY, told=keep_statistics)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def shop(open_ledger: None) -> Iterator[Unit]:
    """Hollis Cycles on the last day of its half-year."""
    with transaction.atomic():
        yield build_shop(until=LAST_DAY)
        transaction.set_rollback(True)

"""Forgetting a customer: their words and who they were leave every table and file, and every count stays."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from coalface.customers.queries import (
    Ids,
    belongings_of,
    belongings_of_receipt,
    family,
    traces_of,
    words_of,
)
from coalface.records.history import note
from coalface.records.models import Customer, Erasure, Feedback, Person, Receipt
from coalface.records.search import forget

from .emptying import blacken, empty_texts, empty_words, end_consents, forget_imports, take_out_of_household
from .erased_files import files_of, remember, remove, remove_imports
from .wishes import ask_to_be_forgotten, open_wish

SEARCHED: Final = ("records_search_words", "records_search_names")


class NothingToErase(Exception):
    """Everything about them was erased before."""


def erase(*, customer: Customer, by: Person | None, now: datetime) -> Erasure:
    """Forget a customer and every entry merged into them; done without a wish, it is one asked for now."""
    if family(customer)[0].erased_at:
        raise NothingToErase(customer.pk)
    return carry_out(wish=ask_to_be_forgotten(customer=customer, by=by, now=now), by=by, now=now)


def erase_receipt(*, receipt: Receipt, by: Person | None, now: datetime) -> Erasure:
    """Forget what was said without a name, for who holds the receipt."""
    return carry_out(wish=ask_to_be_forgotten(receipt=receipt, by=by, now=now), by=by, now=now)


def carry_out(*, wish: Erasure, by: Person | None, now: datetime) -> Erasure:
    """Do what was asked for: the ledger and the list of the erased at once, the files right afterwards.

    Files are removed last, so that nothing is missing if the ledger could not be changed; should the machine
    stop in between, `finish_erasures` removes them. To be called outside a transaction.
    """
    entries = family(wish.customer) if wish.customer else []
    traces = traces_of(entries) if entries else _address(wish.receipt)
    done, files, runs = _erase(wish=wish, entries=entries, traces=traces, by=by, now=now)
    done.reached["files"] = remove(paths=files)
    done.reached["imports"] = remove_imports(traces=traces, runs=runs, now=now)
    _count_files(wish=done)
    forget()
    sweep_free_pages()
    return done


def _address(receipt: Receipt) -> list[str]:
    return [receipt.email] if receipt.email else []


@transaction.atomic
def _erase(
    *, wish: Erasure, entries: list[Customer], traces: list[str], by: Person | None, now: datetime
) -> tuple[Erasure, list[Path], set[int]]:
    current = open_wish(wish=wish)
    list(Customer.objects.select_for_update().filter(pk__in=[one.pk for one in entries]).order_by("pk"))
    found = belongings_of(entries[0]) if entries else belongings_of_receipt(current.receipt)
    files = files_of(found=found, entries=entries)
    reached = Counter(words=empty_words(ids=words_of(found), now=now))
    runs = forget_imports(found=found)
    take_out_of_household(entries=entries)
    reached += empty_texts(found=found, now=now)
    reached["sentences_of_others"] = blacken(traces=traces)
    end_consents(found=found, now=now)
    Customer.objects.filter(pk__in=[one.pk for one in entries]).update(erased_at=now)
    current.done_at, current.done_by, current.reached = now, by, dict(reached)
    current.save(update_fields=["done_at", "done_by", "reached"])
    about = entries[0] if entries else current.receipt.feedback
    note("customer.erased" if entries else "feedback.erased", about=about, by=by, at=now, erasure=current.pk)
    remember(at=now, **_whose(entries, found))
    return current, files, runs


def _whose(entries: list[Customer], found: Ids) -> dict[str, list[str]]:
    """Ids for the list outside the ledger."""
    if entries:
        return {"customers": [str(one.pk) for one in entries]}
    return {"feedback": sorted(str(one) for one in found[Feedback])}


@transaction.atomic
def _count_files(*, wish: Erasure) -> None:
    wish.save(update_fields=["reached"])


def erase_again(*, customers: Iterable[str], feedback: Iterable[str], now: datetime) -> int:
    """Repeat what the list says, after an older copy of the ledger was put back; say how often that was."""
    times = 0
    for one in Customer.objects.filter(pk__in=set(customers), erased_at=None, merged_into=None).order_by(
        "pk"
    ):
        erase(customer=one, by=None, now=now)
        times += 1
    receipts = Receipt.objects.filter(feedback__in=set(feedback)).exclude(erasures__done_at__isnull=False)
    for receipt in receipts.order_by("pk"):
        erase_receipt(receipt=receipt, by=None, now=now)
        times += 1
    return times


def sweep_free_pages() -> None:
    """Let SQLite forget old pages in its log and old words in its index; others do so in their own time."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for index in SEARCHED:  # a word that was taken out stays in older parts until these are joined
            cursor.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # nosec B608
        if not connection.in_atomic_block:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

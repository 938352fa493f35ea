"""Wishes to be forgotten, and the list that outlives the ledger."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q, QuerySet

from coalface.people.queries import everywhere
from coalface.permissions import Right, Rights
from coalface.records.models import Erasure
from coalface.records.tables import Column, Of, Table

from .belongings import belongings_of, belongings_of_receipt, words_of

WISHES = Table(
    "wishes",
    (
        Column("customer", read="customer.name"),
        Column("receipt", read="receipt.number"),
        Column("asked_at", Of.MOMENT),
        Column("asked_by", read="asked_by.name"),
        Column("due_on", Of.DAY),
        Column("done_at", Of.MOMENT),
        Column("refused_at", Of.MOMENT),
        Column("refusal"),
    ),
)


def erased_list() -> Path:
    """Where ids and times of everybody erased stand, outside the ledger."""
    return settings.HOME / "erased" / "list.jsonl"


def erased_so_far() -> Iterator[dict[str, list[str]]]:
    """The lines of the list, oldest first; a line that was not written to its end is left out."""
    path = erased_list()
    for line in path.read_text().splitlines() if path.exists() else ():
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            continue


def wishes(rights: Rights) -> QuerySet[Erasure]:
    """Wishes within reach: those that wait first, by the day they have to be answered, then the others."""
    right = Right.ANSWER_WISHES
    here = rights.within(right, "customer__unit") | rights.within(right, "receipt__feedback__unit")
    if everywhere(rights, right):
        here |= Q(customer__unit=None, receipt=None)
    return (
        Erasure.objects.filter(here)
        .select_related("customer__unit", "receipt__feedback__unit", "asked_by", "done_by")
        .order_by(F("done_at").asc(nulls_first=True), F("refused_at").asc(nulls_first=True), "due_on", "id")
    )


def would_reach(wish: Erasure) -> dict[str, int]:
    """How many rows and words belong to whoever asks, before anything is done."""
    found = belongings_of(wish.customer) if wish.customer else belongings_of_receipt(wish.receipt)
    return {"rows": sum(map(len, found.values())), "words": len(words_of(found))}

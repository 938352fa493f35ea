"""What to know about a customer before meeting them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from coalface.records.models import (
    ContactRestriction,
    Customer,
    Encounter,
    Feedback,
    PromiseToCustomer,
    Remark,
    Speaker,
)

LAST_WORDS = 3
OPEN_THINGS = 5
SAID: Final = {"verbatim__isnull": False, "verbatim__erased_at": None}


@dataclass(frozen=True, slots=True)
class Words:
    """Something a customer said, to us or of their own accord."""

    id: UUID
    text: str
    language: str
    at: datetime
    kind: str
    channel: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """One customer: last words, what else they wait for, what we promised, and when to take care."""

    customer: Customer
    last_words: list[Words] = field(default_factory=list)
    open_remarks: list[Remark] = field(default_factory=list)
    promises: list[PromiseToCustomer] = field(default_factory=list)
    restrictions: list[ContactRestriction] = field(default_factory=list)


def briefs(encounter: Encounter, now: datetime, today: date) -> list[Brief]:
    """The brief for each guest of an encounter, in as many queries for eight as for one."""
    customers = [guest.customer for guest in encounter.guests.select_related("customer__unit")]
    earlier = Remark.objects.filter(customer__in=customers).exclude(encounter=encounter)
    still = _by_customer(_first(earlier.asking().unresolved(now), "-noted_at", OPEN_THINGS))
    spoken = _by_customer(_first(earlier.filter(**SAID, said_by=Speaker.CUSTOMER), "-noted_at", LAST_WORDS))
    written = Feedback.objects.filter(**SAID, customer__in=customers)
    sent = _by_customer(_first(written, "-received_at", LAST_WORDS))
    promised = PromiseToCustomer.objects.filter(customer__in=customers, settled_at=None)
    promises = _by_customer(promised.select_related("words", "by"))
    restrictions = _by_customer(ContactRestriction.objects.in_force(today).filter(customer__in=customers))
    found = []
    for one in customers:
        last = _last_words(spoken[one.pk], sent[one.pk], still[one.pk])
        quoted = {words.id for words in last}
        waiting = [remark for remark in still[one.pk] if remark.pk not in quoted]
        found.append(Brief(one, last, waiting, promises[one.pk], restrictions[one.pk]))
    return found


def _first(rows: QuerySet, order: str, most: int) -> QuerySet:
    """The first few rows of each customer."""
    place = Window(RowNumber(), partition_by=[F("customer")], order_by=[order, "-id"])
    first = rows.annotate(place=place).filter(place__lte=most)
    return first.select_related("verbatim").order_by(order, "-id")


def _last_words(spoken: list[Remark], sent: list[Feedback], waiting: list[Remark]) -> list[Words]:
    """What was said to us and what was sent to us, the latest few of both."""
    words = [
        Words(one.pk, one.verbatim.text, one.verbatim.language, one.noted_at, one.kind, waits=one in waiting)
        for one in spoken
    ]
    words += [
        Words(one.pk, one.verbatim.text, one.verbatim.language, one.received_at, one.kind, one.channel)
        for one in sent
    ]
    return sorted(words, key=lambda one: one.at, reverse=True)[:LAST_WORDS]


def _by_customer(rows: Iterable) -> dict[UUID, list]:
    found: dict[UUID, list] = defaultdict(list)
    for row in rows:
        found[row.customer_id].append(row)
    return found

"""What to know about a customer before meeting them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
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
)

LAST_WORDS = 3
OPEN_THINGS = 5


@dataclass(frozen=True, slots=True)
class Words:
    """Something a customer said, to us or of their own accord."""

    text: str
    language: str
    at: datetime
    kind: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """One customer: last words, what they still wait for, what we promised, and when to take care."""

    customer: Customer
    last_words: list[Words] = field(default_factory=list)
    open_remarks: list[Remark] = field(default_factory=list)
    promises: list[PromiseToCustomer] = field(default_factory=list)
    restrictions: list[ContactRestriction] = field(default_factory=list)


def briefs(encounter: Encounter, now: datetime, today: date) -> list[Brief]:
    """The brief for each guest of an encounter, in as many queries for eight as for one."""
    customers = [guest.customer for guest in encounter.guests.select_related("customer__unit")]
    earlier = Remark.objects.filter(customer__in=customers).exclude(encounter=encounter)
    last_words = _last_words(customers, earlier)
    still = _by_customer(_first(earlier.asking().unresolved(now), "-noted_at", OPEN_THINGS))
    promised = PromiseToCustomer.objects.filter(customer__in=customers, settled_at=None)
    promises = _by_customer(promised.select_related("words", "by"))
    restrictions = _by_customer(ContactRestriction.objects.in_force(today).filter(customer__in=customers))
    return [
        Brief(one, last_words[one.pk], still[one.pk], promises[one.pk], restrictions[one.pk])
        for one in customers
    ]


def _first(rows: QuerySet, order: str, most: int) -> QuerySet:
    """The first few rows of each customer."""
    place = Window(RowNumber(), partition_by=[F("customer")], order_by=[order, "-id"])
    first = rows.annotate(place=place).filter(place__lte=most)
    return first.select_related("verbatim").order_by(order, "-id")


def _last_words(customers: list[Customer], earlier: QuerySet) -> dict[UUID, list[Words]]:
    said = {"verbatim__isnull": False, "verbatim__erased_at": None}
    found: dict[UUID, list[Words]] = defaultdict(list)
    for remark in _first(earlier.filter(**said, said_by="customer"), "-noted_at", LAST_WORDS):
        verbatim = remark.verbatim
        found[remark.customer_id].append(
            Words(verbatim.text, verbatim.language, remark.noted_at, remark.kind)
        )
    written = Feedback.objects.filter(**said, customer__in=customers)
    for feedback in _first(written, "-received_at", LAST_WORDS):
        verbatim, at = feedback.verbatim, feedback.received_at
        words = Words(verbatim.text, verbatim.language, at, feedback.kind, feedback.channel)
        found[feedback.customer_id].append(words)
    for customer, words in found.items():
        found[customer] = sorted(words, key=lambda one: one.at, reverse=True)[:LAST_WORDS]
    return found


def _by_customer(rows: Iterable) -> dict[UUID, list]:
    found: dict[UUID, list] = defaultdict(list)
    for row in rows:
        found[row.customer_id].append(row)
    return found

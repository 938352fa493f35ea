"""Today's call: the one customer a leader may thank this morning, why this one, and what to ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coalface.customers.actions import TO_ACKNOWLEDGE
from coalface.customers.queries import allowed, customers_within
from coalface.permissions import RIGHTS, Right, Rights
from coalface.records.models import (
    Approach,
    Channel,
    ContactRestriction,
    Customer,
    DailyCall,
    Feedback,
    Format,
    Grant,
    Guest,
    Kind,
    Outcome,
    Person,
    Purchase,
    Telling,
)
from coalface.records.models.them.customer import Customers

from .thanking import IN_PEACE

CALL_KEY: Final = "thank-you-call"
LATELY: Final = timedelta(days=60)
AFTER_PURCHASE: Final = timedelta(days=30)
NOT_AGAIN: Final = timedelta(days=14)
# Codes, in the order in which they are tried; which is first changes by day and person, the last stays.
REASONS: Final = ("solved", "met_before", "purchase", "praised", "new", "quiet")
AT_ONCE: Final = 200
QUESTIONS: Final = 2


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call, why, and what to ask; `kept` when it was chosen before and is written down."""

    customer: Customer
    reason: str
    kept: bool


def call_today(person: Person, rights: Rights, now: datetime) -> Call | None:
    """The call chosen for today as long as it may be made, else another; none once one was made."""
    today = timezone.localdate(now)
    there = DailyCall.objects.select_related("customer").filter(person=person, day=today).first()
    if there and there.encounter_id:
        return None
    if there and free_to_call(person, rights, now).filter(pk=there.customer_id).exists():
        return Call(there.customer, there.reason, kept=True)
    return next(calls_for(person, rights, now), None)


def calls_for(person: Person, rights: Rights, now: datetime) -> Iterator[Call]:
    """Whom the person may call today, the best reason first, and nobody whom somebody else calls today."""
    today = timezone.localdate(now)
    free = free_to_call(person, rights, now).exclude(
        Exists(DailyCall.objects.filter(customer=OuterRef("pk"), day=today).exclude(person=person))
    )
    shown: set[UUID] = set()
    for reason in _order(person, today):
        found = free.filter(_because(reason, person, now)).order_by("since_on", "id")
        for customer in _turned(found, person, today):
            if customer.pk not in shown:
                shown.add(customer.pk)
                yield Call(customer, reason, kept=False)


def free_to_call(person: Person, rights: Rights, now: datetime) -> Customers:
    """Customers in reach with a number who may be thanked by phone in a language the person speaks.

    Nobody protected, met or approached in ninety days, nor offered to the person in fourteen.
    """
    today, since = timezone.localdate(now), now - IN_PEACE
    them = {"customer": OuterRef("pk")}
    before = DailyCall.objects.filter(**them, person=person, day__lt=today, day__gte=today - NOT_AGAIN)
    return customers_within(rights, Right.SEE_CUSTOMERS).filter(
        allowed(Channel.PHONE, TO_ACKNOWLEDGE),
        ~Exists(ContactRestriction.objects.in_force(today).filter(**them)),
        ~Exists(Approach.objects.filter(**them, at__gte=since)),
        ~Exists(Guest.objects.filter(**them, encounter__starts_at__gte=since)),
        ~Exists(before),
        ~Q(phone=""),
        language=person.language,
    )


def callers(now: datetime) -> list[Person]:
    """Who works here and may see customers."""
    today = timezone.localdate(now)
    grants = Grant.objects.in_force(today).filter(person=OuterRef("pk"), role__in=RIGHTS[Right.SEE_CUSTOMERS])
    return list(Person.objects.working(today).filter(Exists(grants)).order_by("id"))


def questions_of_a_call(ready: str) -> list[str]:
    """The first two questions of the organisation's own guide for this call, else of the ready one."""
    own = Format.objects.filter(key=CALL_KEY).values_list("guide", flat=True).first()
    asked = [line for line in (own or ready).splitlines() if line.rstrip().endswith("?")]
    return asked[:QUESTIONS]


def _order(person: Person, today: date) -> list[str]:
    """Another good reason first each day and for each of us, so that nobody calls only who praised us."""
    *good, last = REASONS
    first = (today.toordinal() + person.pk) % len(good)
    return [*good[first:], *good[:first], last]


def _turned(found: Customers, person: Person, today: date) -> Iterator[Customer]:
    """From a place of their own in the list, so that it is not the same few every day."""
    count = found.count()
    if not count:
        return
    start = (today.toordinal() * 31 + person.pk * 7919) % count
    yield from found[start : start + AT_ONCE]
    yield from found[: min(start, AT_ONCE)]


def _because(reason: str, person: Person, now: datetime) -> Q:
    today, them = timezone.localdate(now), {"customer": OuterRef("pk")}
    met = Guest.objects.there().filter(
        **them, encounter__outcome=Outcome.HELD, encounter__attendances__person=person
    )
    bought = Purchase.objects.filter(**them, on__range=(today - AFTER_PURCHASE, today))
    lately = {"received_at__range": (now - LATELY, now)}
    praise = Feedback.objects.standing().filter(**them, **lately, kind=Kind.COMPLIMENT)
    told = Telling.objects.filter(**them, message__gave_up_at=None)
    why = {
        "solved": Q(Exists(told.filter(at__range=(now - LATELY, now)))),
        "met_before": Q(Exists(met)),
        "purchase": Q(Exists(bought)),
        "praised": Q(Exists(praise)),
        "new": Q(since_on__range=(today - LATELY, today)),
    }
    return why.get(reason, Q())

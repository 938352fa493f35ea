"""Telling those who raised it what became of it."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from coalface.act.queries import customers_who_raised, people_who_noted
from coalface.customers.actions import NoConsent, Restricted, TooSoon, approach
from coalface.records.history import note
from coalface.records.models import (
    Channel,
    Customer,
    Event,
    Fix,
    OutgoingMessage,
    Person,
    Purpose,
    Ruling,
    Telling,
    Verdict,
)

NOT_REACHED = {NoConsent: "no_consent", Restricted: "restricted", TooSoon: "too_soon"}


@transaction.atomic
def tell_those_who_raised_it(*, event: Event, now: datetime) -> Counter[str]:
    """After VERIFIED, tell customers who may be told and those of us who brought it in; each once.

    Colleagues without an address are not written to: they read it on their own page.
    """
    verdict = Verdict.objects.select_related("fix__issue", "fix__unit", "fix__owner").get(
        pk=event.payload["verdict"]
    )
    if verdict.ruling != Ruling.VERIFIED:
        return Counter()
    fix = verdict.fix
    counts = Counter(tell_customer(fix=fix, customer=one, now=now) for one in _customers_to_tell(fix))
    known = Telling.objects.filter(fix=fix, person__isnull=False).values("person")
    for person in people_who_noted(fix).working(timezone.localdate(now)).exclude(pk__in=known):
        _tell_one_of_us(fix, person, now)
        counts["people"] += 1
    note("fix.told", about=fix, by=None, at=now, verdict=verdict.pk, **counts)
    return counts


def _customers_to_tell(fix: Fix) -> list[Customer]:
    known = Telling.objects.filter(fix=fix, customer__isnull=False).values("customer")
    return list(customers_who_raised(fix).exclude(pk__in=known))


def tell_customer(
    *,
    fix: Fix,
    customer: Customer,
    now: datetime,
    template: str = "act/told_customer",
    about: dict[str, object] | None = None,
) -> str:
    """Write to one customer through the one door; says "told" or the reason why not."""
    if not customer.email:
        return "no_address"
    try:
        approach(customer=customer, channel=Channel.EMAIL, purpose=Purpose.TELLING, by=fix.owner, now=now)
    except tuple(NOT_REACHED) as refusal:
        return NOT_REACHED[type(refusal)]
    key = f"told-{fix.pk}-{customer.pk}"
    _tell(fix, now, key, template, {"fix": fix.pk, **(about or {})}, customer=customer)
    return "told"


def _tell_one_of_us(fix: Fix, person: Person, now: datetime) -> Telling:
    if not person.email:
        return Telling.objects.create(fix=fix, person=person, at=now)
    key = f"told-{fix.pk}-p{person.pk}"
    return _tell(fix, now, key, "act/told_person", {"fix": fix.pk}, person=person)


def _tell(
    fix: Fix,
    now: datetime,
    key: str,
    template: str,
    about: dict[str, object],
    customer: Customer | None = None,
    person: Person | None = None,
) -> Telling:
    message = OutgoingMessage.objects.create(
        key=key, template=template, customer=customer, person=person, about=about, due_at=now
    )
    return Telling.objects.create(fix=fix, customer=customer, person=person, message=message, at=now)

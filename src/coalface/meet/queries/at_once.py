"""Asking all guests of an encounter at once: whom that reaches, by which way, and who is left out and why."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from coalface.customers.queries import approaches_that_count
from coalface.policies import number
from coalface.records.models import Channel, ContactRestriction, Customer, Encounter, Guest
from coalface.shell.languages import is_spoken

from .coming import already_approached, ways_to_ask

PROTECTED, NO_CONSENT, TOO_SOON = "protected", "no_consent", "too_soon"


@dataclass(frozen=True, slots=True)
class AtOnce:
    """By mail, by one of us, and not at all; `foreign` are those whose language we do not write."""

    mails: list[Guest]
    by_us: list[Guest]
    left_out: list[tuple[Guest, str, date | None]]
    foreign: int

    @property
    def reached(self) -> int:
        """How many are asked."""
        return len(self.mails) + len(self.by_us)


def not_asked_yet(encounter: Encounter) -> QuerySet[Guest]:
    """The guests of an encounter who still may come and whom nobody asked."""
    rows = encounter.guests.filter(invitation=None, came=None).select_related("customer")
    return rows.order_by("customer__name", "id")


def at_once(encounter: Encounter, now: datetime) -> AtOnce:
    """What would come of asking every guest who was not asked yet."""
    guests = list(not_asked_yet(encounter))
    ways = ways_to_ask([one.customer for one in guests])
    why = _why_not(encounter, guests, now)
    left_out = [
        (one, *(why.get(one.pk) or (NO_CONSENT, None)))
        for one in guests
        if one.pk in why or one.customer_id not in ways
    ]
    out = {one.pk for one, *_ in left_out}
    asked = [one for one in guests if one.pk not in out]
    mails = [one for one in asked if ways[one.customer_id] == Channel.EMAIL]
    by_us = [one for one in asked if ways[one.customer_id] != Channel.EMAIL]
    return AtOnce(mails, by_us, left_out, sum(not is_spoken(one.customer.language) for one in asked))


def _why_not(encounter: Encounter, guests: list[Guest], now: datetime) -> dict[int, tuple[str, date | None]]:
    """Who is protected, and who was approached lately, if not for this encounter."""
    today, gap = timezone.localdate(now), timedelta(days=int(number("approach_gap_days")))
    customers = [one.customer_id for one in guests]
    protected = ContactRestriction.objects.in_force(today).filter(customer__in=customers)
    alone = set(protected.values_list("customer_id", flat=True))
    last = approaches_that_count().order_by("-at", "-id").values("at")[:1]
    lately = dict(Customer.objects.filter(pk__in=customers).values_list("pk", Subquery(last)))
    for_this = already_approached(encounter, guests)
    found: dict[int, tuple[str, date | None]] = {}
    for one in guests:
        at = lately.get(one.customer_id)
        if one.customer_id in alone:
            found[one.pk] = PROTECTED, None
        elif at and one.pk not in for_this and today < (free_on := timezone.localdate(at) + gap):
            found[one.pk] = TOO_SOON, free_on
    return found

"""Whom of our customers we may ask."""

from datetime import datetime, time, timedelta

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from coalface.policies import number
from coalface.records.models import Approach, ContactRestriction, Customer
from coalface.records.models.them.customer import Customers

from .bases import allowed


def approachable(channel: str, purpose: str, now: datetime) -> Customers:
    """Customers who agreed to this, whom nothing protects, and whom nobody approached lately."""
    protected = ContactRestriction.objects.in_force(timezone.localdate(now)).filter(customer=OuterRef("pk"))
    lately = approaches_that_count().filter(at__gte=_gap_begins(now))
    return Customer.objects.present().filter(allowed(channel, [purpose]), ~Exists(protected), ~Exists(lately))


def with_bars(customers: Customers, channel: str, purpose: str, now: datetime) -> Customers:
    """Customers with what keeps us from approaching them, as a code: restricted, no_consent, too_soon or "".

    The same questions in the same order as at the door itself, for many at once.
    """
    protected = ContactRestriction.objects.in_force(timezone.localdate(now)).filter(customer=OuterRef("pk"))
    lately = approaches_that_count().filter(at__gte=_gap_begins(now))
    bar = Case(
        When(Exists(protected), then=Value("restricted")),
        When(~allowed(channel, [purpose]), then=Value("no_consent")),
        When(Exists(lately), then=Value("too_soon")),
        default=Value(""),
        output_field=CharField(),
    )
    return customers.annotate(barred=bar)


def approaches_that_count() -> QuerySet[Approach]:
    """The approaches to the outer customer; by policy those to anybody of their household as well."""
    theirs = Q(customer=OuterRef("pk"))
    if number("cap_over_household"):
        theirs |= Q(customer__household=OuterRef("household"))
    return Approach.objects.filter(theirs)


def _gap_begins(now: datetime) -> datetime:
    days = int(number("approach_gap_days"))
    first = timezone.localdate(now) - timedelta(days=days - 1)
    return timezone.make_aware(datetime.combine(first, time.min))

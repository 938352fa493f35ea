"""Whom of our customers we may ask."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from coalface.policies import number
from coalface.records.models import Approach, Channel, Consent, ContactRestriction, Customer, Purpose
from coalface.records.models.them.customer import Customers


def approachable(channel: str, purpose: str, now: datetime) -> Customers:
    """Customers who agreed to this, whom nothing protects, and whom nobody approached lately."""
    agreed = Consent.objects.filter(
        customer=OuterRef("pk"), channel=Channel(channel), purpose=Purpose(purpose), withdrawn_at=None
    )
    protected = ContactRestriction.objects.in_force(timezone.localdate(now)).filter(customer=OuterRef("pk"))
    lately = Approach.objects.filter(customer=OuterRef("pk"), at__gte=_gap_begins(now))
    return Customer.objects.present().filter(Exists(agreed), ~Exists(protected), ~Exists(lately))


def _gap_begins(now: datetime) -> datetime:
    days = int(number("approach_gap_days"))
    first = timezone.localdate(now) - timedelta(days=days - 1)
    return timezone.make_aware(datetime.combine(first, time.min))

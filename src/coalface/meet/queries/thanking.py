"""Whom to thank today: customers nobody of us has met or approached lately, another choice each day."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils import timezone

from coalface.records.models import Approach, ContactRestriction, Customer, Guest
from coalface.records.models.them.customer import Customers

OFFERED: Final = 3
IN_PEACE: Final = timedelta(days=90)


def whom_to_thank_today(within: Customers, now: datetime) -> list[Customer]:
    """A few customers nobody has met or reached out to for a while, and whom nothing protects."""
    today, since = timezone.localdate(now), now - IN_PEACE
    them = {"customer": OuterRef("pk")}
    free = within.filter(
        ~Exists(ContactRestriction.objects.in_force(today).filter(**them)),
        ~Exists(Approach.objects.filter(**them, at__gte=since)),
        ~Exists(Guest.objects.filter(**them, encounter__starts_at__gte=since)),
        erased_at=None,
    ).order_by("since_on", "name", "id")
    count = free.count()
    if not count:
        return []
    first = today.toordinal() * OFFERED % count
    return list(free[first : first + OFFERED]) or list(free[:OFFERED])

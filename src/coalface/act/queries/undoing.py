"""Whether what was just said of a fix can still be taken back."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from coalface.records.models import CustomerAnswer, Decision, Fix, Person, PublishedChange, Telling, Verdict

UNDO_WITHIN: Final = timedelta(hours=1)
HEARD_IN: Final = (Telling, Verdict, PublishedChange, CustomerAnswer)


def may_undo(fix: Fix, person: Person, now: datetime) -> bool:
    """Whether its owner can still unsay that it is live or declined: nobody has heard of it or built on it.

    A no of the decider is a decision of its own and stands.
    """
    said_at = fix.shipped_at or fix.declined_at
    if said_at is None or fix.owner_id != person.pk or now - said_at > UNDO_WITHIN:
        return False
    if Decision.objects.filter(fix=fix, decided_at=said_at).exists():
        return False
    builds_on = Q(follows=fix) | Q(needs=fix, shipped_at__isnull=False)
    heard = any(kind.objects.filter(fix=fix).exists() for kind in HEARD_IN)
    return not heard and not Fix.objects.filter(builds_on).exists()

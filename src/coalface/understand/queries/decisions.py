"""What somebody decided last about a proposal, so that it can be taken back."""

from datetime import datetime, timedelta
from typing import Final

from coalface.records.models import Event, Person

DECISIONS: Final = ("theme.confirmed", "theme.joined", "theme.merged", "theme.split", "theme.declined")
UNDONE: Final = "theme.undone"
GOOD_FOR: Final = timedelta(days=1)


def last_decision(*, by: Person, now: datetime) -> Event | None:
    """The latest of the past day that was not taken back."""
    lately = Event.objects.filter(about_type="theme", by=by, at__gt=now - GOOD_FOR, at__lte=now)
    undone = [payload["event"] for payload in lately.filter(kind=UNDONE).values_list("payload", flat=True)]
    return lately.filter(kind__in=DECISIONS).exclude(pk__in=undone).order_by("-id").first()

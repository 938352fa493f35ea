"""What a phone takes along, so that something can be written down without a network."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Prefetch, Q

from coalface.records.models import Encounter, Guest, Outcome, Person

from .encounters import encounters_of

AHEAD: Final = timedelta(days=14)
MOST: Final = 30


def to_capture(person: Person, now: datetime) -> list[Encounter]:
    """Of the person's encounters those of the next two weeks, those undecided, and those held but open.

    Of their guests only those to whom words may be attributed.
    """
    undecided = Q(outcome=Outcome.PLANNED, starts_at__lte=now + AHEAD)
    open_ones = Q(pk__in=Encounter.objects.open().order_by().values("pk"))
    rows = encounters_of(person).filter(undecided | open_ones).select_related("format", "unit")
    quotable = Prefetch("guests", Guest.objects.quotable().select_related("customer"))
    return list(rows.prefetch_related(quotable).order_by("-starts_at", "-id")[:MOST])

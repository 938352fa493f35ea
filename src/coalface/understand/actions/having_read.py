"""Having read what customers say: said by an explicit press, seen by the reader alone, taken back at will.

Neither writes an event: that would show others what somebody read.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from coalface.records.models import Depth, Mention, Person, Sighting

from .mentions import see


@transaction.atomic
def say_read(*, person: Person, mentions: Iterable[Mention], now: datetime) -> list[Sighting]:
    """Remember that somebody has read these; what they knew in a deeper way stays as it is."""
    return [
        see(person=person, depth=Depth.READING, remark=each.remark, feedback=each.feedback, now=now)
        for each in mentions
    ]


@transaction.atomic
def take_back_reading(*, person: Person, mentions: Iterable[Mention]) -> int:
    """Forget that somebody has read these; what they know in any other way they still know."""
    rows = list(mentions)
    these = Q(feedback__in=[each.feedback_id for each in rows if each.feedback_id])
    these |= Q(remark__in=[each.remark_id for each in rows if each.remark_id])
    return Sighting.objects.filter(these, person=person, depth=Depth.READING).delete()[0]

"""What becomes of the fixes of somebody who leaves."""

from datetime import datetime

from django.db import transaction

from coalface.people.actions import gone, say_moved, successor
from coalface.records.history import note
from coalface.records.models import (
    Event,
    Fix,
)


@transaction.atomic
def hand_on_fixes(*, event: Event, now: datetime) -> int:
    """Open fixes of somebody who left go to who takes over, who has not said yes to any of them yet."""
    person = gone(event=event)
    theirs = (
        list(Fix.objects.open().select_for_update().filter(owner=person).order_by("id")) if person else []
    )
    if not theirs:
        return 0
    to = successor(person=person, now=now)
    for fix in theirs:
        fix.owner, fix.accepted_at = to, None
        fix.save(update_fields=["owner", "accepted_at"])
        note("fix.handed_on", about=fix, by=None, at=now, to=to.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, fixes=len(theirs))
    return len(theirs)

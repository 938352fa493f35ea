"""Who was to judge has left: somebody else does, never who made the fix."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from coalface.people.actions import gone, say_moved, successor
from coalface.records.history import note
from coalface.records.models import EvaluationPlan, Event


@transaction.atomic
def hand_on_judging(*, event: Event, now: datetime) -> int:
    """Fixes that somebody who left was to judge are judged by who takes over, or by the next in line.

    So are those whose judge has just become their owner: whoever makes a fix does not judge it.
    """
    person = gone(event=event)
    if person is None:
        return 0
    theirs = EvaluationPlan.objects.filter(Q(judge=person) | Q(judge=F("fix__owner")), fix__declined_at=None)
    plans = list(theirs.select_related("fix").order_by("id"))
    for plan in plans:
        to = successor(person=person, now=now, but={plan.fix.owner_id})
        plan.judge = to
        plan.save(update_fields=["judge"])
        note("plan.handed_on", about=plan, by=None, at=now, to=to.pk, left=event.pk)
        say_moved(event=event, person=person, to=to, now=now, judgements=1)
    return len(plans)

"""Somebody leaves: the meetings they were to lead through, and what they took on there."""

from datetime import datetime

from django.db import transaction

from coalface.people.actions import gone, say_moved, successor
from coalface.records.history import note
from coalface.records.models import AgendaItem, Event, InsightMeeting


@transaction.atomic
def hand_on_meetings(*, event: Event, now: datetime) -> int:
    """Both go to who takes over; what was closed with everything settled stays as it was."""
    person = gone(event=event)
    if person is None:
        return 0
    chaired = InsightMeeting.objects.filter(chair=person, closed_at=None, cancelled_at=None)
    owed = AgendaItem.objects.filter(owner=person, settled_at=None)
    meetings = InsightMeeting.objects.filter(pk__in=[*chaired.values_list("pk", flat=True)])
    meetings |= InsightMeeting.objects.filter(pk__in=[*owed.values_list("meeting", flat=True)])
    touched = list(meetings.order_by("pk"))
    if not touched:
        return 0
    to = successor(person=person, now=now)
    chaired.update(chair=to)
    owed.update(owner=to)
    for meeting in touched:
        note("meeting.handed_on", about=meeting, by=None, at=now, to=to.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, meetings=len(touched))
    return len(touched)

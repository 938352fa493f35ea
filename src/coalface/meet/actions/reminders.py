"""No reminder any more, and reminders again: one click in the mail says it."""

from datetime import datetime

from django.db import transaction

from coalface.meet.queries import REMINDER, no_reminders
from coalface.records.history import note
from coalface.records.models import MailStop, Person


@transaction.atomic
def stop_reminders(*, person: Person, by: Person, now: datetime) -> MailStop:
    """Ask this person no more by mail what they heard; stopping twice is harmless."""
    stop, new = MailStop.objects.get_or_create(
        person=person, kind=REMINDER, resumed_at=None, defaults={"stopped_at": now}
    )
    if new:
        note("reminders.stopped", about=person, by=by, at=now)
    return stop


@transaction.atomic
def resume_reminders(*, person: Person, by: Person, now: datetime) -> bool:
    """Ask again, from the next encounter on; says whether it had been stopped."""
    resumed = no_reminders().filter(person=person).update(resumed_at=now)
    if resumed:
        note("reminders.resumed", about=person, by=by, at=now)
    return bool(resumed)

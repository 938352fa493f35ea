"""Whether those who are to meet have something else at that time."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from coalface.records.models import Attendance, Encounter, Guest, Outcome, Unavailability


def is_busy(encounter: Encounter, starts_at: datetime) -> bool:
    """Whether one of us or a guest has another encounter then, or one of us said that they cannot."""
    until = starts_at + timedelta(minutes=encounter.minutes)
    people = list(encounter.attendances.values_list("person_id", flat=True))
    customers = list(encounter.guests.there().values_list("customer_id", flat=True))
    planned = Encounter.objects.filter(outcome=Outcome.PLANNED).exclude(pk=encounter.pk)
    near = planned.filter(starts_at__lt=until, starts_at__gt=starts_at - timedelta(days=1))
    ours = Attendance.objects.filter(person__in=people, encounter=OuterRef("pk"))
    theirs = Guest.objects.there().filter(customer__in=customers, encounter=OuterRef("pk"))
    others = near.filter(Exists(ours) | Exists(theirs))
    away = Unavailability.objects.filter(person__in=people, starts_at__lt=until, ends_at__gt=starts_at)
    run_on = (one.starts_at + timedelta(minutes=one.minutes) > starts_at for one in others)
    return any(run_on) or away.exists()

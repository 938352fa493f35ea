"""Whether a visit may be incognito: announced as a programme beforehand, disclosed afterwards."""

from datetime import date, datetime

from django.utils import timezone

from coalface.plan.queries import incognito_from
from coalface.records.models import Disclosure, Encounter


def notice_wanted(encounter: Encounter, now: datetime) -> list[str]:
    """What keeps it from being held: no notice for the place, or one that is too young."""
    first_on = incognito_from(encounter.unit)
    if first_on is None:
        return ["notice_missing"]
    return ["notice_too_young"] if _day(encounter, now) < first_on else []


def disclosure_wanted(encounter: Encounter, now: datetime) -> list[str]:
    """What keeps it from being finished: nobody has told the team who it was."""
    return [] if Disclosure.objects.filter(encounter=encounter).exists() else ["not_disclosed"]


def _day(encounter: Encounter, now: datetime) -> date:
    """The day it takes place, or took place; held before its time, it begins now."""
    return timezone.localdate(min(encounter.starts_at, now))

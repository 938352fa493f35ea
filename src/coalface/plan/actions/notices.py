"""What everybody is told before incognito visits."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from coalface.records.history import note
from coalface.records.models import (
    Person,
    ProgrammeNotice,
    Unit,
)


class NoText(Exception):
    """A notice says in words what was announced."""


class NotPublishedYet(Exception):
    """A notice is filed once everybody could read it."""


@transaction.atomic
def file_notice(*, unit: Unit, text: str, published_on: date, by: Person, now: datetime) -> ProgrammeNotice:
    """Put on file what everybody of a unit was told about incognito visits, word for word; twice is once."""
    if not text.strip():
        raise NoText(unit)
    if published_on > timezone.localdate(now):
        raise NotPublishedYet(published_on)
    same = {"unit": unit, "text": text.strip(), "published_on": published_on}
    if there := ProgrammeNotice.objects.filter(**same).first():
        return there
    filed = ProgrammeNotice.objects.create(**same, filed_by=by, filed_at=now)
    note("notice.filed", about=filed, by=by, at=now, unit=unit.pk)
    return filed

"""What happened: the one way to write it down, and to read it back."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from coalface.records.models import Event

if TYPE_CHECKING:
    from coalface.records.models import Person


def note(kind: str, *, about: models.Model, by: "Person | None", at: datetime, **ids: object) -> Event:
    """Append one event about a record, and nothing else; the worker finds out what follows from it."""
    return Event.objects.create(
        kind=kind,
        about_type=about._meta.model_name,
        about_id=str(about.pk),
        by=by,
        at=at,
        payload=ids,
    )


def history_of(record: models.Model) -> models.QuerySet[Event]:
    """The events about one record, oldest first."""
    return Event.objects.filter(about_type=record._meta.model_name, about_id=str(record.pk)).select_related(
        "by"
    )

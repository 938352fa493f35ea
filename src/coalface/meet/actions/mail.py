"""Letting one of us know by mail: where to look, never the words."""

from datetime import datetime

from coalface.records.models import Disposition, HandOver, OutgoingMessage, Person


def tell(*, template: str, to: Person, now: datetime, **about: Disposition | HandOver) -> None:
    """One mail about one record; what would be sent twice is sent once."""
    (what,) = about.values()
    key = f"{template.partition('/')[2].replace('_', '-')}-{what.pk}"
    ids = {name: record.pk for name, record in about.items()}
    told = {"template": template, "person": to, "about": ids, "due_at": now}
    OutgoingMessage.objects.get_or_create(key=key, defaults=told)
